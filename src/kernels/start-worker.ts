/**
 * Text of a classic script that imports a module. Messages that come before the module wait for it: they would be lost.
 * @param address of the module, as JavaScript
 */
export const importingScript = (address: string) => `const held = [];
const hold = (event) => { held.push(event.data); event.stopImmediatePropagation(); };
addEventListener('message', hold);
import(${address}).then(
  () => {
    removeEventListener('message', hold);
    for (const data of held) dispatchEvent(new MessageEvent('message', { data }));
  },
  (error) => setTimeout(() => { throw error; }),
);`;

/**
 * Starts a worker from a module of the page. A page without an origin, as in a frame whose sandbox lacks allow-same-origin, may not
 * start it from its own address, and Chromium starts no module there: a classic script then imports it, for which
 * the server has to send Access-Control-Allow-Origin. A blob is such a script already (scripts/single-file).
 * @throws Error where the browser allows no workers
 */
export function startWorker(address: string): Worker {
  if (globalThis.origin !== 'null') return new Worker(address, { type: 'module' });
  const own = address.startsWith('blob:');
  const script = () => new Blob([importingScript(JSON.stringify(address))], { type: 'text/javascript' });
  return new Worker(own ? address : URL.createObjectURL(script()));
}

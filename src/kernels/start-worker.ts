/** Holds messages back until the script has come that handles them: a classic worker that waits for a module would lose them. */
const imports = (address: string) => `const held = [];
const hold = (event) => { held.push(event.data); event.stopImmediatePropagation(); };
addEventListener('message', hold);
import(${JSON.stringify(address)}).then(
  () => {
    removeEventListener('message', hold);
    for (const data of held) dispatchEvent(new MessageEvent('message', { data }));
  },
  (error) => setTimeout(() => { throw error; }),
);`;

/**
 * Starts a worker from a module of the page. A page without an origin, as in a frame whose sandbox lacks allow-same-origin, may not
 * start it from its own address, and Chromium starts no module there: a classic script then imports it, for which
 * the server has to send Access-Control-Allow-Origin.
 * @throws Error where the browser allows no workers
 */
export function startWorker(address: string): Worker {
  if (globalThis.origin !== 'null') return new Worker(address, { type: 'module' });
  const script = new Blob([imports(address)], { type: 'text/javascript' });
  return new Worker(URL.createObjectURL(script));
}

import { scriptFault } from '../../kernels/arrival.ts';
import { arriving, NotArrived } from '../../problems/arriving.ts';

/** Style sheets that did not arrive, as they are told. */
const unstyled: string[] = [];
/** Those that each part still waits for: it is not shown without them. */
const awaited = new WeakMap<() => Promise<unknown>, Set<string>>();
const mended = new Set<string>();
let tries = 0;
const STYLE = /Unable to preload CSS for (\S+)/;

// Left alone, Vite's loader gives a part up with its style sheet, and takes it the next time without.
if (typeof window !== 'undefined')
  addEventListener('vite:preloadError', (event) => {
    const address = STYLE.exec(event.payload.message)?.[1];
    if (address === undefined) return;
    event.preventDefault();
    unstyled.push(new URL(address, document.baseURI).href);
  });

/**
 * Loads a part of the page and its style.
 * @param load nothing but the import, the same function each time.
 * @throws NotArrived, or what the part itself throws.
 */
export async function loadPart<M>(load: () => Promise<M>): Promise<M> {
  const reported = unstyled.length;
  const styles = awaited.get(load) ?? new Set();
  awaited.set(load, styles);
  const module = await arriving(load).finally(() => {
    for (const address of unstyled.slice(reported)) styles.add(address);
  });
  for (const address of styles) {
    if (!mended.has(address)) await style(address);
    styles.delete(address);
  }
  return module;
}

function style(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = `${address}?again=${++tries}`;
    link.onload = () => {
      mended.add(address);
      resolve();
    };
    link.onerror = (error) => {
      link.remove();
      reject(new NotArrived(address, error));
    };
    document.head.append(link);
  });
}

/** Whether a page's HTML is this page's, but of another build than the one whose first module has that address. */
export function isOtherVersion(html: string, module: string): boolean {
  return /<div id="root"/.test(html) && !html.includes(module.replace(/^.*\//, ''));
}

/** Why a part is missing: another version of the page has taken its place, what is wrong with its file, or neither is seen. */
export async function whyMissing(address: string | undefined): Promise<'new version' | string | undefined> {
  const module = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src;
  if (module) {
    const address = new URL(location.href);
    address.hash = '';
    // Asks the server, also where the browser keeps the page: see ASKS_SERVER in src/boot/offline-plugin.ts.
    address.searchParams.set('version', `${Date.now()}`);
    const page = await fetch(address, { cache: 'no-store' }).catch(() => undefined);
    if (page?.ok && isOtherVersion(await page.text(), module)) return 'new version';
  }
  return address?.endsWith('.js') ? scriptFault(address) : undefined;
}

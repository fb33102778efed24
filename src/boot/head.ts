// Runs in the page's head, before anything is painted: plugin.ts puts it there as the only inline script.
import { FIRST_VIEW_ATTRIBUTE, NARROW } from '../ui/narrow.ts';
import { SCHEME_ATTRIBUTE, SCHEME_KEY } from '../ui/scheme.ts';
import { withLostHash } from './lost-hash.ts';

/** Put in by plugin.ts. */
declare const LINK_KEYS: readonly string[];

const html = document.documentElement;
const root = () => document.getElementById('root');
const alive = new AbortController();
const untilAlive = { capture: true, signal: alive.signal };

try {
  // The theme: the one that was chosen, else the system's; see src/views/colour-scheme.ts.
  let scheme = localStorage.getItem(SCHEME_KEY);
  if (scheme !== 'light' && scheme !== 'dark')
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  html.setAttribute(SCHEME_ATTRIBUTE, scheme);
} catch {
  // Storage may be forbidden: the page then starts light and follows the system a moment later.
}

try {
  const address = withLostHash(location, LINK_KEYS);
  if (address !== undefined) history.replaceState(null, '', address);
} catch {
  // A file's address stays as it is.
}

// The wide view stands in the page and is painted as it is read: its figures in the frames after that, group by group (their style is
// in index.html), so that no frame takes long. In a narrow window another view takes its place; a link with settings is rendered from nothing.
const linked = location.hash.length > 1;
const narrow = () => matchMedia(NARROW).matches;
html.dataset.waits = linked || narrow() ? 'all' : 'prediction network spikes';
const afterFrame = (then: () => void) => requestAnimationFrame(() => setTimeout(then));
const showNext = () => {
  const rest = html.dataset.waits?.split(' ').slice(1).join(' ');
  if (!rest) return void delete html.dataset.waits;
  html.dataset.waits = rest;
  afterFrame(showNext);
};
const placeView = () => {
  const template = document.querySelector<HTMLTemplateElement>('#first-view-narrow');
  // Asked anew: a frame may have had no width.
  const small = narrow();
  html.setAttribute(FIRST_VIEW_ATTRIBUTE, small ? 'narrow' : 'wide');
  if (linked) root()?.replaceChildren();
  else if (small && template) root()?.replaceChildren(template.content);
  if (html.dataset.waits === 'all') showNext();
  else afterFrame(showNext);
};
document.addEventListener('readystatechange', placeView, { once: true });

/** Controls that were pressed before the page could answer, each once: they act when it can. Space outside a control means play, as later. */
const pressed = new Set<HTMLElement>();
const keep = (event: Event) => {
  const target = event.target as Element;
  let control: HTMLElement | null = null;
  if (event.type === 'click') control = target.closest('button, label');
  else if ((event as KeyboardEvent).key === ' ' && target === document.body)
    control = document.querySelector('[aria-keyshortcuts="Space"]');
  if (!control) return;
  pressed.delete(control);
  pressed.add(control);
  event.preventDefault();
  event.stopPropagation();
};
addEventListener('click', keep, untilAlive);
addEventListener('keydown', keep, untilAlive);

/** The file that was dropped last before the page could open it; a browser would leave the page for it. */
let dropped: File | undefined;
const keepFile = (event: DragEvent) => {
  event.preventDefault();
  dropped = event.dataTransfer?.files[0] ?? dropped;
};
addEventListener('dragover', keepFile, untilAlive);
addEventListener('drop', keepFile, untilAlive);

let reported = false;
/** Says what keeps the page from coming to life. That it takes long is no fault. */
const say = (fault: string) => {
  if (reported) return;
  reported = true;
  // The words are fetched only where they are needed.
  const script = document.createElement('script');
  script.src = 'not-started.js';
  script.dataset.fault = fault;
  document.head.append(script);
};
const onError = (event: Event) => {
  if (event.target instanceof HTMLScriptElement && event.target.type === 'module') say('');
  // A browser that does not know what a module says.
  else if (event instanceof ErrorEvent && event.filename.includes('/assets/')) say(event.message);
};
addEventListener('error', onError, untilAlive);
addEventListener('not-started', (event) => say(String((event as CustomEvent).detail)), untilAlive);
const slow = setTimeout(() => {
  const page = root();
  if (page && !page.hasChildNodes()) page.textContent = 'Still loading…';
}, 4000);

addEventListener(
  'alive',
  () => {
    clearTimeout(slow);
    alive.abort();
    document.getElementById('not-started')?.remove();
    for (const control of pressed) control.click();
    if (!dropped) return;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(dropped);
    dispatchEvent(new DragEvent('drop', { dataTransfer }));
  },
  { once: true },
);

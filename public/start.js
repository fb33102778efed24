// Runs before anything is painted.

// The theme: the one that was chosen, else the system's.
try {
  let scheme = localStorage.getItem('spiking-playground.scheme');
  if (scheme !== 'light' && scheme !== 'dark')
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
} catch {
  // Storage may be forbidden: the page then starts light and follows the system a moment later.
}

// The first view, rendered when the page was built: the wide one stands on the page and is painted as it is read, the narrow one
// takes its place in a narrow window. A link with settings has another first view: there the page is rendered from nothing.
const linked = location.hash.length > 1;
const narrow = matchMedia('(max-width: 699px)').matches;
// What waits is hidden by the page's style: all of it while it is read, for one layout is quicker than several; then the figures
// until the bars and the sentence stand there.
const { dataset } = document.documentElement;
dataset.waits = 'all';

/** Called by the page once it has come to life: what was pressed before acts then. */
globalThis.actEarlyClicks = keepEarlyClicks();

/**
 * Remembers the control that is pressed before the page has come to life, so that it acts as soon as it can. The last one
 * counts. Space outside a control means play, as later.
 */
function keepEarlyClicks() {
  /** @type {HTMLElement | null} */
  let pressed = null;
  const onClick = (/** @type {MouseEvent} */ event) => {
    const control = event.target instanceof Element && event.target.closest('button, label');
    if (!(control instanceof HTMLElement)) return;
    pressed = control;
    event.preventDefault();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== ' ' || event.target !== document.body) return;
    pressed = document.querySelector('[aria-keyshortcuts="Space"]');
    event.preventDefault();
  };
  addEventListener('click', onClick, true);
  addEventListener('keydown', onKeyDown, true);
  return () => {
    removeEventListener('click', onClick, true);
    removeEventListener('keydown', onKeyDown, true);
    if (pressed?.isConnected) pressed.click();
  };
}

/** Runs once the browser has painted what is there now. */
function afterFrame(/** @type {() => void} */ then) {
  requestAnimationFrame(() => setTimeout(then));
}

// Stands behind the first view.
customElements.define(
  'first-view',
  class extends HTMLElement {
    connectedCallback() {
      const root = document.getElementById('root');
      const other = document.getElementById('first-view-narrow');
      if (linked || narrow)
        root?.replaceChildren(...(narrow && !linked && other instanceof HTMLTemplateElement ? [other.content] : []));
      const modules = document.getElementById('modules');
      const load = () => {
        delete dataset.waits;
        if (modules instanceof HTMLTemplateElement) document.head.append(modules.content);
      };
      // The page's modules are fetched once it has been painted: until then they would only hold it up. A page in the background is
      // not painted.
      if (linked || document.hidden) load();
      else {
        dataset.waits = 'figures';
        afterFrame(() => {
          delete dataset.waits;
          afterFrame(load);
        });
      }
      this.remove();
    }
  },
);

// Runs when the first view stands there, before anything else of the page has been loaded.

// The first view, rendered when the page was built: the wide one stands on the page and is painted as it is read, the narrow one
// takes its place in a narrow window. A link with settings has another first view: there the page is rendered from nothing.
const linked = location.hash.length > 1;
const narrow = !linked && matchMedia('(max-width: 699px)').matches;
// What waits is hidden by the page's style (src/boot/plugin.ts): group after group of the figures; all of the
// wide view where it is not the one that is shown.
const { dataset } = document.documentElement;

const actEarlyClicks = keepEarlyClicks();
const stopWatching = watchStart();
/** Called by the page once it has come to life: what was pressed before acts then. */
globalThis.actEarlyClicks = () => {
  stopWatching();
  actEarlyClicks();
};

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

/** Says what keeps the page from coming to life: a module that the browser does not run. That it takes long is no fault. */
function watchStart() {
  const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href;
  let told = false;
  const tell = (/** @type {string} */ fault) => {
    if (told) return;
    told = true;
    // The words are fetched only where they are needed.
    const script = document.createElement('script');
    script.src = new URL('not-started.js', own).href;
    script.onload = () => globalThis.sayNotStarted?.(fault);
    document.head.append(script);
  };
  const onError = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLScriptElement && event.target.type === 'module') tell('');
    // A browser that does not know what a module says.
    else if (event instanceof ErrorEvent && event.filename.includes('/assets/')) tell(event.message);
  };
  globalThis.notStarted = (error) => tell(String(error));
  addEventListener('error', onError, true);
  const slow = setTimeout(() => {
    const root = document.getElementById('root');
    if (root && !root.hasChildNodes()) root.textContent = 'Still loading…';
  }, 4000);
  return () => {
    clearTimeout(slow);
    globalThis.notStarted = undefined;
    removeEventListener('error', onError, true);
    document.getElementById('not-started')?.remove();
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
      const modules = document.getElementById('modules');
      const load = () => {
        if (modules instanceof HTMLTemplateElement) document.head.append(modules.content);
      };
      // The page's modules are fetched once it has been painted: until then they would only hold it up. A page in the background is
      // not painted.
      const show = () => {
        delete dataset.waits;
        if (linked || document.hidden) load();
        else afterFrame(load);
      };
      // One more group in each frame.
      const showNext = () => {
        // A frame has no width when the page's first script looks: all of the view waited then, as a narrow one's would.
        const left = (Number(dataset.waits) || 1) - 1;
        if (left === 0) return show();
        dataset.waits = String(left);
        afterFrame(showNext);
      };
      if (narrow) addEventListener('DOMContentLoaded', () => (replaceView(), show()));
      else if (linked || document.hidden) {
        if (linked) document.getElementById('root')?.replaceChildren();
        show();
      } else afterFrame(showNext);
      this.remove();
    }
  },
);

/** The narrow view in place of the wide one. */
function replaceView() {
  const view = document.getElementById('first-view-narrow');
  if (view instanceof HTMLTemplateElement) document.getElementById('root')?.replaceChildren(view.content);
}

import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * What lies over the page: dialogs, drawers, menus, a panel that fills the window. The browser's Back closes the one that was
 * opened last. For that the first of them adds an entry to the browser's history, which stays when it is closed in another way:
 * the next one uses it again, and Back passes over it.
 */
interface Layer {
  readonly close: () => void;
}
const layers: Layer[] = [];

/** Marks of the added entry, and of the one below it. */
interface Entry {
  readonly over?: number;
  readonly under?: number;
}
let here: Entry = {};
/** The browser tells of an entry once it is there: the one before is remembered. */
const arrive = () => {
  here = (history.state as Entry | null) ?? {};
};

/** Something lies over the page from now on, until the returned function is called. */
export function openLayer(close: () => void): () => void {
  const layer = { close };
  layers.push(layer);
  addEntry();
  return () => {
    const at = layers.indexOf(layer);
    if (at >= 0) layers.splice(at, 1);
  };
}

/** A component that lies over the page. */
export function useLayer(onClose: () => void): void {
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  // Before it is painted: Back may be pressed as soon as it is seen.
  useLayoutEffect(() => openLayer(() => latest.current()), []);
}

function addEntry(): void {
  arrive();
  if (here.over !== undefined) return;
  const id = Date.now();
  try {
    history.replaceState({ under: id }, '');
    history.pushState({ over: id }, '');
  } catch {
    // Some browsers refuse entries that come too fast: Back then leaves the page, as it does without this.
  }
  arrive();
}

/** Adds an entry of the page's own. */
export function pushAddress(address: string): void {
  history.pushState(null, '', address);
  arrive();
}

/** Has Back close what lies over the page. `stay` puts the page's address into the entry that Back came to. */
export function closeOnBack(stay: () => void): () => void {
  arrive();
  const onPopState = () => {
    const before = here;
    arrive();
    if (before.over === undefined || before.over !== here.under) return;
    const top = layers.pop();
    if (!top) {
      history.back();
      return;
    }
    stay();
    top.close();
    if (layers.length > 0) addEntry();
  };
  addEventListener('popstate', onPopState);
  return () => removeEventListener('popstate', onPopState);
}

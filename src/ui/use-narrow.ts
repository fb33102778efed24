import { useSyncExternalStore } from 'react';
import { FIRST_VIEW_ATTRIBUTE, NARROW, PRINTED_ATTRIBUTE } from './narrow.ts';

/** Which layout is rendered where there is no window to be measured: see src/boot/prerender.tsx. */
export const prerendered = { narrow: false };

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

let last = false;
/** A page that is printed keeps its view: a sheet's width is no window's. */
const matches = () => {
  if (!document.documentElement.hasAttribute(PRINTED_ATTRIBUTE)) last = matchMedia(NARROW).matches;
  return last;
};

/** The view that stands in the page while it comes to life, part by part: a window that changes meanwhile changes it afterwards. */
const first = () =>
  typeof document === 'object'
    ? document.documentElement.getAttribute(FIRST_VIEW_ATTRIBUTE) === 'narrow'
    : prerendered.narrow;

/** Whether the page is as narrow as a phone's. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, matches, first);
}

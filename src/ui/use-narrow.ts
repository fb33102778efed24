import { useSyncExternalStore } from 'react';
import { NARROW } from './narrow.ts';

/** Which layout is rendered where there is no window to be measured: see src/boot/prerender.tsx. */
export const prerendered = { narrow: false };

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

const matches = () => matchMedia(NARROW).matches;

/** Whether the page is as narrow as a phone's. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    matches,
    typeof matchMedia === 'function' ? matches : () => prerendered.narrow,
  );
}

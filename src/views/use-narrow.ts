import { useSyncExternalStore } from 'react';

const QUERY = '(max-width: 699px)';

/** Which layout is rendered where there is no window to be measured: see src/boot/prerender.tsx. */
export const prerendered = { narrow: false };

function subscribe(listener: () => void): () => void {
  const query = matchMedia(QUERY);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

const matches = () => matchMedia(QUERY).matches;

/** Whether the page is as narrow as a phone's: public/start.js asks the same question. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    matches,
    typeof matchMedia === 'function' ? matches : () => prerendered.narrow,
  );
}

import { useEffect, useState } from 'react';
import type { Source } from '../figures/use-figure.ts';

/** Tells whenever the component rendered: for summaries of what no store holds. */
export function useRendered(): Source {
  const [source] = useState(() => {
    const listeners = new Set<() => void>();
    return {
      tell: () => {
        for (const listener of listeners) listener();
      },
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  });
  useEffect(source.tell);
  return source;
}

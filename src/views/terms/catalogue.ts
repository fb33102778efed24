import { useSyncExternalStore } from 'react';
import type { TermEntry, TermId } from '../../lessons/terms.ts';

let catalogue: Readonly<Record<TermId, TermEntry>> | undefined;
let listeners: (() => void)[] = [];

/** The catalogue is asked for by the first term on the page and comes after the first paint. */
function subscribe(listener: () => void): () => void {
  if (!catalogue && listeners.length === 0)
    void import('../../lessons/terms.ts').then(({ TERMS }) => {
      catalogue = TERMS;
      for (const call of listeners) call();
    });
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((other) => other !== listener);
  };
}

/** Entry of a term; undefined until the catalogue is there. */
export function useTerm(id: TermId): TermEntry | undefined {
  return useSyncExternalStore(subscribe, () => catalogue?.[id]);
}

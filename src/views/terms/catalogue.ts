import { useSyncExternalStore } from 'react';
import type { TermEntry, TermId } from '../../lessons/terms.ts';

let catalogue: Readonly<Record<TermId, TermEntry>> | undefined;
let listeners: (() => void)[] = [];

/** Fetches the catalogue: with the first explanation that is opened, or before. */
export async function loadTerms(): Promise<void> {
  const { TERMS } = await import('../../lessons/terms.ts');
  catalogue = TERMS;
  for (const call of listeners) call();
}

function subscribe(listener: () => void): () => void {
  if (!catalogue) loadTerms().catch(() => undefined);
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((other) => other !== listener);
  };
}

/** Entry of a term; undefined until the catalogue is there. */
export function useTerm(id: TermId): TermEntry | undefined {
  return useSyncExternalStore(subscribe, () => catalogue?.[id]);
}

import { useSyncExternalStore } from 'react';
import type { TermEntry, TermId } from '../../lessons/terms.ts';
import { arriving } from '../../problems/arriving.ts';

let catalogue: Readonly<Record<TermId, TermEntry>> | undefined;
let missing = false;
let listeners: (() => void)[] = [];

/** Fetches the catalogue: with the first explanation that is opened, or before. */
export async function loadTerms(): Promise<void> {
  missing = false;
  const { TERMS } = await arriving(() => import('../../lessons/terms.ts'));
  catalogue = TERMS;
  for (const call of listeners) call();
}

function subscribe(listener: () => void): () => void {
  if (!catalogue)
    loadTerms().catch(() => {
      missing = true;
      for (const call of listeners) call();
    });
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((other) => other !== listener);
  };
}

/** Entry of a term; undefined until the catalogue is there. It is asked for anew with each explanation that is opened. */
export function useTerm(id: TermId): TermEntry | 'missing' | undefined {
  return useSyncExternalStore(subscribe, () => catalogue?.[id] ?? (missing ? 'missing' : undefined));
}

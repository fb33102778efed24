import { lazy } from 'react';
import { loadTerms } from '../terms/catalogue.ts';

const LOAD = {
  operators: () => import('../operator/OperatorPanels.tsx'),
  settings: () => import('./MorePanel.tsx'),
  help: () => import('./HelpDialog.tsx'),
  engine: () => import('./EngineDetails.tsx'),
  data: () => import('../curves/DataDialog.tsx'),
  paper: () => import('./PaperNote.tsx'),
};

/** The figures of the operator experiments. */
export const OperatorPanels = lazy(LOAD.operators);
/** Parts of the shell that are no part of the first paint. */
export const MorePanel = lazy(LOAD.settings);
export const HelpDialog = lazy(LOAD.help);
export const EngineDetails = lazy(LOAD.engine);
export const DataDialog = lazy(LOAD.data);
export const PaperNote = lazy(LOAD.paper);

/** Fetches them one by one whenever the page has nothing better to do, so that they open at once and without a connection. */
export async function prefetchParts(): Promise<void> {
  for (const load of [...Object.values(LOAD), loadTerms]) {
    await idle();
    await load().catch(() => undefined);
  }
}

/** Resolves when the page has nothing better to do; `timeout` ms later at the latest, where it is given. */
export const idle = (timeout?: number) =>
  new Promise<void>((resolve) => {
    // Safari has no such callback.
    const ask = globalThis.requestIdleCallback as typeof requestIdleCallback | undefined;
    if (ask) ask(() => resolve(), timeout === undefined ? undefined : { timeout });
    else setTimeout(resolve, 500);
  });

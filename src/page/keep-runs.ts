import { tellForbidden } from '../io/storage.ts';
import { arriving } from '../problems/arriving.ts';
import { browserRunClaim, browserRuns, tabMemory } from '../state/kept/browser.ts';
import { createKeeping, type KeepingFault } from '../state/kept/keeping.ts';
import type { Playground } from '../state/playground.ts';

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;

/** What to do about it is to save the run as a file. */
export function sentenceOf(fault: Exclude<KeepingFault, { kind: 'forbidden' }>): string {
  switch (fault.kind) {
    case 'full':
      return 'The browser has no room to keep this run beyond the page. “Share” saves it as a file.';
    case 'large':
      return `This run takes ${megabytes(fault.bytes)} and is not kept beyond the page; up to ${megabytes(fault.most)} are. “Share” saves it as a file.`;
    case 'elsewhere':
      return 'That run is open in another tab, or was forgotten there';
    case 'unusable':
      return `The kept run cannot be gone on with: ${fault.message}`;
  }
}

/** Keeps the page's run in this browser, and offers the one of an earlier visit. */
export function keepRuns(playground: Playground): void {
  const { actions } = playground;
  const keeping = createKeeping(playground, {
    store: browserRuns(),
    claim: browserRunClaim(),
    tab: tabMemory,
    async check(run) {
      const { checkRun } = await arriving(() => import('../training/run-file.ts'));
      return checkRun(run);
    },
    tell: (fault) => {
      if (fault.kind === 'forbidden') tellForbidden();
      else actions.warn(sentenceOf(fault));
    },
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) void keeping.save();
  });
  addEventListener('pagehide', () => void keeping.leave());
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void keeping.back();
  });
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  void keeping.look(entry?.type === 'reload');
}

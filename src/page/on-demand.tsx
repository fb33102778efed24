import type { Playground } from '../state/playground.ts';
import { Panel } from '../ui/Panel.tsx';
import { CompareList } from '../views/compare/CompareMenu.tsx';
import { DataDialog } from '../views/curves/CurvesPanel.tsx';
import { InsideList } from '../views/inside/frame/InsideMenu.tsx';
import { loadPart } from '../views/loading/missing.ts';
import { onDemand } from '../views/loading/OnDemand.tsx';
import { loadTerms } from '../views/terms/catalogue.ts';

const FLOATING = { floating: true };

/** The figures of the operator experiments, and of a table. */
export const OperatorPanels = onDemand(
  'The prediction',
  () => import('../views/operator/OperatorPanels.tsx'),
  {
    fallback: <Panel title="The prediction" />,
  },
);
/** The open scene of a lesson, beside the figures. */
export const SceneColumn = onDemand(
  'The lesson',
  () => import('../views/lessons/SceneColumn.tsx'),
  // Its place is there before it.
  { fallback: <section aria-label="The lesson" /> },
);
export const LessonTools = onDemand(
  'What belongs to lessons',
  () => import('../views/lessons/LessonTools.tsx'),
  FLOATING,
);
export const LessonMark = onDemand('The mark', () => import('../views/lessons/LessonTools.tsx'), {
  name: 'LessonMark',
});
export const LearnMenu = onDemand('The lessons', () => import('../views/lessons/LearnMenu.tsx'), FLOATING);
/** What a presenter shows. */
export const PanelChooser = onDemand('The choice of panels', () => import('./PanelChooser.tsx'), FLOATING);
/** Which lanes a setting changes. */
export const ForLanes = onDemand('The lanes', () => import('../views/compare/ForLanes.tsx'), {
  name: 'ForLanes',
});
/** Parts of the page that are no part of the first paint. */
export const MorePanel = onDemand('The settings', () => import('../views/settings/MorePanel.tsx'), FLOATING);
export const HelpDialog = onDemand('The help', () => import('./HelpDialog.tsx'), FLOATING);
export const EngineDetails = onDemand('The engine’s details', () => import('./EngineDetails.tsx'), FLOATING);
export const KeptOffer = onDemand('The kept run', () => import('./KeptOffer.tsx'));
export const NewVersion = onDemand('The new version', () => import('./NewVersion.tsx'));
export const PaperNote = onDemand('The paper’s setting', () => import('./PaperNote.tsx'), FLOATING);

const PREFETCHED = [
  CompareList,
  InsideList,
  OperatorPanels,
  MorePanel,
  HelpDialog,
  EngineDetails,
  DataDialog,
  PaperNote,
  NewVersion,
];

export const loadEnlarging = () => loadPart(() => import('../ui/enlarge.ts'));

/**
 * Fetches them one by one whenever the page has nothing better to do, so that they open at once and without a connection; with what
 * makes a handout of the page when it is printed. Then the browser is asked to keep everything else as well.
 */
export async function prefetchParts(playground: Playground): Promise<void> {
  const print = async () => (await loadPart(() => import('./print.ts'))).preparePrint(playground);
  for (const fetch of [print, ...PREFETCHED.map(({ prefetch }) => prefetch), loadTerms, loadEnlarging]) {
    await idle();
    await fetch().catch(() => undefined);
  }
  await idle();
  const { keepOffline } = await loadPart(() => import('./offline.ts'));
  await keepOffline();
}

/** Resolves when the page has nothing better to do; `timeout` ms later at the latest, where it is given. */
export const idle = (timeout?: number) =>
  new Promise<void>((resolve) => {
    // Safari has no such callback.
    const ask = globalThis.requestIdleCallback as typeof requestIdleCallback | undefined;
    if (ask) ask(() => resolve(), timeout === undefined ? undefined : { timeout });
    else setTimeout(resolve, 500);
  });

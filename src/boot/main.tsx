import '../ui/theme.css';
import '../ui/base.css';
import { startTransition } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { onFramedDownload } from '../io/download.ts';
import { onForbidden } from '../io/storage.ts';
import { faultNotice, syncHash } from '../page/hash-sync.ts';
import { idle, prefetchParts } from '../page/on-demand.tsx';
import { Page } from '../page/Page.tsx';
import { arriving } from '../problems/arriving.ts';
import { createPlayground } from '../state/playground.ts';
import { parseHash } from '../state/url.ts';
import { followScheme } from '../views/colour-scheme.ts';
import { diverging } from '../views/figures/canvas/colour-map.ts';
import { themeOf } from '../views/figures/canvas/theme.ts';
import { painted, watchAnswers } from '../views/figures/paint-queue.ts';
import { spawnTrainer, trainerFault } from '../worker/client.ts';
import { pause } from './pause.ts';

/** A page that is never idle begins to keep its run this many ms after it was drawn. */
const KEEPING_MS = 3000;

/** Tells head.ts that controls answer. */
const alive = () => void dispatchEvent(new Event('alive'));

/** What figures share, for which the first of them would take long: colours, and the font with some text in it. */
function prepareFigures(root: HTMLElement): void {
  const { scheme, font } = themeOf(root);
  diverging(scheme);
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return;
  context.font = font;
  context.fillText('0', 0, 0);
}

/** Brings the page to life. */
export async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element "root".');

  const guarded = arriving(() => import('../ui/translation.ts')).then(
    ({ guardTranslation }) => guardTranslation(document.body),
    // The page works without, untranslated.
    () => undefined,
  );
  followScheme();
  const { pinned, page, planned, presentation, comparison, faults } = parseHash(location.hash);
  const playground = createPlayground({
    spawn: spawnTrainer,
    diagnose: trainerFault,
    formulaWords: async (formula) =>
      (await arriving(() => import('../views/inside/target/link-formula.ts'))).linkFormulaWords(formula),
    screen: { shown: painted, watchAnswers },
    pinned,
    notice: faultNotice(faults),
    engineChoice: page.engine,
    pace: page.pace,
    planned,
    presentation,
    comparison,
  });
  onForbidden(() =>
    playground.actions.notify(
      'info',
      `${parent === window ? 'This browser' : 'The frame around it'} keeps nothing for this page: what you choose and train lasts until it is closed`,
    ),
  );
  onFramedDownload((hold) =>
    playground.actions.notify(
      hold === 'forbidden' ? 'error' : 'info',
      hold === 'forbidden'
        ? 'Nothing was saved: the frame that shows this page forbids downloads. Its sandbox needs allow-downloads'
        : 'If no file came: the frame that shows this page may forbid downloads. Its sandbox then needs allow-downloads',
    ),
  );
  void playground.actions.start().then(() => prefetchParts(playground));
  syncHash(playground);
  await pause();
  prepareFigures(root);
  await pause();

  const tree = <Page playground={playground} alive={alive} />;
  await guarded;
  // A view that was translated before React knew it is made anew.
  const ready = root.querySelector('main') !== null && root.querySelector('font') === null;
  // As a transition, so that it leaves the main thread to others in between.
  startTransition(() => {
    if (ready) hydrateRoot(root, tree);
    else createRoot(root).render(tree);
  });
  await idle(KEEPING_MS);
  await arriving(() => import('../page/keep-runs.ts')).then(
    ({ keepRuns }) => keepRuns(playground),
    () =>
      playground.actions.warn('What keeps a run beyond the page did not arrive: “Share” saves it as a file.'),
  );
}

import { lanesMoment } from '../state/lanes-moment.ts';
import type { Playground } from '../state/playground.ts';
import type { LessonPlace } from '../state/presentation.ts';
import { viewAt } from '../state/probe.ts';
import { PAGE_DEFAULTS } from '../state/url.ts';
import { changeBetween, resolveConfig } from '../training/presets.ts';
import type { Scene } from './lesson.ts';
import { parseSceneLink, type SceneLink } from './scene-link.ts';

/** A piece of training lasts about so many ms: after each the page shows how far it is. */
const PIECE_MS = 300;
const FIRST_PIECE = 20;

export interface SceneOptions {
  /** Where the scene stands in its lesson. */
  readonly place?: LessonPlace;
  /** Called while the network is trained before the scene begins. */
  readonly onTrained?: (step: number, of: number) => void;
  /** Ends what is under way: another scene is opened. */
  readonly signal?: AbortSignal;
}

/** Shows what a scene shows, with its run as far as the scene begins: at step 0, or trained at full pace until `trained`. */
export async function openScene(
  playground: Playground,
  scene: Pick<Scene, 'hash'>,
  { place, ...options }: SceneOptions = {},
): Promise<void> {
  const link = parseSceneLink(scene.hash);
  const { inside } = link.presentation;
  // What looks at the weights waits until they are the scene's.
  const waits = inside !== undefined && link.trained > 0 && !standsAt(playground, link.trained);
  await show(
    playground,
    waits ? { ...link, presentation: { ...link.presentation, inside: undefined } } : link,
    place,
    options.signal,
  );
  if (options.signal?.aborted) return;
  // That the run starts anew, or goes on from some step with another setting, is no news where a scene begins.
  if (playground.app.getState().notice?.kind === 'info') playground.actions.clearNotice();
  if (!standsAt(playground, link.trained)) {
    await playground.actions.reset();
    await trainTo(playground, link.trained, options);
  }
  if (waits && !options.signal?.aborted) playground.actions.look(inside);
}

/** Shows a view in which a task of the open scene is done. Training goes on from where it is, unless the view says otherwise. */
export async function openSolution(
  playground: Playground,
  hash: string,
  options: SceneOptions = {},
): Promise<void> {
  const link = parseSceneLink(hash);
  const { lesson, panels, lab } = playground.app.getState().presentation;
  const { presentation } = link;
  await show(
    playground,
    {
      ...link,
      presentation: {
        ...presentation,
        panels: presentation.panels ?? panels,
        lab: presentation.lab ?? lab,
      },
    },
    lesson,
    options.signal,
  );
  if (link.trained === 0 || options.signal?.aborted) return;
  await playground.actions.reset();
  await trainTo(playground, link.trained, options);
}

/** The link's settings and lanes, in the page's own view, with all neurons and the T of the training. */
async function show(
  playground: Playground,
  link: SceneLink,
  lesson?: LessonPlace,
  signal?: AbortSignal,
): Promise<void> {
  const { app, lane, actions } = playground;
  if (app.getState().status === 'playing') void actions.pause();
  const { view } = app.getState().presentation;
  const presentation = { ...link.presentation, view, lesson };
  // A scene that names no pace leaves the page its own.
  const { pace } = link.page;
  if (pace !== PAGE_DEFAULTS.pace && pace !== app.getState().pace) void actions.setPace(pace);
  if (link.page.engine !== 'auto' && link.page.engine !== app.getState().engineChoice)
    await actions.setEngine(link.page.engine);
  if (signal?.aborted) return;
  if (hasSettingsOf(playground, link)) app.setState({ presentation, notice: undefined });
  else await actions.open({ ...link, presentation });
  if (signal?.aborted) return;
  const { view: shown, config } = lane.getState();
  const { silenced } = link;
  const next = { ...viewAt(presentation.probe, config, shown), silenced, inferenceT: undefined };
  if (JSON.stringify({ ...shown, ...next }) !== JSON.stringify(shown)) await actions.setView(next);
}

/** Whether the page's settings and lanes are the link's: they need not be opened once more. */
function hasSettingsOf({ app, lane }: Playground, link: SceneLink): boolean {
  const { status, config, comparison } = app.getState();
  if (status === 'starting' || status === 'failed') return false;
  return (
    link.planned.length === 0 &&
    lane.getState().planned.length === 0 &&
    changeBetween(config, resolveConfig(link.pinned)).kind === 'none' &&
    JSON.stringify(comparison) === JSON.stringify(link.comparison)
  );
}

/** Whether all lanes stand at the end of a run of so many steps, unchanged on its way: it need not be trained once more. */
function standsAt({ app }: Playground, trained: number): boolean {
  const lanes = app.getState().lanes.map((each) => each.getState());
  return (
    lanes.every(
      ({ step, end, log, recording, held }) => !recording && !held && log.length === 1 && step === end,
    ) && lanesMoment(lanes).step === trained
  );
}

/** Trains from step 0 to `steps`, as fast as the engine can, in pieces. */
async function trainTo(playground: Playground, steps: number, { onTrained, signal }: SceneOptions) {
  const { app, actions } = playground;
  let piece = FIRST_PIECE;
  for (let done = 0; done < steps && !signal?.aborted; ) {
    onTrained?.(done, steps);
    const count = Math.min(Math.max(1, piece), steps - done);
    const begun = performance.now();
    await actions.step(count);
    if (signal?.aborted || ['diverged', 'failed'].includes(app.getState().status)) return;
    done += count;
    const ms = Math.max(1, performance.now() - begun);
    piece = Math.round(piece * Math.min(4, PIECE_MS / ms));
  }
  if (steps > 0) await until(playground, steps, signal);
}

/** Resolves once the page has been told of step `step`, or that no run gets there. */
function until({ app }: Playground, step: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const { lanes, status } = app.getState();
      const at = lanesMoment(lanes.map((each) => each.getState())).step;
      if (at < step && !signal?.aborted && status !== 'diverged' && status !== 'failed') return;
      for (const stop of stops) stop();
      signal?.removeEventListener('abort', look);
      resolve();
    };
    const stops = [app, ...app.getState().lanes].map((store) => store.subscribe(look));
    signal?.addEventListener('abort', look);
    look();
  });
}

import type { StoreApi } from 'zustand/vanilla';
import { arriving } from '../problems/arriving.ts';
import type { PlaygroundState } from './app-state.ts';
import type { Notices } from './notices.ts';

/** A step that is expected to take longer is told of before it is taken, and memory beyond this with it. */
const LONG_STEP = 'A step of this network';
const LONG_STEP_MS = 1000;
const MUCH_BYTES = 250e6;

/** Says what a step will need where that is much. */
export async function tellOfLongSteps(app: StoreApi<PlaygroundState>, notices: Notices): Promise<void> {
  const { engine, config } = app.getState();
  // Not there yet: it is asked for again with the next change.
  const estimates = await arriving(() => import('../training/estimate.ts')).catch(() => undefined);
  if (!estimates) return;
  const timed = engine?.trials.find(({ name }) => name === engine.engine)?.msPerStep;
  if (timed === undefined || app.getState().config !== config) return;
  const { ms } = estimates.estimateStep(config, timed);
  if (ms < LONG_STEP_MS) return;
  const { bytes = 0 } = app.getState().lanes[0].getState().data ?? {};
  const memory = bytes > MUCH_BYTES ? `, and ${Math.ceil(bytes / 1e6)} MB of memory` : '';
  notices.warnAnew(
    LONG_STEP,
    ` takes about ${aboutSeconds(ms)} here${memory}. Narrower layers, a smaller batch or fewer time steps are faster.`,
  );
}

function aboutSeconds(ms: number): string {
  const seconds = ms / 1000;
  return seconds < 90 ? `${Number(seconds.toPrecision(1))} s` : `${Math.round(seconds / 60)} minutes`;
}

import { methodName } from '../../training/config.ts';
import { runHash } from '../link.ts';
import type { Playground, PlaygroundState } from '../playground.ts';
import { type SavedRun, savedRun } from '../saved-run.ts';
import type { KeptNote, KeptSession } from './kept.ts';

/**
 * The page's run as it stands in the states that were sent last. Undefined while there is nothing to keep: not a step has been
 * trained, what is shown is recorded, or the run has been moved back to a step before its end, which is what is to be kept.
 */
export function runToKeep(page: PlaygroundState, lane: Playground['lane']): KeptSession | undefined {
  const { lanes, comparison } = page;
  const states = lanes.map((each) => each.getState());
  if (states.some(({ recording, step, end }) => recording || step < end)) return undefined;
  const runs = states.flatMap((state) => {
    const run = savedRun(state);
    return run ? [{ run, held: state.held }] : [];
  });
  if (runs.length < states.length || runs.every(({ run }) => run.state.step === 0)) return undefined;
  return { lanes: runs, hash: runHash(page, lane.getState()), set: comparison.set };
}

export function noteOf(
  { lanes }: KeptSession,
  id: string,
  at: number,
  { playing, blind }: { readonly playing: boolean; readonly blind: boolean },
): KeptNote {
  const [{ run: main }] = lanes;
  const { run } = lanes.reduce((a, b) => (b.run.state.step > a.run.state.step ? b : a));
  const inForce = ({ log, state }: SavedRun) =>
    log.reduce((last, change) => (change.step <= state.step ? change : last)).config;
  const { experiment } = inForce(main);
  return {
    id,
    at,
    experiment,
    method: blind ? undefined : methodName(inForce(main)),
    step: run.state.step,
    steps: inForce(run).steps,
    lanes: lanes.length,
    playing,
  };
}

/** Bytes that a run takes, roughly. */
export function bytesOf({ lanes }: KeptSession): number {
  return lanes.reduce((sum, { run }) => {
    const { theta, m, v } = run.state;
    return sum + theta.byteLength + m.byteLength + v.byteLength + run.losses.byteLength;
  }, 0);
}

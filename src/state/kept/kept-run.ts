import { type ExperimentName, methodName } from '../../training/config.ts';
import type { Comparison } from '../comparison.ts';
import { type HeldRun, heldRun } from '../lane-store.ts';
import { runHash } from '../link.ts';
import type { Playground } from '../playground.ts';

/** What can be said of a kept run without reading it. */
export interface KeptNote {
  readonly id: string;
  /** When it was kept, in ms since the epoch. */
  readonly at: number;
  readonly experiment: ExperimentName;
  /** Of the main lane; unsaid while names are hidden. */
  readonly method?: string;
  /** Steps of the lane that went furthest, and where its schedule ends. */
  readonly step: number;
  readonly steps: number;
  readonly lanes: number;
  /** It was training when it was kept. */
  readonly playing: boolean;
}

export interface KeptLane {
  readonly run: HeldRun;
  /** It rests while the others train. */
  readonly held: boolean;
}

/** What stood beside a run, and whether that rested while the others trained. */
export interface Beside {
  readonly comparison: Comparison;
  readonly lanes: readonly KeptLane[];
  readonly held: boolean;
}

/** All that the page's run is gone on with. */
export interface KeptRun {
  /** The main lane, and those beside it. */
  readonly lanes: readonly KeptLane[];
  /** Link to the run: its settings, lanes, and what is seen of them. */
  readonly hash: string;
  /** What a comparison set in the main lane; a link does not say it. */
  readonly set?: Comparison['set'];
}

type Page = Pick<Playground, 'app' | 'lane'>;

/**
 * The page's run as it stands in the states that were sent last. Undefined while there is nothing to keep: not a step has been
 * trained, what is shown is recorded, or the run has been moved back to a step before its end, which is what is to be kept.
 */
export function runToKeep({ app, lane }: Page): KeptRun | undefined {
  const { lanes, comparison } = app.getState();
  const states = lanes.map((each) => each.getState());
  if (states.some(({ recording, step, end }) => recording || step < end)) return undefined;
  const runs = states.flatMap((state) => {
    const run = heldRun(state);
    return run ? [{ run, held: state.held }] : [];
  });
  if (runs.length < states.length || runs.every(({ run }) => run.state.step === 0)) return undefined;
  return { lanes: runs, hash: runHash(app.getState(), lane.getState()), set: comparison.set };
}

export function noteOf(
  { lanes }: KeptRun,
  id: string,
  at: number,
  { playing, blind }: { readonly playing: boolean; readonly blind: boolean },
): KeptNote {
  const [{ run: main }] = lanes;
  const { run } = lanes.reduce((a, b) => (b.run.state.step > a.run.state.step ? b : a));
  const inForce = ({ log, state }: HeldRun) =>
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
export function bytesOf({ lanes }: KeptRun): number {
  return lanes.reduce((sum, { run }) => {
    const { theta, m, v } = run.state;
    return sum + theta.byteLength + m.byteLength + v.byteLength + run.losses.byteLength;
  }, 0);
}

import type { Metric, SavedRun } from '../training/saved-run.ts';
import { type LaneState, opensUnder } from './lane-store.ts';
import { LossSeries } from './loss-series.ts';

export type { SavedRun } from '../training/saved-run.ts';

/** The lane's run as it stands in the last state that was sent; undefined before the first. */
export function savedRun({ log, planned, state, losses, metrics }: LaneState): SavedRun | undefined {
  if (!state) return undefined;
  return {
    log: [...log, ...planned],
    state,
    losses: losses.measuredUntil(state.step),
    metrics: metrics.filter((metric) => metric.step <= state.step),
  };
}

/** The lane as a run held from before left it; it is opened at that run's state. */
export function standsAt(
  { log, state, losses, metrics = [] }: SavedRun,
  before: LaneState,
): Partial<LaneState> {
  const past = log.filter((change) => change.step <= state.step);
  const series = new LossSeries();
  series.replace(0, losses);
  return {
    ...opensUnder(past[past.length - 1].config, before),
    ...{ state, step: state.step, end: state.step, held: false },
    ...{ log: past, planned: log.slice(past.length), losses: series, lossVersion: 1, metrics },
  };
}

/** What a worker opens the lane with: from the state held last, or from the run's start, with the changes from there on. */
export function resumption({ log, planned, state, metrics }: LaneState, resume: boolean) {
  const held = resume ? state : undefined;
  const step = held?.step ?? log[0].step;
  const past = log.filter((change) => change.step <= step);
  return {
    config: past[past.length - 1].config,
    state: held,
    past: held && past,
    ms: held && msUntil(metrics, held.step),
    planned: [...log.slice(past.length), ...planned],
  };
}

/** Time that training took until a step: as measured there, or just before; undefined where it was not measured. */
function msUntil(metrics: readonly Metric[], step: number): number | undefined {
  return metrics.filter((metric) => metric.step <= step).pop()?.ms;
}

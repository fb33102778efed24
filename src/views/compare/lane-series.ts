import type { Axis } from '../../state/comparison.ts';
import type { LaneState } from '../../state/lane-store.ts';
import type { LaneCost } from '../../worker/lane-cost.ts';

type Run = Pick<LaneState, 'metrics' | 'losses' | 'step' | 'config'>;

/** What a curve is drawn over: a lane's step as a number on the common axis. */
export type Place = (step: number) => number | undefined;

/**
 * Steps as they are; as forward passes that cost as much (steps × operations of a step / operations of a forward pass);
 * or as milliseconds of training, measured. Undefined where that is not known yet.
 */
export function placeOn(axis: Axis, run: Run, cost: LaneCost | undefined): Place {
  if (axis === 'steps') return (step) => step;
  if (axis === 'passes') {
    const passes = cost?.cost.forwardEquivalents;
    return (step) => (passes === undefined ? undefined : step * passes);
  }
  const timed = run.metrics.filter((metric) => metric.ms !== undefined);
  return (step) => {
    if (step === 0) return 0;
    const after = timed.findIndex((metric) => metric.step >= step);
    const end = after < 0 ? timed[timed.length - 1] : timed[after];
    if (end?.ms === undefined || (after < 0 && end.step < step)) {
      // Beyond the last mark a step takes as long as it did on average.
      return end?.ms && end.step > 0 ? (end.ms / end.step) * step : undefined;
    }
    const begin = after > 0 ? timed[after - 1] : { step: 0, ms: 0 };
    const share = end.step === begin.step ? 1 : (step - begin.step) / (end.step - begin.step);
    return (begin.ms ?? 0) + (end.ms - (begin.ms ?? 0)) * share;
  };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Relative L2 error on the live grid. */
export function errorPoints(run: Run, place: Place): Point[] {
  const points: Point[] = [];
  for (const { step, value, grid } of run.metrics) {
    const x = place(step);
    if (grid === 'coarse' && value > 0 && x !== undefined) points.push({ x, y: value });
  }
  return points;
}

/** Geometric mean of the losses between two columns of a logarithmic axis with `columns` columns. */
export function lossPoints(
  run: Run,
  place: Place,
  columnOf: (x: number) => number,
  columns: number,
): Point[] {
  const sums = new Float64Array(columns);
  const counts = new Uint32Array(columns);
  const places = new Float64Array(columns);
  const { values } = run.losses;
  for (let step = 0; step < values.length; step++) {
    const value = values[step];
    const x = value > 0 && value < Number.POSITIVE_INFINITY ? place(step) : undefined;
    if (x === undefined) continue;
    const column = Math.min(columns - 1, Math.max(0, Math.floor(columnOf(x))));
    sums[column] += Math.log(value);
    places[column] += x;
    counts[column]++;
  }
  const points: Point[] = [];
  counts.forEach((count, column) => {
    if (count > 0) points.push({ x: places[column] / count, y: Math.exp(sums[column] / count) });
  });
  return points;
}

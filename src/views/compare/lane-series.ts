import type { Axis } from '../../state/comparison.ts';
import type { LaneState } from '../../state/lane-store.ts';

type LaneHistory = Pick<LaneState, 'metrics' | 'losses' | 'step' | 'config'>;

/** What a curve is drawn over: a lane's step as a number on the common axis. */
type Place = (step: number) => number | undefined;

/**
 * Steps as they are; as forward passes that cost as much (steps × those of a step, in the unit that all lanes share); or as
 * milliseconds of training, measured. Undefined where that is not known yet.
 */
export function placeOn(axis: Axis, run: LaneHistory, passes: number | undefined): Place {
  if (axis === 'steps') return (step) => step;
  if (axis === 'passes') return (step) => (passes === undefined ? undefined : step * passes);
  return timePlace(run);
}

/** Time by step: in proportion between two measured moments, at the average pace beyond the last. */
function timePlace({ metrics }: LaneHistory): Place {
  const marks = [{ step: 0, ms: 0 }];
  for (const { step, ms } of metrics)
    if (ms !== undefined && step > marks[marks.length - 1].step) marks.push({ step, ms });
  const last = marks[marks.length - 1];
  return (step) => {
    if (step >= last.step) return last.step > 0 ? (last.ms / last.step) * step : step === 0 ? 0 : undefined;
    let [low, high] = [0, marks.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (marks[middle].step <= step) low = middle;
      else high = middle;
    }
    const [begin, end] = [marks[low], marks[high]];
    return begin.ms + ((end.ms - begin.ms) * (step - begin.step)) / (end.step - begin.step);
  };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Relative L2 error on the live grid. */
export function errorPoints(run: LaneHistory, place: Place): Point[] {
  const points: Point[] = [];
  for (const { step, value, grid } of run.metrics) {
    const x = place(step);
    if (grid === 'coarse' && value > 0 && x !== undefined) points.push({ x, y: value });
  }
  return points;
}

/** Geometric mean of the losses between two columns of a logarithmic axis with `columns` columns. */
export function lossPoints(
  run: LaneHistory,
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

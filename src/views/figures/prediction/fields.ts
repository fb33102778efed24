import type { LaneState } from '../../../state/lane-store.ts';
import type { LaneOpened, Prediction } from '../../../worker/protocol.ts';
import { type Field, squareField } from '../canvas/field-image.ts';
import { niceBound } from '../canvas/ticks.ts';

/** Whether the lane's problem is a function on the square [-1, 1]², given on square grids. */
export function isSurface(data: LaneOpened | undefined): data is LaneOpened {
  const factors = data?.test.factors;
  return (
    data?.offset === undefined &&
    factors?.length === 1 &&
    factors[0].width === 2 &&
    squareField(data?.test.target ?? []) !== undefined
  );
}

/** Whether the lane's problem is a table. */
export const isTable = (data: LaneOpened | undefined): data is LaneOpened => data?.offset !== undefined;

const targets = new WeakMap<ArrayLike<number> & object, Field | undefined>();

/** The target on one of the lane's grids, in the problem's units. */
export function targetField(data: LaneOpened, grid: Prediction['grid']): Field | undefined {
  const { target } = grid === 'coarse' ? data.coarse : data.test;
  if (!targets.has(target)) {
    targets.set(target, squareField(data.unit === 1 ? target : target.map((value) => value * data.unit)));
  }
  return targets.get(target);
}

const predictions = new WeakMap<Prediction, { network: Field; error: Field } | undefined>();

/** Output of the network and output minus target; undefined while there is no output of the problem shown. */
export function predictionFields({ data, prediction }: Pick<LaneState, 'data' | 'prediction'>) {
  if (!isSurface(data) || !prediction) return undefined;
  if (!predictions.has(prediction)) {
    const target = targetField(data, prediction.grid);
    const network = squareField(prediction.values);
    if (!target || !network || target.n !== network.n) predictions.set(prediction, undefined);
    else {
      const values = prediction.values.map((y, i) => y - target.values[i]);
      predictions.set(prediction, { network, error: { n: target.n, values } });
    }
  }
  return predictions.get(prediction);
}

/** Bound of the signed range that target and network share. */
export function sharedBound(data: LaneOpened | undefined): number {
  // Of a table: the size of its numbers.
  if (data?.offset !== undefined) return niceBound(Math.abs(data.offset) + data.unit);
  if (!isSurface(data)) return 1;
  const cached = bounds.get(data);
  if (cached !== undefined) return cached;
  let most = 0;
  for (const value of data.test.target) most = Math.max(most, Math.abs(value));
  const bound = niceBound(most * data.unit);
  bounds.set(data, bound);
  return bound;
}
const bounds = new WeakMap<LaneOpened, number>();

/** Least and greatest value of a field and where they are. */
export function extremes({ n, values }: Field): { least: Extreme; greatest: Extreme } {
  let low = 0;
  let high = 0;
  for (let k = 1; k < values.length; k++) {
    if (values[k] < values[low]) low = k;
    if (values[k] > values[high]) high = k;
  }
  const at = (k: number): Extreme => ({
    value: values[k],
    x: -1 + (2 * (k % n)) / (n - 1),
    y: -1 + (2 * Math.floor(k / n)) / (n - 1),
  });
  return { least: at(low), greatest: at(high) };
}

/** Range of heights of a surface: the target's with some room for what the network gets wrong. */
export function heightsOf(target: Field): [low: number, high: number] {
  const { least, greatest } = extremes(target);
  const room = 0.2 * (greatest.value - least.value || 1);
  return [Math.min(0, least.value) - room, Math.max(0, greatest.value) + room];
}

interface Extreme {
  readonly value: number;
  readonly x: number;
  readonly y: number;
}

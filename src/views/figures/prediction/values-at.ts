import type { LaneState } from '../../../state/lane-store.ts';
import type { Field } from '../canvas/field-image.ts';
import { formatNumber } from '../canvas/ticks.ts';
import { isSurface, sharedBound, targetField } from './fields.ts';
import type { Point } from './probe.ts';

export const PARTS = ['target', 'network', 'error'] as const;
export type Part = (typeof PARTS)[number];

/** Target and output of the network at one and the same point; what is not there yet is undefined. */
interface ValuesAt {
  /** Where they were evaluated. */
  readonly at: Point;
  readonly target?: number;
  readonly network?: number;
}

/** Closer than this two points are the same one: probes lie on hundredths and travel as float32. */
const SAME = 1e-3;

/**
 * Target and output at a point: at the probe as they were evaluated there, elsewhere at the nearest node of the grid on which
 * the network was evaluated. Nothing is interpolated, and both belong to the same weights.
 */
export function valuesAt(
  { data, prediction, probe }: Pick<LaneState, 'data' | 'prediction' | 'probe'>,
  [x, y]: Point,
): ValuesAt | undefined {
  const point = probe?.point;
  if (probe && point && Math.hypot(point.x - x, point.y - y) < SAME)
    return { at: [x, y], target: point.target, network: probe.output };
  if (!isSurface(data)) return undefined;
  const target = targetField(data, prediction?.grid ?? 'stated');
  if (!target) return undefined;
  const { k, at } = nearestNode(target, x, y);
  const network = prediction?.values.length === target.values.length ? prediction.values[k] : undefined;
  return { at, target: target.values[k], network };
}

/** Index and place of the node of a square grid nearest to (x, y). */
function nearestNode({ n }: Field, x: number, y: number): { k: number; at: Point } {
  const index = (c: number) => Math.max(0, Math.min(n - 1, Math.round(((c + 1) / 2) * (n - 1))));
  const place = (i: number) => -1 + (2 * i) / (n - 1);
  const [j, i] = [index(x), index(y)];
  return { k: i * n + j, at: [place(j), place(i)] };
}

/** Decimals with which the values of a lane are shown: four digits of the largest one. */
export function decimalsOf(data: LaneState['data']): number {
  return decimalsFor(sharedBound(data));
}

export function decimalsFor(bound: number): number {
  return Math.max(0, Math.min(7, 4 - Math.ceil(Math.log10(bound) - 1e-9)));
}

/**
 * What is shown of target, network and error = network - target. Target and network are rounded, and the error is the
 * difference of what is shown of them, so that the three agree to the last digit.
 */
export function shownValues({ target, network }: ValuesAt, decimals: number): Record<Part, string> {
  const both = target !== undefined && network !== undefined;
  const error = both ? Number(network.toFixed(decimals)) - Number(target.toFixed(decimals)) : undefined;
  return {
    target: numberText(target, decimals),
    network: numberText(network, decimals),
    error: error !== undefined && error > 0 ? `+${numberText(error, decimals)}` : numberText(error, decimals),
  };
}

/** A value as it is shown everywhere beside the others of its lane. */
export function numberText(value: number | undefined, decimals: number): string {
  if (value === undefined) return '–';
  // The output of a run that diverges has no end of digits.
  if (!(Math.abs(value) < 1e7)) return formatNumber(value, 3);
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '\u2212');
}

/** Where values were taken: on hundredths as a probe is, or a node of a grid. */
export function placeText([x, y]: Point): string {
  const digits = [x, y].every((c) => Math.abs(100 * c - Math.round(100 * c)) < 1e-6) ? 2 : 4;
  return `(${formatNumber(x, digits)}, ${formatNumber(y, digits)})`;
}

import type { Table } from '../../../io/csv.ts';
import { columnsTable } from '../../../io/tables.ts';
import { type Field, valueAt } from '../../figures/canvas/field-image.ts';
import type { Point } from '../../figures/prediction/probe.ts';

/** A line of the square, from A to B. */
export interface Line {
  readonly a: Point;
  readonly b: Point;
}

export const PRESET_LINES: readonly { readonly name: string; readonly line: Line }[] = [
  { name: 'y = 0', line: { a: [-1, 0], b: [1, 0] } },
  { name: 'x = 0', line: { a: [0, -1], b: [0, 1] } },
  { name: 'diagonal', line: { a: [-1, -1], b: [1, 1] } },
];

/** What the position along a line is called and runs through: x or y where the other is fixed, else the distance from A. */
export function axisOf({ a, b }: Line): {
  readonly name: string;
  readonly from: number;
  readonly to: number;
} {
  if (a[1] === b[1]) return { name: 'x', from: a[0], to: b[0] };
  if (a[0] === b[0]) return { name: 'y', from: a[1], to: b[1] };
  return { name: 'distance from A', from: 0, to: lengthOf({ a, b }) };
}

function lengthOf({ a, b }: Line): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** Point a share t of the way from A to B. */
export function pointAt({ a, b }: Line, t: number): Point {
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
}

/** Values of a field at `count` points evenly along a line, both ends included. */
export function sliceOf(field: Field, line: Line, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => valueAt(field, ...pointAt(line, i / (count - 1))));
}

/** A slice's curves as they are drawn, with the points of the square that they belong to. */
export function sliceTable(
  line: Line,
  { target, network }: { readonly target: ArrayLike<number>; readonly network?: ArrayLike<number> },
): Table {
  const { name, from, to } = axisOf(line);
  const shares = Array.from({ length: target.length }, (_, i) => i / (target.length - 1));
  const at = shares.map((share) => pointAt(line, share));
  return {
    ...columnsTable({
      position: shares.map((share) => from + (to - from) * share),
      x: at.map(([x]) => x),
      y: at.map(([, y]) => y),
      target,
      network,
    }),
    notes: [`position is ${name}`],
  };
}

/** Ends on hundredths inside the square; an end that would fall on the other one stays where it was. */
export function moveEnd(line: Line, end: 'a' | 'b', to: Point): Line {
  const snap = (value: number) => Math.round(Math.min(1, Math.max(-1, value)) * 100) / 100 + 0;
  const next = { ...line, [end]: [snap(to[0]), snap(to[1])] as const };
  return lengthOf(next) < 0.05 ? line : next;
}

/** Where two slices differ most: share of the way and difference second - first. */
export function largestGap(
  first: Float32Array,
  second: Float32Array,
): { readonly t: number; readonly gap: number } {
  let at = 0;
  for (let i = 1; i < first.length; i++)
    if (Math.abs(second[i] - first[i]) > Math.abs(second[at] - first[at])) at = i;
  return { t: at / (first.length - 1), gap: second[at] - first[at] };
}

import { expect } from 'vitest';
import type { Frame } from '../../src/views/figures/canvas/surface.ts';
import { textFrame } from './canvas-text.ts';

type Point = readonly [x: number, y: number];

/** What a figure drew: its lines point by point, its rectangles (left, top, width, height) and the middles of its circles. */
export interface Marks {
  readonly lines: readonly (readonly Point[])[];
  readonly rects: readonly (readonly [number, number, number, number])[];
  readonly circles: readonly Point[];
}

/** What `draw` draws on a canvas of so many pixels; nothing of it may be turned or moved. */
export function marksOf(width: number, height: number, draw: (frame: Frame) => void): Marks {
  const lines: Point[][] = [];
  const rects: [number, number, number, number][] = [];
  const circles: Point[] = [];
  let path: Point[][] = [];
  const own: Record<string, (...args: number[]) => void> = {
    beginPath: () => {
      path = [];
    },
    moveTo: (x, y) => path.push([[x, y]]),
    lineTo: (x, y) => (path.length > 0 ? path[path.length - 1].push([x, y]) : path.push([[x, y]])),
    stroke: () => lines.push(...path.filter((line) => line.length > 1)),
    arc: (x, y) => circles.push([x, y]),
    fillRect: (...rect) => rects.push(rect as [number, number, number, number]),
  };
  const { frame } = textFrame(width, height);
  const ctx = new Proxy(frame.ctx, { get: (target, key) => own[key as string] ?? Reflect.get(target, key) });
  draw({ ...frame, ctx });
  return { lines, rects, circles };
}

export type Axis = (value: number) => number;
export const LINEAR: Axis = (value) => value;
export const LOG: Axis = Math.log;
/** Of steps, which begin at 0. */
export const LOG1P: Axis = Math.log1p;

/** Whether pixels are values on an axis: the same straight line through all of them, to a fifth of a pixel. */
function onAxis(pixels: readonly number[], values: readonly number[], axis: Axis): boolean {
  const at = values.map(axis);
  const low = at.indexOf(Math.min(...at));
  const high = at.indexOf(Math.max(...at));
  const scale = at[high] > at[low] ? (pixels[high] - pixels[low]) / (at[high] - at[low]) : 0;
  // A flat line can be anywhere: it says nothing against the column.
  return pixels.every((pixel, i) => Math.abs(pixels[low] + scale * (at[i] - at[low]) - pixel) < 0.2);
}

/** Points are drawn where two columns have them. */
export function expectPoints(
  points: readonly (readonly Point[])[],
  xs: readonly number[],
  ys: readonly number[],
  { x = LINEAR, y = LINEAR }: { x?: Axis; y?: Axis } = {},
): void {
  expect(xs.length).toBe(ys.length);
  expect(new Set(ys).size, 'a column that says something').toBeGreaterThan(1);
  const found = points.filter(
    (line) =>
      line.length === xs.length &&
      onAxis(
        line.map(([px]) => px),
        xs,
        x,
      ) &&
      onAxis(
        line.map(([, py]) => py),
        ys,
        y,
      ),
  );
  expect(found.length, `of ${points.length} lines those with these ${xs.length} points`).toBeGreaterThan(0);
}

import { PAINT_NODES } from '../../../problems/targets.ts';

/** Place on the painting in nodes: u along x, v along y, both from 0 to PAINT_NODES - 1. */
export interface Place {
  readonly u: number;
  readonly v: number;
}

/** One pull of the brush: how much each node is covered, on top of what was there before. */
export interface Stroke {
  readonly base: Float32Array;
  readonly cover: Float32Array;
}

export function startStroke(base: Float32Array): Stroke {
  return { base, cover: new Float32Array(base.length) };
}

/** Cover of a node at `distance` nodes from the middle of a brush of radius `size`: 1 inside, smooth to 0 at the edge. */
export function coverAt(distance: number, size: number): number {
  if (distance >= size) return 0;
  return Math.min(1, 0.75 * (1 + Math.cos((Math.PI * distance) / size)));
}

/** Presses the brush once. A place passed twice in one pull is covered once. */
export function stamp(stroke: Stroke, { u, v }: Place, size: number): void {
  for (let i = 0; i < PAINT_NODES; i++)
    for (let j = 0; j < PAINT_NODES; j++) {
      const n = i * PAINT_NODES + j;
      stroke.cover[n] = Math.max(stroke.cover[n], coverAt(Math.hypot(j - u, i - v), size));
    }
}

/** Pulls the brush along a line. */
export function pull(stroke: Stroke, from: Place, to: Place, size: number): void {
  const steps = Math.max(1, Math.ceil(3 * Math.hypot(to.u - from.u, to.v - from.v)));
  for (let k = 1; k <= steps; k++) {
    const t = k / steps;
    stamp(stroke, { u: from.u + t * (to.u - from.u), v: from.v + t * (to.v - from.v) }, size);
  }
}

/** The painting after a pull: covered nodes take the brush's value. */
export function painted({ base, cover }: Stroke, value: number): Float32Array {
  return base.map((old, n) => old + cover[n] * (value - old));
}

/** `place` inside the painting. */
export function inside({ u, v }: Place): Place {
  const clamp = (x: number) => Math.min(PAINT_NODES - 1, Math.max(0, x));
  return { u: clamp(u), v: clamp(v) };
}

/** Node coordinate → x or y from -1 to 1, and back. */
export const toSquare = (node: number): number => (2 * node) / (PAINT_NODES - 1) - 1;
export const toNode = (coordinate: number): number => ((coordinate + 1) / 2) * (PAINT_NODES - 1);

/** Whether a painting is zero everywhere, up to the rounding of its text. */
export function isBlank(values: Float32Array): boolean {
  return values.every((value) => Math.abs(value) < 0.02);
}

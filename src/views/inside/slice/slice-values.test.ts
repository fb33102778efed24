import { describe, expect, it } from 'vitest';
import { squareGrid } from '../../../experiments/hat.ts';
import { axisOf, largestGap, moveEnd, sliceOf } from './slice-values.ts';

const plane = { n: 33, values: squareGrid(33, (x, y) => 2 * x - y).target };

describe('slice', () => {
  it('interpolates along a line', () => {
    const values = sliceOf(plane, { a: [-1, 0.5], b: [1, -0.5] }, 5);
    [-2.5, -1.25, 0, 1.25, 2.5].forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 5);
    });
  });

  it('names its axis', () => {
    expect(axisOf({ a: [-1, 0], b: [0.5, 0] })).toEqual({ name: 'x', from: -1, to: 0.5 });
    expect(axisOf({ a: [0, 1], b: [0, -1] })).toEqual({ name: 'y', from: 1, to: -1 });
    expect(axisOf({ a: [0, 0], b: [0.6, 0.8] })).toMatchObject({ name: 'distance from A', from: 0, to: 1 });
  });

  it('moves an end inside the square and never onto the other', () => {
    const line = { a: [-1, 0], b: [1, 0] } as const;
    expect(moveEnd(line, 'b', [3, 0.123]).b).toEqual([1, 0.12]);
    expect(moveEnd(line, 'b', [-1, 0.01])).toBe(line);
  });

  it('finds the largest gap with its sign', () => {
    expect(largestGap(Float32Array.of(0, 1, 2), Float32Array.of(0, 1.5, -1))).toEqual({ t: 1, gap: -3 });
  });
});

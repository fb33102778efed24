import { describe, expect, it } from 'vitest';
import { relativeErrors, relativeL2 } from '../problems/problem.ts';
import type { Dataset } from '../snn/network.ts';

/** A dataset of which only the numbers of rows and the targets matter. */
function dataOf(rows: number[], target: number[]): Dataset {
  const factor = (n: number) => ({
    rows: n,
    width: 1,
    inputs: new Float64Array(n),
    scale: new Float64Array(n),
  });
  return { factors: rows.map(factor), target: Float64Array.from(target) };
}

describe('relativeErrors', () => {
  it('is ‖y - u‖/‖u‖ of the whole target with one factor', () => {
    expect(Array.from(relativeErrors([3, 4, 2], dataOf([3], [3, 4, 0])))).toEqual([2 / 5]);
  });

  it('is one error for each function with several factors', () => {
    const data = dataOf([2, 3], [3, 4, 0, 0, 0, 2]);
    expect(Array.from(relativeErrors([3, 4, 5, 1, 2, 4], data))).toEqual([1, 3 / 2]);
    const threefold = dataOf([2, 1, 3], [3, 4, 0, 0, 0, 2]);
    expect(Array.from(relativeErrors([3, 4, 5, 1, 2, 4], threefold))).toEqual([1, 3 / 2]);
  });

  it('is ‖y‖ where the target is zero', () => {
    expect(Array.from(relativeErrors([3, 4, 1, 1], dataOf([2, 2], [0, 0, 1, 1])))).toEqual([5, 0]);
  });

  it('is 0 for the target itself and 1 for a zero output, at any scale', () => {
    for (const scale of [1e-6, 1, 1e6]) {
      const target = [1, -2, 3].map((u) => scale * u);
      expect(relativeL2(target, dataOf([3], target))).toBe(0);
      expect(relativeL2([0, 0, 0], dataOf([3], target))).toBe(1);
    }
  });
});

describe('relativeL2', () => {
  it('is the mean over functions', () => {
    expect(relativeL2([3, 4, 5, 1, 2, 4], dataOf([2, 3], [3, 4, 0, 0, 0, 2]))).toBe(1.25);
  });
});

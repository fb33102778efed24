import { describe, expect, it } from 'vitest';
import { levelLine } from './contour.ts';

const n = 41;
const at = (k: number) => -1 + (2 * k) / (n - 1);

describe('levelLine', () => {
  it('finds a circle', () => {
    const values = Float64Array.from({ length: n * n }, (_, k) =>
      Math.hypot(at(k % n), at(Math.floor(k / n))),
    );
    const segments = levelLine({ n, values }, 0.6);
    let length = 0;
    for (const [x0, y0, x1, y1] of segments) {
      expect(Math.hypot(x0, y0)).toBeCloseTo(0.6, 2);
      length += Math.hypot(x1 - x0, y1 - y0);
    }
    expect(length).toBeCloseTo(2 * Math.PI * 0.6, 1);
  });

  it('is empty where the level is not reached', () => {
    expect(levelLine({ n: 3, values: new Float64Array(9).fill(1) }, 0)).toEqual([]);
  });

  it('joins a saddle by its mean', () => {
    expect(levelLine({ n: 2, values: [2, -1, -1, 2] }, 0)).toHaveLength(2);
    const [[, y0, x1]] = levelLine({ n: 2, values: [2, -1, -1, 2] }, 0);
    // The positive corners are joined, so the first piece cuts off the lower right one.
    expect(y0).toBe(-1);
    expect(x1).toBe(1);
  });
});

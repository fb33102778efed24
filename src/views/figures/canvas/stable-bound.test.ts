import { describe, expect, it } from 'vitest';
import { absoluteQuantile, stableBound } from './stable-bound.ts';

describe('stableBound', () => {
  it('starts at the next round bound and grows at once', () => {
    expect(stableBound(undefined, 0.031)).toBe(0.05);
    expect(stableBound(0.05, 0.051)).toBe(0.1);
  });

  it('does not flicker while the size goes up and down by a quarter', () => {
    const bounds = new Set<number>();
    let bound: number | undefined;
    for (let k = 0; k < 200; k++) {
      bound = stableBound(bound, 0.02 * (1 + 0.25 * Math.sin(k)));
      if (k > 10) bounds.add(bound);
    }
    expect(bounds.size).toBe(1);
  });

  it('follows a size that falls for long', () => {
    let bound = stableBound(undefined, 1);
    const seen: number[] = [bound];
    for (let size = 1; size > 0.01; size *= 0.97) {
      bound = stableBound(bound, size);
      if (bound !== seen.at(-1)) seen.push(bound);
    }
    expect(seen).toEqual([1, 0.5, 0.2, 0.1, 0.05, 0.02]);
  });

  it('keeps its bound when there is no number', () => {
    expect(stableBound(0.2, Number.NaN)).toBe(0.2);
  });
});

describe('absoluteQuantile', () => {
  it('leaves single outliers out', () => {
    const values = Float32Array.from({ length: 1000 }, (_, k) => (k === 7 ? -50 : (k % 10) / 10));
    expect(absoluteQuantile(values, 0.995)).toBeCloseTo(0.9, 6);
    expect(absoluteQuantile([], 0.99)).toBe(0);
  });
});

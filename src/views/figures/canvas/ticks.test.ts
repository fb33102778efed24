import { describe, expect, it } from 'vitest';
import { formatNumber, formatPoint, formatTick, linearScale, niceBound, niceTicks } from './ticks.ts';

describe('niceTicks', () => {
  it('are round, increasing and inside', () => {
    expect(niceTicks(-2, 2, 4)).toEqual([-2, -1, 0, 1, 2]);
    expect(niceTicks(0, 0.8, 4)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    expect(niceTicks(-0.31, 3.7, 4)).toEqual([0, 1, 2, 3]);
    expect(niceTicks(0.0012, 0.0049, 3)).toEqual([0.002, 0.003, 0.004]);
  });

  it('has no tick at minus zero and none for an empty range', () => {
    expect(Object.is(niceTicks(-1, 1, 2)[1], 0)).toBe(true);
    expect(niceTicks(1, 1, 4)).toEqual([]);
    expect(niceTicks(2, 1, 4)).toEqual([]);
  });

  it('stays near the number asked for', () => {
    for (let k = 0; k < 60; k++) {
      const to = 10 ** (k / 10 - 3);
      const { length } = niceTicks(0, to, 5);
      expect(length).toBeGreaterThanOrEqual(3);
      expect(length).toBeLessThanOrEqual(8);
    }
  });
});

describe('niceBound', () => {
  it('is the next step up', () => {
    expect(niceBound(0.777)).toBe(0.8);
    expect(niceBound(0.8)).toBe(0.8);
    expect(niceBound(81)).toBe(100);
    expect(niceBound(0.031, [1, 2, 5, 10])).toBe(0.05);
  });

  it('answers 1 where there is no size', () => {
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(niceBound(value)).toBe(1);
  });
});

describe('scale and numbers', () => {
  it('goes there and back', () => {
    const scale = linearScale(-1, 1, 100, 0);
    expect(scale(-1)).toBe(100);
    expect(scale(0)).toBe(50);
    expect(scale.invert(25)).toBe(0.5);
  });

  it('writes a true minus sign, and none before zero', () => {
    expect(formatNumber(-0.346)).toBe('−0.35');
    expect(formatNumber(-0.001)).toBe('0.00');
    expect(formatTick(-0.1)).toBe('−0.1');
    expect(formatTick(0.30000000000000004)).toBe('0.3');
    expect([9999.5, 10000, -123456, 2e21].map(formatTick)).toEqual(['9999.5', '1e4', '−1.235e5', '2e21']);
    expect([1e-4, 5e-5, 1e-6, -5e-7, 0].map(formatTick)).toEqual(['0.0001', '5e−5', '1e−6', '−5e−7', '0']);
    expect(formatPoint(0.2, -0.35)).toBe('(0.20, −0.35)');
  });
});

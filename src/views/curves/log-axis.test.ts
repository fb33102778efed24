import { describe, expect, it } from 'vitest';
import { formatLogTick, formatStep, logRange, logScale, logTicks, snap, stepTicks } from './log-axis.ts';

describe('snap', () => {
  it('goes to 1, 2 or 5 times a power of ten, and stays there', () => {
    expect(snap(0.0342, 'up')).toBe(0.05);
    expect(snap(0.0342, 'down')).toBe(0.02);
    for (const round of [1, 0.2, 0.05, 5000, 1e-4]) {
      expect(snap(round, 'up')).toBe(round);
      expect(snap(round, 'down')).toBe(round);
    }
    expect(snap(6, 'up')).toBe(10);
  });
});

describe('logRange', () => {
  it('holds the values and at least what is asked for; what has no logarithm is left out', () => {
    expect(logRange([], 0.01, 1)).toEqual([0.01, 1]);
    expect(logRange([0.004, 3], 0.01, 1)).toEqual([0.002, 5]);
    expect(logRange([Number.NaN, 0, -1, Number.POSITIVE_INFINITY], 0.01, 1)).toEqual([0.01, 1]);
  });
});

describe('logTicks', () => {
  it('names 1, 2, 5 of few decades and the decades of many', () => {
    expect(logTicks(0.02, 1, 8)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 1]);
    expect(logTicks(1e-4, 1, 6)).toEqual([1e-4, 1e-3, 1e-2, 0.1, 1]);
    expect(logTicks(1e-8, 1, 3)).toEqual([1e-8, 1e-4, 1]);
    expect(logTicks(1e-2, 1e10, 2)).toEqual([1e-2, 1e10]);
    for (let most = 2; most < 12; most++)
      for (let high = 1; high < 15; high++)
        expect(logTicks(1e-3, 10 ** high, most).length).toBeLessThanOrEqual(most);
  });
});

describe('logScale', () => {
  it('takes equal ratios to equal lengths, and back', () => {
    const scale = logScale(0.01, 1, 100, 0);
    expect(scale(0.01)).toBeCloseTo(100);
    expect(scale(0.1)).toBeCloseTo(50);
    expect(scale.invert(scale(0.034))).toBeCloseTo(0.034);
  });
});

describe('ticks of the steps', () => {
  it('begin at 0 and end at the last step', () => {
    expect(stepTicks(5000)).toEqual([0, 1, 10, 100, 1000, 5000]);
    expect(stepTicks(1000)).toEqual([0, 1, 10, 100, 1000]);
    expect(stepTicks(1)).toEqual([0, 1]);
  });

  it('are short', () => {
    expect([0, 10, 1000, 5123, 2e6].map(formatStep)).toEqual(['0', '10', '1k', '5.1k', '2M']);
    expect([1, 0.05, 0.001, 1e-4, 5e-6].map(formatLogTick)).toEqual(['1', '0.05', '0.001', '10⁻⁴', '5·10⁻⁶']);
  });
});

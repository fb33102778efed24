import { describe, expect, it } from 'vitest';
import { cutWindows, horizonInputs, type WindowParams, type WindowSet } from './windows.ts';

const PARAMS: WindowParams = {
  history: 5,
  horizons: [1, 4, 7],
  testShare: 0.3,
  trainWindows: 1000,
  testWindows: 1000,
};
const ramp = Float64Array.from({ length: 100 }, (_, i) => 3 + 2 * i);
const cut = (series: ArrayLike<number>, changes: Partial<WindowParams> = {}) =>
  cutWindows(series, { ...PARAMS, ...changes });

/** Indices of the samples that a set's windows and targets come from, with a ramp's values. */
function samplesOf(set: WindowSet, mean: number, deviation: number): number[] {
  return [...set.windows, ...set.targets].map((value) => (value * deviation + mean - 3) / 2);
}

describe('cutWindows', () => {
  it('takes every window with all of its targets, the earliest sample first', () => {
    const { train, test, mean, deviation, cut: at } = cut(ramp);
    expect(at).toBe(70);
    expect([...train.ends]).toEqual(Array.from({ length: 70 - 5 - 7 + 1 }, (_, n) => 4 + n));
    expect([...test.ends]).toEqual(Array.from({ length: 30 - 5 - 7 + 1 }, (_, n) => 74 + n));
    for (const set of [train, test])
      set.ends.forEach((end, n) => {
        for (let i = 0; i < 5; i++)
          expect(set.windows[n * 5 + i] * deviation + mean).toBeCloseTo(ramp[end - 4 + i], 4);
        PARAMS.horizons.forEach((horizon, h) => {
          expect(set.targets[n * 3 + h] * deviation + mean).toBeCloseTo(ramp[end + horizon], 4);
        });
      });
  });

  it('normalises by the training part alone', () => {
    const { mean, deviation } = cut(ramp);
    expect(mean).toBeCloseTo(3 + 69, 10);
    expect(deviation).toBeCloseTo(2 * Math.sqrt((70 ** 2 - 1) / 12), 10);
    const other = ramp.slice();
    other.fill(1e6, 70);
    const changed = cut(other);
    expect(changed.mean).toBe(mean);
    expect(changed.deviation).toBe(deviation);
    expect(changed.train).toEqual(cut(ramp).train);
  });

  it('leaks nothing: no sample after the cut is learned from, none before it is tested on', () => {
    for (const testShare of [0.2, 0.5, 0.7])
      for (const windows of [3, 1000]) {
        const { train, test, mean, deviation, cut: at } = cut(ramp, { testShare, trainWindows: windows });
        const learned = samplesOf(train, mean, deviation);
        const tested = samplesOf(test, mean, deviation);
        expect(Math.max(...learned)).toBeLessThan(at - 0.9);
        expect(Math.min(...tested)).toBeGreaterThan(at - 0.1);
        const [last, first] = [train.ends[train.ends.length - 1], test.ends[0]];
        expect(first - last).toBeGreaterThanOrEqual(5 + 7);
      }
  });

  it('takes equally spaced ones where there are more than are asked for', () => {
    const { train, test } = cut(ramp, { trainWindows: 10, testWindows: 4 });
    expect(train.ends).toHaveLength(10);
    expect(test.ends).toHaveLength(4);
    const gaps = [...train.ends.subarray(1)].map((end, n) => end - train.ends[n]);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    expect(train.ends[9]).toBeGreaterThan(4 + 0.85 * (70 - 5 - 7));
    expect(cut(ramp)).toEqual(cut(ramp));
  });

  it('makes do with the fewest samples that give one window either side', () => {
    const { train, test } = cut(ramp.subarray(0, 24), { testShare: 0.5 });
    expect([...train.ends]).toEqual([4]);
    expect([...test.ends]).toEqual([16]);
    expect(() => cut(ramp.subarray(0, 23), { testShare: 0.5 })).toThrow(
      'series: 23 samples are not allowed, 12 to learn from and 11 for the test; allowed: at least 12 of either, a window of 5 and the longest horizon, 7',
    );
  });

  it.each<[string, ArrayLike<number>, Partial<WindowParams>]>([
    ['history', ramp, { history: 0 }],
    ['history', ramp, { history: 2.5 }],
    ['trainWindows', ramp, { trainWindows: 0 }],
    ['testWindows', ramp, { testWindows: -1 }],
    ['horizons', ramp, { horizons: [] }],
    ['horizons', ramp, { horizons: [0, 1] }],
    ['horizons', ramp, { horizons: [2, 2] }],
    ['horizons', ramp, { horizons: [1.5] }],
    ['testShare', ramp, { testShare: 0 }],
    ['testShare', ramp, { testShare: 1 }],
    ['testShare', ramp, { testShare: Number.NaN }],
    ['series', ramp, { testShare: 0.95 }],
    ['series', [], {}],
    ['series', ramp.map((x, i) => (i === 40 ? Number.NaN : x)), {}],
    ['series', new Float64Array(100).fill(0.1), {}],
    ['series', ramp.map((x, i) => (i < 70 ? 4 : x)), {}],
  ])('names the %s that is not allowed', (field, series, changes) => {
    expect(() => cut(series, changes)).toThrow(new RegExp(`^${field}: .* not allowed.*; allowed: `));
  });
});

describe('horizonInputs', () => {
  it('lie on [-1, 1] in proportion to the time', () => {
    expect([...horizonInputs([1, 2, 5]).inputs]).toEqual([-1, -0.5, 1]);
    expect(horizonInputs([1, 2, 5])).toMatchObject({ rows: 3, width: 1, scale: Float32Array.of(1, 1, 1) });
    expect([...horizonInputs([3]).inputs]).toEqual([0]);
  });
});

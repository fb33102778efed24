import { describe, expect, it } from 'vitest';
import { type Arrangement, type Coding, codeWindows, delta, direct, latency, rate } from './codings.ts';

const RANGE = { from: -1, to: 3 };
const one = (coding: Coding, window: readonly number[], number = 0) => {
  const out = codeWindows(coding, window, [number]);
  return Array.from({ length: coding.T }, (_, t) => [
    ...out.subarray(t * coding.width, (t + 1) * coding.width),
  ]);
};
const arrangement = (history: number, side: number, steps: number): Arrangement => ({
  history,
  side,
  steps,
});

describe('direct', () => {
  it.each<[string, Arrangement, number[][]]>([
    ['one by one', arrangement(4, 1, 1), [[1], [2], [3], [4]]],
    ['held', arrangement(4, 1, 2), [[1], [1], [2], [2], [3], [3], [4], [4]]],
    [
      'in pairs',
      arrangement(4, 2, 1),
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['all at once, held', arrangement(4, 4, 3), [1, 2, 3].map(() => [1, 2, 3, 4])],
  ])('shows samples %s', (_, how, expected) => {
    const coding = direct(how);
    expect(one(coding, [1, 2, 3, 4])).toEqual(expected);
    expect([coding.T, coding.width]).toEqual([expected.length, expected[0].length]);
  });
});

describe('rate', () => {
  it('spikes as often as the value says, never below the range and always above it', () => {
    const coding = rate(arrangement(5, 1, 2000), RANGE, 7);
    const spikes = one(coding, [-9, -1, 0, 2, 8]).flat();
    expect(spikes.every((s) => s === 0 || s === 1)).toBe(true);
    const rates = [0, 1, 2, 3, 4].map(
      (i) => spikes.slice(2000 * i, 2000 * (i + 1)).reduce((a, b) => a + b, 0) / 2000,
    );
    expect(rates[0]).toBe(0);
    expect(rates[1]).toBe(0);
    expect(rates[4]).toBe(1);
    // Five standard deviations of the mean of 2000 draws.
    expect(Math.abs(rates[2] - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / 2000));
    expect(Math.abs(rates[3] - 0.75)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / 2000));
  });

  it('draws anew for every window and every seed, and the same again', () => {
    const how = arrangement(4, 2, 8);
    const window = [1, 1, 1, 1];
    const coding = rate(how, RANGE, 3);
    expect(one(coding, window, 5)).toEqual(one(rate(how, RANGE, 3), window, 5));
    expect(one(coding, window, 5)).not.toEqual(one(coding, window, 6));
    expect(one(coding, window, 5)).not.toEqual(one(rate(how, RANGE, 4), window, 5));
    // Whatever comes before it.
    const several = codeWindows(coding, [0, 1, 2, 3, ...window], [9, 5]);
    expect([...several.subarray(coding.T * coding.width)]).toEqual(one(coding, window, 5).flat());
    // Samples side by side are drawn apart.
    const channels = one(rate(arrangement(2, 2, 64), RANGE, 3), [1, 1]);
    expect(channels.some(([a, b]) => a !== b)).toBe(true);
  });
});

describe('latency', () => {
  it('has one spike a sample, the earlier the larger', () => {
    const coding = latency(arrangement(5, 5, 5), RANGE);
    const spikes = one(coding, [-7, -1, 0, 1, 3]);
    const times = [0, 1, 2, 3, 4].map((c) => spikes.map((step) => step[c]).indexOf(1));
    expect(times).toEqual([4, 4, 3, 2, 0]);
    expect(spikes.flat().reduce((a, b) => a + b, 0)).toBe(5);
  });

  it('keeps each sample within its own steps', () => {
    const spikes = one(latency(arrangement(3, 1, 3), RANGE), [3, 1, -1]).flat();
    expect(spikes).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  it('in a single step is a spike whatever the value', () => {
    expect(one(latency(arrangement(3, 1, 1), RANGE), [3, 1, -1])).toEqual([[1], [1], [1]]);
  });
});

describe('delta', () => {
  it('tells ups and downs from the last sample that was told', () => {
    const coding = delta({ history: 8, steps: 1 }, 1);
    expect([coding.T, coding.width]).toEqual([8, 2]);
    expect(one(coding, [0, 0.6, 1, 1.9, 4, 3.5, 3, 2.5])).toEqual([
      [0, 0],
      [0, 0],
      [1, 0],
      [0, 0],
      [1, 0],
      [0, 0],
      [0, 1],
      [0, 0],
    ]);
  });

  it('tells of a sample at the first of its steps', () => {
    const coding = delta({ history: 3, steps: 2 }, 1);
    expect(one(coding, [0, 1, -1])).toEqual([
      [0, 0],
      [0, 0],
      [1, 0],
      [0, 0],
      [0, 1],
      [0, 0],
    ]);
    // Over what stood there before.
    const out = new Float32Array(12).fill(7);
    coding.write([0, 0, 0], 0, 0, out, 0);
    expect([...out]).toEqual(new Array(12).fill(0));
  });

  it('says nothing of a level', () => {
    const window = [0, 2, 1, 5, 3, 3, 8, -1];
    const raised = window.map((value) => value + 64);
    expect(one(delta({ history: 8, steps: 1 }, 0.5), raised)).toEqual(
      one(delta({ history: 8, steps: 1 }, 0.5), window),
    );
  });

  it('never has both channels at once', () => {
    const coding = delta({ history: 200, steps: 1 }, 0.3);
    const window = Array.from({ length: 200 }, (_, t) => Math.sin(t * t));
    const spikes = one(coding, window);
    expect(spikes.every(([up, down]) => up + down <= 1)).toBe(true);
    expect(spikes.some(([up]) => up === 1) && spikes.some(([, down]) => down === 1)).toBe(true);
  });
});

describe('codings', () => {
  it('code windows one after the other, each with a number', () => {
    const coding = direct(arrangement(2, 1, 1));
    expect([...codeWindows(coding, [1, 2, 3, 4], [0, 1])]).toEqual([1, 2, 3, 4]);
    expect(() => codeWindows(coding, [1, 2, 3], [0, 1])).toThrow(
      'windows: 3 numbers are not allowed; allowed: 2 for each of 2 windows',
    );
  });

  it.each<[string, () => Coding]>([
    ['side', () => direct(arrangement(24, 5, 1))],
    ['side', () => direct(arrangement(24, 0, 1))],
    ['history', () => direct(arrangement(0, 1, 1))],
    ['history', () => delta({ history: 1.5, steps: 1 }, 1)],
    ['steps', () => latency(arrangement(24, 1, 0), RANGE)],
    ['steps', () => rate(arrangement(24, 1, Number.NaN), RANGE, 1)],
    ['range', () => rate(arrangement(24, 1, 1), { from: 1, to: 1 }, 1)],
    ['range', () => latency(arrangement(24, 1, 1), { from: 0, to: Number.POSITIVE_INFINITY })],
    ['steps', () => delta({ history: 24, steps: 0 }, 1)],
    ['step', () => delta({ history: 24, steps: 1 }, 0)],
    ['step', () => delta({ history: 24, steps: 1 }, Number.NaN)],
  ])('name the %s that is not allowed', (field, make) => {
    expect(make).toThrow(new RegExp(`^${field}: .* is not allowed; allowed: `));
  });
});

import { describe, expect, it } from 'vitest';
import { horizonErrors, linearAutoregression, persistence } from './forecast-baselines.ts';
import { whole } from './parts.ts';
import { sampleSeries } from './series/series.ts';
import { cutWindows } from './windows.ts';

const HORIZONS = [1, 2, 4, 6, 8, 12, 17];
const windowsOf = (series: ArrayLike<number>, history = 24) =>
  cutWindows(series, { history, horizons: HORIZONS, testShare: 0.3, trainWindows: 2000, testWindows: 500 });

describe('persistence', () => {
  it('says the last sample for every horizon', () => {
    const windows = windowsOf(sampleSeries('lorenz', 1, 400));
    const forecasts = persistence(windows);
    expect(forecasts).toHaveLength(windows.test.targets.length);
    windows.test.ends.forEach((_, n) => {
      for (let h = 0; h < HORIZONS.length; h++)
        expect(forecasts[n * HORIZONS.length + h]).toBe(windows.test.windows[n * 24 + 23]);
    });
  });
});

describe('linearAutoregression', () => {
  it('finds what is linear: a sum of three waves follows from six of its samples', () => {
    const waves = Float64Array.from(
      { length: 400 },
      (_, t) => Math.sin(t / 3) + 0.5 * Math.sin(t / 7 + 1) + 0.2 * Math.cos(1.1 * t) + 5,
    );
    const windows = windowsOf(waves, 8);
    const errors = horizonErrors(whole(linearAutoregression(windows)), windows.test.targets, HORIZONS);
    for (const { relativeL2 } of errors) expect(relativeL2).toBeLessThan(1e-3);
  });

  it('learns from the training windows alone', () => {
    const series = sampleSeries('mackey-glass', 1, 800);
    const windows = windowsOf(series);
    const other = { ...windows, test: { ...windows.test, targets: new Float32Array(windows.test.targets) } };
    other.test.targets.fill(100);
    expect(whole(linearAutoregression(other))).toEqual(whole(linearAutoregression(windows)));
  });

  it('is the least squares solution: no other linear forecast has a smaller error on its own training windows', () => {
    const windows = windowsOf(sampleSeries('mackey-glass', 2, 600), 6);
    const onTrain = { ...windows, test: windows.train };
    const best = whole(linearAutoregression(onTrain));
    const sum = (forecasts: ArrayLike<number>) =>
      windows.train.targets.reduce((s, target, n) => s + (forecasts[n] - target) ** 2, 0);
    const least = sum(best);
    for (let i = 0; i < 6; i++)
      for (const by of [1e-3, -1e-3]) {
        const moved = best.map(
          (y, n) => y + by * windows.train.windows[Math.floor(n / HORIZONS.length) * 6 + i],
        );
        expect(sum(moved)).toBeGreaterThan(least);
      }
  });

  it('foretells Mackey–Glass near at hand and not a quarter of the delay on: its present falls short there', () => {
    const windows = windowsOf(sampleSeries('mackey-glass', 1, 4000));
    const errors = horizonErrors(whole(linearAutoregression(windows)), windows.test.targets, HORIZONS);
    const persistent = horizonErrors(persistence(windows), windows.test.targets, HORIZONS);
    expect(errors[0].relativeL2).toBeLessThan(0.01);
    expect(errors[3].relativeL2).toBeGreaterThan(0.08);
    expect(errors[4].relativeL2).toBeGreaterThan(0.2);
    errors.forEach(({ relativeL2 }, h) => {
      expect(relativeL2).toBeLessThan(persistent[h].relativeL2);
    });
  });
});

describe('horizonErrors', () => {
  it('has the known answers', () => {
    // Two horizons, three windows: targets 1, 2, 3 and 2, 2, 2.
    const targets = [1, 2, 2, 2, 3, 2];
    const errors = horizonErrors([1, 0, 2, 0, 2, 0], targets, [1, 5]);
    expect(errors[0].horizon).toBe(1);
    expect(errors[0].relativeL2).toBeCloseTo(Math.sqrt(1 / 14), 12);
    expect(errors[0].r2).toBeCloseTo(1 - 1 / 2, 12);
    expect(errors[1]).toEqual({ horizon: 5, relativeL2: 1, r2: Number.NaN });
    expect(horizonErrors(targets, targets, [1, 5])[0]).toMatchObject({ relativeL2: 0, r2: 1 });
    expect(horizonErrors([3, 4], [0, 0], [1])[0].relativeL2).toBe(5);
  });

  it.each([
    [[1], [1, 2], [1]],
    [
      [1, 2, 3],
      [1, 2, 3],
      [1, 2],
    ],
    [[], [], [1]],
  ])('refuses %j for %j', (forecasts, targets, horizons) => {
    expect(() => horizonErrors(forecasts, targets, horizons)).toThrow(
      /^forecasts: .* not allowed; allowed: /,
    );
  });
});

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

  it('says the next sample by the least squares solution: no other linear function of a window has a smaller error on the training windows', () => {
    const windows = windowsOf(sampleSeries('mackey-glass', 2, 600), 6);
    const onTrain = { ...windows, test: windows.train };
    const best = whole(linearAutoregression(onTrain));
    const next = (n: number) => n * HORIZONS.length;
    const sum = (forecast: (n: number) => number) =>
      windows.train.ends.reduce((s, _, n) => s + (forecast(n) - windows.train.targets[next(n)]) ** 2, 0);
    const least = sum((n) => best[next(n)]);
    for (let i = 0; i < 6; i++)
      for (const by of [1e-3, -1e-3])
        expect(sum((n) => best[next(n)] + by * windows.train.windows[n * 6 + i])).toBeGreaterThan(least);
  });

  it('goes on from what it said: a forecast is that of the window moved on by the forecasts before it', () => {
    const windows = windowsOf(sampleSeries('lorenz', 1, 900), 9);
    const said = whole(linearAutoregression(windows));
    const { history, ends } = windows.test;
    // Windows whose last sample is what was said for the first horizon: their next one is what was said for the second.
    const moved = windows.test.windows.slice();
    ends.forEach((_, n) => {
      moved.copyWithin(n * history, n * history + 1, (n + 1) * history);
      moved[(n + 1) * history - 1] = said[n * HORIZONS.length];
    });
    const later = whole(linearAutoregression({ ...windows, test: { ...windows.test, windows: moved } }));
    ends.forEach((_, n) => {
      expect(later[n * HORIZONS.length]).toBeCloseTo(said[n * HORIZONS.length + 1], 4);
    });
  });

  it('is defined for the smoothest series: a wave that is sampled finely, and many samples a window', () => {
    for (const pace of [0.5, 0.05, 0.005])
      for (const history of [24, 128, 256]) {
        const windows = windowsOf(
          Float64Array.from({ length: 2000 }, (_, t) => Math.sin(pace * t)),
          history,
        );
        const errors = horizonErrors(whole(linearAutoregression(windows)), windows.test.targets, HORIZONS);
        for (const { relativeL2 } of errors) expect(relativeL2).toBeLessThan(1e-2);
      }
  });

  it('begins with the next sample', () => {
    const windows = cutWindows(sampleSeries('lorenz', 1, 400), {
      ...{ history: 8, horizons: [2, 3], testShare: 0.3, trainWindows: 100, testWindows: 50 },
    });
    expect(() => whole(linearAutoregression(windows))).toThrow(/^horizons: 2 is not allowed as the first/);
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

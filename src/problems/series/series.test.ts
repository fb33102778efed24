import { describe, expect, it } from 'vitest';
import { LORENZ, lorenzDerivative } from './lorenz.ts';
import { PENDULUM, pendulumDerivative } from './pendulum.ts';
import { RungeKutta } from './runge-kutta.ts';
import { MOST_SAMPLES, SERIES, type SeriesName, sampleSeries } from './series.ts';
import { NOISE, WAVES } from './sines.ts';

const NAMES = Object.keys(SERIES) as SeriesName[];

function meanAndDeviation(values: ArrayLike<number>): [number, number] {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i] / values.length;
  let square = 0;
  for (let i = 0; i < values.length; i++) square += (values[i] - mean) ** 2 / values.length;
  return [mean, Math.sqrt(square)];
}

function integrate(method: RungeKutta, state: Float64Array, time: number, steps: number): Float64Array {
  const h = time / steps;
  for (let k = 0; k < steps; k++) method.step(state, k * h, h);
  return state;
}

describe.each(NAMES)('series %s', (name) => {
  it('is a function of seed, length and interval', () => {
    const series = sampleSeries(name, 3, 300);
    expect(series).toEqual(sampleSeries(name, 3, 300));
    expect(series).toHaveLength(300);
    expect(series.every(Number.isFinite)).toBe(true);
    expect(Array.from(sampleSeries(name, 3, 900).subarray(0, 300))).toEqual(Array.from(series));
    expect(sampleSeries(name, 4, 300)).not.toEqual(series);
    expect(sampleSeries(name, 3, 300, SERIES[name].interval * 1.5)).not.toEqual(series);
  });

  it('moves: its samples are spread, and each is near the next', () => {
    const series = sampleSeries(name, 5, 4000);
    const [, deviation] = meanAndDeviation(series);
    const steps = series.subarray(1).map((value, i) => value - series[i]);
    const [, step] = meanAndDeviation(steps);
    expect(deviation).toBeGreaterThan(0.1);
    expect(step / deviation).toBeLessThan(0.6);
    // It never comes to rest, nor to a period: the second half is no copy of the first.
    const [, late] = meanAndDeviation(series.subarray(2000));
    expect(late / deviation).toBeGreaterThan(0.7);
  });
});

describe('series that are integrated', () => {
  it.each(['mackey-glass', 'lorenz', 'pendulum'] as const)(
    '%s: twice the interval, every second sample',
    (name) => {
      const { interval } = SERIES[name];
      const fine = sampleSeries(name, 2, 200, interval);
      const coarse = sampleSeries(name, 2, 100, 2 * interval);
      expect(Array.from(coarse)).toEqual(Array.from(fine).filter((_, k) => k % 2 === 0));
    },
  );

  it('have the mean and spread that are known of their attractors', () => {
    const [mean, deviation] = meanAndDeviation(sampleSeries('mackey-glass', 1, 20_000));
    expect(mean).toBeCloseTo(0.93, 1);
    expect(deviation).toBeCloseTo(0.23, 1);
    const lorenz = sampleSeries('lorenz', 1, 40_000);
    // E[x²] = β E[z] by the mean of (x²/2)′, and E[z] is 23.55 at these constants.
    expect(Math.sqrt(LORENZ.beta * 23.55)).toBeCloseTo(meanAndDeviation(lorenz)[1], 0);
    expect(Math.abs(meanAndDeviation(lorenz)[0])).toBeLessThan(2);
    expect(lorenz.some((x) => x > 10) && lorenz.some((x) => x < -10)).toBe(true);
  });
});

describe('Lorenz', () => {
  it('goes where an eighth-order method goes', () => {
    // SciPy's DOP853, relative tolerance 1e-13, from (1, 1, 25), at t = 2.
    const end = integrate(new RungeKutta(lorenzDerivative, 3), Float64Array.of(1, 1, 25), 2, 2000);
    const expected = [10.589116289914399, 17.32667830327526, 19.16303980822494];
    expected.forEach((value, i) => {
      expect(Math.abs(end[i] - value)).toBeLessThan(1e-7);
    });
  });

  it('rests at its fixed points', () => {
    const { rho, beta } = LORENZ;
    const at = Math.sqrt(beta * (rho - 1));
    const out = new Float64Array(3);
    for (const sign of [1, -1]) {
      lorenzDerivative(Float64Array.of(sign * at, sign * at, rho - 1), 0, out);
      for (const slope of out) expect(Math.abs(slope)).toBeLessThan(1e-13);
    }
  });
});

describe('pendulum', () => {
  it('goes where an eighth-order method goes', () => {
    // SciPy's DOP853, relative tolerance 1e-13, from θ = 0.3, θ′ = -0.2, at t = 10.
    const method = new RungeKutta(pendulumDerivative(PENDULUM), 2);
    const [angle, speed] = integrate(method, Float64Array.of(0.3, -0.2), 10, 1000);
    expect(angle).toBeCloseTo(0.548593535586452, 7);
    expect(speed).toBeCloseTo(2.18013759943509, 7);
  });

  it('keeps its energy where nothing drives or brakes it', () => {
    const method = new RungeKutta(pendulumDerivative({ damping: 0, drive: 0, frequency: 1 }), 2);
    const [angle, speed] = integrate(method, Float64Array.of(2, 0), 30, 3000);
    expect(speed ** 2 / 2 - Math.cos(angle)).toBeCloseTo(-Math.cos(2), 8);
    expect(Math.abs(speed)).toBeGreaterThan(0.01);
  });

  it('turns over at times: its velocity is that of no swinging alone', () => {
    const speeds = sampleSeries('pendulum', 1, 4000);
    // Over 10 time units (25 samples) in one direction the angle passes a whole turn.
    const turned = Array.from({ length: 3975 }, (_, k) =>
      Math.abs(speeds.subarray(k, k + 25).reduce((sum, v) => sum + 0.4 * v, 0)),
    );
    expect(Math.max(...turned)).toBeGreaterThan(2 * Math.PI);
  });
});

describe('sines', () => {
  it('are the waves, and noise of the stated size', () => {
    const length = 6000;
    const series = sampleSeries('sines', 9, length);
    const rest = series.slice();
    for (const { amplitude, period } of WAVES) {
      let [a, b] = [0, 0];
      for (let k = 0; k < length; k++) {
        a += (2 / length) * series[k] * Math.cos((2 * Math.PI * k) / period);
        b += (2 / length) * series[k] * Math.sin((2 * Math.PI * k) / period);
      }
      expect(Math.hypot(a, b)).toBeCloseTo(amplitude, 1);
      for (let k = 0; k < length; k++)
        rest[k] -= a * Math.cos((2 * Math.PI * k) / period) + b * Math.sin((2 * Math.PI * k) / period);
    }
    const [mean, deviation] = meanAndDeviation(rest);
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(deviation).toBeGreaterThan(0.97 * NOISE);
    expect(deviation).toBeLessThan(1.06 * NOISE);
  });

  it('have phases that do not depend on how often they are watched', () => {
    const [fine, coarse] = [0.5, 1].map((interval) => sampleSeries('sines', 2, 400, interval));
    const difference = coarse.subarray(0, 200).map((value, k) => value - fine[2 * k]);
    // Two independent noises.
    expect(meanAndDeviation(difference)[1]).toBeLessThan(2 * NOISE);
  });
});

describe('sampleSeries', () => {
  it.each([
    ['seed', ['lorenz', -1, 10, 0.05]],
    ['seed', ['lorenz', 1.5, 10, 0.05]],
    ['length', ['lorenz', 1, 0, 0.05]],
    ['length', ['lorenz', 1, MOST_SAMPLES + 1, 0.05]],
    ['length', ['lorenz', 1, Number.NaN, 0.05]],
    ['interval', ['lorenz', 1, 10, 0]],
    ['interval', ['mackey-glass', 1, 10, 1000]],
    ['interval', ['pendulum', 1, 10, Number.NaN]],
    ['series', ['rössler' as SeriesName, 1, 10, 1]],
    ['series', ['toString' as SeriesName, 1, 10, 1]],
  ] as const)('names the %s that is not allowed: %j', (field, args) => {
    expect(() => sampleSeries(...(args as [SeriesName, number, number, number]))).toThrow(
      new RegExp(`^${field}: .* is not allowed; allowed: `),
    );
  });

  it('takes every interval that it allows', () => {
    for (const name of NAMES)
      for (const interval of SERIES[name].intervals) {
        const series = sampleSeries(name, 1, 20, interval);
        expect(series.every(Number.isFinite)).toBe(true);
      }
  });
});

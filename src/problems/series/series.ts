import { MAX_SEED } from '../../snn/random.ts';
import { wholeNumber } from '../whole-number.ts';
import { lorenz } from './lorenz.ts';
import { mackeyGlass } from './mackey-glass.ts';
import { pendulum } from './pendulum.ts';
import { sines } from './sines.ts';

/** A system that is watched at equal intervals of time. */
export interface SeriesKind {
  /** Name within a sentence. */
  readonly name: string;
  /** Equation, in TeX. */
  readonly tex: string;
  /** Sampling interval that shows its motion well, in its own unit of time. */
  readonly interval: number;
  /** Bounds of the sampling interval. */
  readonly intervals: readonly [number, number];
  /** `length` samples, `interval` apart, of the motion that a seed begins: a function of these three alone. */
  sample(seed: number, length: number, interval: number): Float64Array;
}

/** The systems that come with the page, by what settings and links call them. */
export const SERIES = {
  'mackey-glass': {
    name: 'Mackey–Glass',
    tex: "x'(t) = \\frac{\\beta\\, x(t - \\tau)}{1 + x(t - \\tau)^{10}} - \\gamma\\, x(t)",
    interval: 1,
    intervals: [0.1, 20],
    sample: mackeyGlass,
  },
  lorenz: {
    name: 'Lorenz',
    tex: "x' = \\sigma (y - x), \\quad y' = x (\\rho - z) - y, \\quad z' = x y - \\beta z",
    interval: 0.025,
    intervals: [0.001, 1],
    sample: lorenz,
  },
  sines: {
    name: 'sines with noise',
    tex: 'x(t) = \\sum_k a_k \\sin(2 \\pi t / p_k + \\varphi_k) + \\varepsilon',
    interval: 1,
    intervals: [0.01, 100],
    sample: sines,
  },
  pendulum: {
    name: 'driven pendulum',
    tex: "\\theta'' = -\\sin\\theta - \\gamma\\, \\theta' + F \\cos \\omega t, \\quad x = \\theta'",
    interval: 0.4,
    intervals: [0.01, 5],
    sample: pendulum,
  },
} as const satisfies Record<string, SeriesKind>;

export type SeriesName = keyof typeof SERIES;

/** Most samples of a series. */
export const MOST_SAMPLES = 100_000;

/** @throws RangeError naming what is not allowed */
export function sampleSeries(
  name: SeriesName,
  seed: number,
  length: number,
  interval = SERIES[name].interval as number,
): Float64Array {
  if (!Object.hasOwn(SERIES, name))
    throw new RangeError(`series: “${name}” is not allowed; allowed: ${Object.keys(SERIES).join(', ')}`);
  wholeNumber('seed', seed, 0, MAX_SEED);
  wholeNumber('length', length, 1, MOST_SAMPLES);
  const [from, to] = SERIES[name].intervals;
  if (!(interval >= from && interval <= to))
    throw new RangeError(`interval: ${interval} is not allowed; allowed: from ${from} to ${to}`);
  return SERIES[name].sample(seed, length, interval);
}

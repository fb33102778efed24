/** Helpers of the tests: random cases, measures of error and of bias. */

import { initialising } from '../../src/snn/initialise.ts';
import {
  type Dataset,
  type Layout,
  type Network,
  type NetworkSpec,
  networkFrom,
  rowWidth,
} from '../../src/snn/network.ts';
import { RandomSequence, Stream } from '../../src/snn/random.ts';

/** Largest |actual - expected| relative to max(1, ‖expected‖∞); infinite when lengths differ or a NaN occurs. */
export function worstError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  let size = 1;
  for (let j = 0; j < expected.length; j++) {
    const error = Math.abs(actual[j] - expected[j]);
    if (Number.isNaN(error)) return Number.POSITIVE_INFINITY;
    worst = Math.max(worst, error);
    size = Math.max(size, Math.abs(expected[j]));
  }
  return worst / size;
}

/** Initial θ at one go. */
export function initialise(...request: Parameters<typeof initialising>): Float64Array {
  const pieces = initialising(...request);
  for (;;) {
    const next = pieces.next();
    if (next.done) return next.value;
  }
}

/** Nested lists of numbers as one list, in reading order. */
export function flat(nested: unknown): number[] {
  return Array.isArray(nested) ? nested.flat(Number.POSITIVE_INFINITY) : [nested as number];
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

/** A network with some defaults: factors as [inputs, …hidden widths]. */
export function networkOf(
  factors: readonly (readonly number[])[],
  other: Partial<NetworkSpec> = {},
): Network {
  return networkFrom({
    factors: factors.map(([inputs, ...hidden], m) => ({ name: `factor${m}`, inputs, hidden })),
    rank: 1,
    localRank: 0,
    T: 8,
    threshold: 1,
    leak: 1,
    reset: 'subtract',
    centre: 0,
    ...other,
  });
}

/** A network, parameters at which its neurons spike, and data with row scales ≠ 1 where wanted. */
export interface Case {
  readonly network: Network;
  /** The network's. */
  readonly layout: Layout;
  readonly theta: Float64Array;
  readonly data: Dataset;
}

export function randomCase(network: Network, rows: readonly number[], seed: number, scaled = false): Case {
  const { layout } = network;
  const random = new RandomSequence(seed, Stream.data);
  const theta = new Float64Array(layout.size);
  for (const layer of layout.layers) {
    for (let j = layer.weights; j < layer.biases; j++) theta[j] = random.normal() / Math.sqrt(layer.inputs);
    for (let j = layer.biases; j < layer.end; j++) theta[j] = 0.4 + 0.3 * random.normal();
  }
  const factors = network.factors.map((_, m) => {
    const width = rowWidth(network, m);
    return {
      rows: rows[m],
      width,
      inputs: Float64Array.from({ length: rows[m] * width }, () => random.symmetric(1.5)),
      scale: Float64Array.from({ length: rows[m] }, () => (scaled ? 0.5 + 2 * random.uniform() : 1)),
    };
  });
  const points = rows.reduce((n, r) => n * r, 1);
  const target = Float64Array.from({ length: points }, () => random.normal());
  return { network, layout, theta, data: { factors, target } };
}

/** Normal samples δ/σ for every layer, as explicitSamples takes them: [layer] of [sample][t][row][neuron]. */
export function randomSamples({ network, layout, data }: Case, count: number, seed: number): Float64Array[] {
  const random = new RandomSequence(seed, Stream.wsg);
  return layout.layers.map((layer) =>
    layer.role === 'hidden'
      ? Float64Array.from(
          { length: count * network.T * data.factors[layer.factor].rows * layer.outputs },
          () => random.normal(),
        )
      : new Float64Array(0),
  );
}

/** Sample mean and what it should be, as z-scores of its deviation: how the unbiasedness of an estimate is judged. */
export interface Bias {
  /** Largest |z| over the coordinates. */
  readonly coordinate: number;
  /** |z| of the deviation along `expected`: sees a wrong length of the estimate. */
  readonly along: number;
  /** Squared norm of the deviation over its mean N⁻¹ Σ_j var_j: near 1. */
  readonly norm: number;
  /** Mean over the draws of |estimate - expected|² over Σ_j var_j: near 1 when the variance is as in theory. */
  readonly spread: number;
}

/**
 * Compares the mean of N draws of an estimate with `expected`, given the variances of its coordinates by theory
 * (0 = an exact coordinate: its draws have to agree to 1e-12). The z-score along `expected` uses the sample variance.
 */
export function biasOf(
  draw: (n: number) => ArrayLike<number>,
  N: number,
  expected: ArrayLike<number>,
  variance: ArrayLike<number>,
): Bias {
  const P = expected.length;
  const mean = new Float64Array(P);
  let squares = 0;
  let along = 0;
  let alongSquares = 0;
  for (let n = 0; n < N; n++) {
    const estimate = draw(n);
    let projection = 0;
    for (let j = 0; j < P; j++) {
      const deviation = estimate[j] - expected[j];
      mean[j] += deviation / N;
      squares += deviation ** 2 / N;
      projection += deviation * expected[j];
    }
    along += projection / N;
    alongSquares += projection ** 2 / N;
  }
  let coordinate = 0;
  let norm = 0;
  let total = 0;
  for (let j = 0; j < P; j++) {
    const error = Math.sqrt(variance[j] / N);
    const exact = Math.abs(mean[j]) < 1e-12;
    coordinate = Math.max(coordinate, exact ? 0 : Math.abs(mean[j]) / error);
    norm += mean[j] ** 2;
    total += variance[j];
  }
  return {
    coordinate,
    along: Math.abs(along) / Math.sqrt((alongSquares - along ** 2) / N),
    norm: (norm * N) / total,
    spread: squares / total,
  };
}

/** Largest |z| allowed for `count` coordinates at once: chance below 10⁻⁶ for a fair estimate (Bonferroni). */
export function largestZ(count: number): number {
  // P(|z| > x) ≤ 2 exp(-x²/2) / (x √(2π)) < 10⁻⁶ / count
  let x = 4;
  while ((2 * Math.exp((-x * x) / 2)) / (x * Math.sqrt(2 * Math.PI)) > 1e-6 / count) x += 0.01;
  return x;
}

/** Fair to chance 10⁻⁶ in every coordinate and along the gradient, and spread as theory says. */
export function isUnbiased(bias: Bias, P: number): boolean {
  return bias.coordinate < largestZ(P) && bias.along < largestZ(1) && bias.norm > 0.1 && bias.norm < 3;
}

export type Scope = 'G' | 'L' | 'A';

/** What a scope of the paper, or A, asks of an engine. */
export const inScope = (scope: Scope, flipout = false) =>
  ({
    layerwise: scope !== 'G',
    perturbation: scope === 'A' ? 'activity' : flipout ? 'flipout' : 'parameters',
  }) as const;

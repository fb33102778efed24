import { gather } from '../../src/snn/batch.ts';
import type { Dataset, Layer } from '../../src/snn/network.ts';
import { cosine } from '../../src/training/explain.ts';
import { type AtWeights, dataOf, type Shake } from './at-weights.ts';
import { dot, Mean, minus, partOf } from './vectors.ts';

/** Estimates of WP-A that are compared: law and K; ε is the recipe's. */
export const ESTIMATES = {
  mean1: { law: 'mean', K: 1 },
  mean4: { law: 'mean', K: 4 },
  drawn: { law: 'rademacher', K: 1 },
} as const satisfies Record<string, Omit<Shake, 'epsilon'>>;
export type EstimateName = keyof typeof ESTIMATES;
const NAMES = Object.keys(ESTIMATES) as EstimateName[];

/** Cosines of one layer's gradient at one moment of one run. */
export interface LayerAlignment {
  /** Mean cosines of estimates with BP's gradient on the same batch. */
  readonly withBackprop: Readonly<Record<EstimateName, number>>;
  /** Mean cosines with the gradient of the true loss on the same batch, smoothed by Gaussian noise of deviation ε on the currents. */
  readonly withSmoothed: Readonly<Record<EstimateName | 'BP', number>>;
  /** Standard error of that gradient, as a share of its length. */
  readonly smoothedError: number;
  /** Mean cosines with the gradient of the true loss over all training data, averaged over ±ε. */
  readonly withWhole: Readonly<Record<EstimateName | 'BP', number>>;
  /** Length of the true gradient over all training data. */
  readonly trueLength: number;
  /** Length of BP's gradient over it. */
  readonly length: number;
}

export interface AlignmentCounts {
  /** Estimates of each kind. */
  readonly draws: number;
  /** Requests of `perRequest` Gaussian perturbations of all rows. */
  readonly requests: number;
  readonly perRequest: number;
}

/** Number of the first Gaussian draw: no estimate that is compared with them has the same random numbers. */
const APART = 1_000_000;

/** How WP-A's estimates lie to BP's gradient and to gradients of the true loss, hidden layer by hidden layer; none where BP has none. */
export async function alignment(
  at: AtWeights,
  { draws, requests, perRequest }: AlignmentCounts,
): Promise<(LayerAlignment | undefined)[]> {
  const { epsilon } = at.config;
  const batch = at.batch();
  const layers = at.hidden;
  const backprop = await at.backprop(batch);
  const whole = await at.estimate(at.data, { law: 'mean', K: perRequest, epsilon }, 0);
  const wholeBackprop = await at.backprop(at.data);
  const smoothed = layers.map(({ weights, end }) => new Mean(end - weights));
  for (let n = 0; n < requests; n++) {
    const draw = await at.estimate(batch, { law: 'gaussian', K: perRequest, epsilon }, APART + n);
    layers.forEach((layer, l) => smoothed[l].add(partOf(draw, layer)));
  }
  const estimates: [EstimateName, Float64Array][] = [];
  for (const name of NAMES)
    for (let n = 0; n < draws; n++)
      estimates.push([name, await at.estimate(batch, { ...ESTIMATES[name], epsilon }, n)]);
  return layers.map((layer, l) => {
    const exact = partOf(backprop, layer);
    const length = (gradient: Float64Array) => Math.hypot(...partOf(gradient, layer));
    if (length(backprop) === 0) return undefined;
    const mean = smoothed[l];
    // |mean|² is longer than |E|² by the noise of the draws, which would make every cosine too small.
    const noise = Math.hypot(...mean.value) / Math.sqrt(Math.max(mean.square, Number.MIN_VALUE));
    const against = (reference: Float64Array, by = 1) => {
      const of = (name: EstimateName) => {
        const cosines = estimates
          .filter(([each]) => each === name)
          .map(([, gradient]) => cosine(partOf(gradient, layer), reference));
        return (by * cosines.reduce((sum, value) => sum + value, 0)) / draws;
      };
      return { mean1: of('mean1'), mean4: of('mean4'), drawn: of('drawn') };
    };
    const wholePart = partOf(whole, layer);
    return {
      withBackprop: against(exact),
      withSmoothed: { BP: noise * cosine(exact, mean.value), ...against(mean.value, noise) },
      smoothedError: mean.error,
      withWhole: { BP: cosine(exact, wholePart), ...against(wholePart) },
      trueLength: length(whole),
      length: length(wholeBackprop) / length(whole),
    };
  });
}

/** Squares of bias and variances of one layer's estimates under one ε, as shares of the square of the mean estimate under the reference. */
export interface LayerShake {
  readonly epsilon: number;
  /** |mean under ε - mean under the reference ε|², over `parts` sets of data drawn anew; below 0 where it is lost in the noise. */
  readonly bias: number;
  /** Standard error of the difference of means, squared: what `bias` cannot tell from 0. */
  readonly biasNoise: number;
  /** Trace of the covariance over the draws, on a training batch. */
  readonly draws: Readonly<Record<EstimateName, number>>;
  /** Trace of the covariance over training batches of the estimate without that noise. */
  readonly batches: number;
}

/** One layer: under every ε, and of BP's gradient over the batches as a share of its own square. */
export interface LayerShakes {
  readonly under: readonly LayerShake[];
  readonly backpropBatches: number;
  /** Cosine of BP's gradient with the true one, both over all parts. */
  readonly backpropCosine: number;
}

export interface ShakeCounts {
  readonly epsilons: readonly number[];
  /** ε of what counts as the true gradient: small, and large enough for many rows to gain or lose a spike. */
  readonly reference: number;
  /** Sets of training data, drawn anew. */
  readonly parts: number;
  readonly batches: number;
}

/** First data seed of the sets of data that the true gradient is taken over. */
const FIRST_PART = 1001;

/** Bias and variance of WP-A's estimates against ε, hidden layer by hidden layer. */
export async function shakes(
  at: AtWeights,
  { epsilons, reference, parts, batches }: ShakeCounts,
): Promise<LayerShakes[]> {
  const layers = at.hidden;
  const sets: Dataset[] = Array.from({ length: parts }, (_, p) =>
    dataOf({ ...at.config, dataSeed: FIRST_PART + p }),
  );
  const over = async (epsilon: number) => {
    const gradients: Float64Array[] = [];
    for (const [p, set] of sets.entries())
      gradients.push(await at.estimate(set, { law: 'mean', K: 4, epsilon }, p));
    return gradients;
  };
  const meanOf = (vectors: readonly Float64Array[], layer: Layer) => {
    const mean = new Mean(layer.end - layer.weights);
    for (const vector of vectors) mean.add(partOf(vector, layer));
    return mean;
  };
  const trueOnes = await over(reference);
  const squares = layers.map((layer) => meanOf(trueOnes, layer).square);

  const backprops: Float64Array[] = [];
  for (const set of sets) backprops.push(await at.backprop(set));
  const onBatches: Float64Array[] = [];
  for (let m = 0; m < batches; m++) onBatches.push(await at.backprop(at.batch(m)));

  const onTraining: Float64Array[] = [];
  for (let m = 0; m < batches; m++)
    onTraining.push(
      await at.estimate(at.batch(m), { law: 'mean', K: 4, epsilon: reference }, 2 * batches + m),
    );
  // New functions of an operator have another gradient than those that the run has learned from.
  const trainingSquares = layers.map((layer) => meanOf(onTraining, layer).square);

  const under: LayerShake[][] = layers.map(() => []);
  for (const epsilon of epsilons) {
    const means = epsilon === reference ? trueOnes : await over(epsilon);
    const pairs = {} as Record<EstimateName, [Float64Array, Float64Array][]>;
    for (const name of NAMES) {
      pairs[name] = [];
      for (let m = 0; m < batches; m++) {
        const batch = at.batch(m);
        const draw = (n: number) => at.estimate(batch, { ...ESTIMATES[name], epsilon }, n);
        pairs[name].push([await draw(2 * m), await draw(2 * m + 1)]);
      }
    }
    layers.forEach((layer, l) => {
      const difference = meanOf(
        means.map((mean, p) => minus(mean, trueOnes[p])),
        layer,
      );
      // Half the square of the difference of two draws has the variance for its mean.
      const ofDraws = (name: EstimateName) =>
        pairs[name].reduce((sum, [a, b]) => {
          const apart = partOf(minus(a, b), layer);
          return sum + apart.reduce((square, value) => square + value * value, 0) / (2 * batches);
        }, 0);
      const total = meanOf(
        pairs.mean4.map(([a]) => a),
        layer,
      ).variance;
      const draws = { mean1: ofDraws('mean1'), mean4: ofDraws('mean4'), drawn: ofDraws('drawn') };
      const share = (value: number) => value / trainingSquares[l];
      under[l].push({
        epsilon,
        bias: difference.square / squares[l],
        biasNoise: difference.variance / parts / squares[l],
        draws: { mean1: share(draws.mean1), mean4: share(draws.mean4), drawn: share(draws.drawn) },
        batches: share(total - draws.mean4),
      });
    });
  }
  return layers.map((layer, l) => {
    const [own, other] = [meanOf(backprops, layer), meanOf(trueOnes, layer)];
    const onBatch = meanOf(onBatches, layer);
    return {
      under: under[l],
      backpropBatches: onBatch.variance / onBatch.square,
      backpropCosine: cosine(own.value, other.value),
    };
  });
}

/** What the signs of one draw add in the layer before the read-out of a network of some width. */
export interface WidthVariance {
  readonly width: number;
  /** Trace of the covariance over draws on one batch, as a share of the square of the mean over all signs: ±1 drawn, and averaged. */
  readonly drawn: number;
  readonly averaged: number;
  /** The same by theory: (width - 1) Σ_n |g_n|² / |Σ_n g_n|², g_n the part of row n in the mean. */
  readonly theory: number;
}

/** Noise of the signs in the last hidden layer of a network with one factor. */
export async function signNoise(at: AtWeights, draws: number): Promise<WidthVariance> {
  const layer = at.hidden[at.hidden.length - 1];
  const batch = at.batch();
  const { epsilon } = at.config;
  const [{ rows }] = batch.factors;
  const squareOf = (gradient: Float64Array) => {
    const part = partOf(gradient, layer);
    return dot(part, part);
  };
  const square = squareOf(await at.estimate(batch, { ...ESTIMATES.mean1, epsilon }, 0));
  let ofRows = 0;
  for (let n = 0; n < rows; n++) {
    const alone = await at.estimate(gather(batch, [Uint32Array.of(n)]), { ...ESTIMATES.mean1, epsilon }, 0);
    // The loss is a mean over the rows.
    ofRows += squareOf(alone) / rows ** 2;
  }
  const of = async (name: EstimateName) => {
    const mean = new Mean(layer.end - layer.weights);
    for (let n = 0; n < draws; n++)
      mean.add(partOf(await at.estimate(batch, { ...ESTIMATES[name], epsilon }, n), layer));
    return Math.max(0, mean.variance) / square;
  };
  const width = layer.outputs;
  const theory = ((width - 1) * ofRows) / square;
  return { width, drawn: await of('drawn'), averaged: await of('mean1'), theory };
}

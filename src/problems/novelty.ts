/**
 * How far a drawn forcing lies from the training functions. Two measures, because the branch sees sensors
 * only: the Mahalanobis distance of its branch row, and the roughness of the function between the sensors.
 */

import type { FactorData } from '../snn/network.ts';
import { quantile } from '../snn/statistics.ts';
import { rms } from './forcing.ts';
import { cholesky } from './linear-algebra.ts';
import type { NoveltyStatistics } from './problem.ts';

/**
 * Added to the variance of every direction, in units of the sensors' own standard deviation: a wobble of a
 * tenth counts as one. Without it the directions in which a smooth field hardly varies would make every
 * hand-drawn curve infinitely far.
 */
const RIDGE = 0.1 ** 2;
const EDGE = 0.99;

/** rms(g')/rms(g) by differences of neighbouring nodes `spacing` apart, per unit of length; 0 for g ≡ 0. */
export function roughness(g: ArrayLike<number>, spacing: number): number {
  const slopes = new Float64Array(g.length - 1);
  for (let i = 0; i < slopes.length; i++) slopes[i] = (g[i + 1] - g[i]) / spacing;
  return rms(slopes) / (rms(g) || 1);
}

/** √((row - mean)ᵀ (C + ridge)⁻¹ (row - mean)) with C the covariance of the training rows. */
export function mahalanobis(
  row: ArrayLike<number>,
  { mean, factor }: Pick<NoveltyStatistics, 'mean' | 'factor'>,
): number {
  const w = mean.length;
  const whitened = new Float64Array(w);
  let sum = 0;
  for (let i = 0; i < w; i++) {
    let value = row[i] - mean[i];
    for (let j = 0; j < i; j++) value -= factor[i * w + j] * whitened[j];
    whitened[i] = value / factor[i * w + i];
    sum += whitened[i] ** 2;
  }
  return Math.sqrt(sum);
}

/** Statistics of the training functions from their branch rows and their values at nodes `spacing` apart. */
export function measureNovelty(
  branch: FactorData,
  forcings: readonly Float32Array[],
  spacing: number,
): NoveltyStatistics {
  const { rows, width: w, inputs } = branch;
  const mean = new Float64Array(w);
  for (let n = 0; n < rows; n++) for (let i = 0; i < w; i++) mean[i] += inputs[n * w + i] / rows;
  const covariance = new Float64Array(w * w);
  for (let n = 0; n < rows; n++) {
    for (let i = 0; i < w; i++) {
      const di = (inputs[n * w + i] - mean[i]) / rows;
      for (let j = 0; j <= i; j++) covariance[i * w + j] += di * (inputs[n * w + j] - mean[j]);
    }
  }
  for (let i = 0; i < w; i++) covariance[i * w + i] += RIDGE;
  const factor = cholesky(covariance, w)!;
  const distances = forcings.map((_, n) =>
    mahalanobis(inputs.subarray(n * w, (n + 1) * w), { mean, factor }),
  );
  const roughnesses = forcings.map((g) => roughness(g, spacing));
  return {
    mean,
    factor,
    distanceEdge: quantile(distances, EDGE),
    roughnessEdge: quantile(roughnesses, EDGE),
  };
}

/**
 * The larger of distance and roughness, each divided by its 99th percentile over the training functions: up
 * to 1 a forcing is like those, above 2 the network extrapolates far. Never negative; without unit. `g` are
 * the values at nodes `spacing` apart, `inputs` its branch row from encodeForcing.
 */
export function novelty(
  g: ArrayLike<number>,
  inputs: ArrayLike<number>,
  spacing: number,
  statistics: NoveltyStatistics,
): number {
  return Math.max(
    mahalanobis(inputs, statistics) / (statistics.distanceEdge || 1),
    roughness(g, spacing) / (statistics.roughnessEdge || 1),
  );
}

import { describe, expect, it } from 'vitest';
import { inScope, type Scope } from '../../tests/support/snn.ts';
import { type DirectionLaw, drawDirections } from '../snn/directions.ts';
import { RandomSequence, Stream } from '../snn/random.ts';
import { cosineMeans } from './cosine-theory.ts';
import { cosine } from './explain.ts';
import { resolveConfig } from './presets.ts';
import { specsOf } from './specs.ts';

const { layout } = specsOf(resolveConfig({}));
const DRAWS = 2000;

/** A gradient spread over all coordinates of the hat's network, of another size in every layer. */
function gradientOf(norms: readonly number[]): Float64Array {
  const random = new RandomSequence(3, Stream.activity, 0, 0);
  const g = Float64Array.from({ length: layout.size }, () => random.word() / 2 ** 32 - 0.5);
  for (const { weights, end, index } of layout.layers) {
    const part = g.subarray(weights, end);
    const length = Math.hypot(...part);
    for (let j = 0; j < part.length; j++) part[j] *= norms[index] / length;
  }
  return g;
}

/** Cosines of 2000 estimates Σ_k (g·d_k) d_k / (K s²), computed from g and the directions themselves: [draw], [layer][draw]. */
function drawn(g: Float64Array, scope: Scope, law: DirectionLaw, K: number, scales: readonly number[]) {
  const d = new Float32Array(K * layout.size);
  const slope = (at: number, from: number, to: number) => {
    let sum = 0;
    for (let j = from; j < to; j++) sum += g[j] * d[at + j];
    return sum;
  };
  const all: number[] = [];
  const layers: number[][] = layout.layers.map(() => []);
  for (let n = 0; n < DRAWS; n++) {
    drawDirections({ law, ...inScope(scope), count: K, scales }, layout, 11, n, d);
    const estimate = new Float64Array(layout.size);
    for (let at = 0; at < d.length; at += layout.size) {
      const whole = slope(at, 0, layout.size);
      for (const { weights, end, index } of layout.layers) {
        const c = scope === 'G' ? whole : slope(at, weights, end);
        for (let j = weights; j < end; j++) estimate[j] += (c * d[at + j]) / scales[index] ** 2;
      }
    }
    all.push(cosine(estimate, g));
    for (const { weights, end, index } of layout.layers)
      layers[index].push(cosine(estimate.subarray(weights, end), g.subarray(weights, end)));
  }
  return { all, layers };
}

/** @param allowed share of the expected mean by which it may be off beside three standard errors */
function expectMean(cosines: readonly number[], expected: number, allowed = 0): void {
  const mean = cosines.reduce((sum, c) => sum + c, 0) / cosines.length;
  const variance = cosines.reduce((sum, c) => sum + (c - mean) ** 2, 0) / (cosines.length - 1);
  const margin = 3 * Math.sqrt(variance / cosines.length) + allowed * expected;
  expect(Math.abs(mean - expected)).toBeLessThan(margin);
}

const NORMS = [0.2, 0.7, 1.5];
const partsOf = (scales: readonly number[], norms: readonly number[] = NORMS) =>
  layout.layers.map(({ weights, end, index }) => ({
    square: norms[index] ** 2,
    parameters: end - weights,
    scale: scales[index],
  }));

it.each([
  ['G', 1, 'rademacher', [1, 1, 1]],
  ['G', 8, 'rademacher', [1, 1, 1]],
  ['G', 1, 'rademacher', [0.25, 1, 1]],
  ['G', 8, 'rademacher', [0.25, 1, 1]],
  ['G', 8, 'rademacher', [0.5, 2, 0.3]],
  ['L', 1, 'rademacher', [1, 1, 1]],
  ['L', 8, 'rademacher', [1, 1, 1]],
  ['L', 8, 'rademacher', [0.5, 2, 0.3]],
  ['G', 8, 'hadamard', [0.25, 1, 1]],
  ['L', 8, 'hadamard', [1, 1, 1]],
] as const)(
  '%s, K = %i, %s, scales %j: the mean is that of 2000 draws within 3 standard errors',
  (scope, K, law, scales) => {
    const { all, layers } = drawn(gradientOf(NORMS), scope, law, K, scales);
    const theory = cosineMeans(scope, partsOf(scales), law, K);
    expectMean(all, theory.all);
    // A layer of 17 parameters is few for a normal law: 2 %.
    layers.forEach((cosines, l) => {
      expectMean(cosines, theory.layers[l], 0.02);
    });
  },
);

describe('cosineMeans', () => {
  const plain = (parameters: number, square = 1) => ({ square, parameters, scale: 1 });

  it('gives the known figures for P = 337', () => {
    expect(cosineMeans('G', [plain(337)], 'rademacher', 1).all).toBeCloseTo(0.0435, 4);
    expect(cosineMeans('G', [plain(337)], 'rademacher', 8).all).toBeCloseTo(0.1478, 4);
  });

  it('one layer alone with a gradient: the integral of L is the closed form of G', () => {
    for (const K of [1, 4, 33, 1600])
      expect(cosineMeans('L', [plain(100, 3), plain(50, 0)], 'rademacher', K).all).toBeCloseTo(
        cosineMeans('G', [plain(100, 3)], 'rademacher', K).all,
        7,
      );
  });

  it('is 1 for as many orthogonal directions as there are parameters, and 0 without a gradient', () => {
    expect(cosineMeans('G', [plain(64)], 'hadamard', 64).all).toBeCloseTo(1, 2);
    for (const scope of ['G', 'L'] as const)
      expect(cosineMeans(scope, [plain(64, 0)], 'rademacher', 4)).toEqual({ all: 0, layers: [0] });
  });
});

import { describe, expect, it } from 'vitest';
import { encodeForcing } from '../problems/forcing.ts';
import { mahalanobis, novelty, roughness } from '../problems/novelty.ts';
import { generateNow, type ProblemParams } from '../problems/problem.ts';
import { poisson } from './poisson.ts';

const params: ProblemParams = {
  dataSeed: 5,
  sensors: 10,
  lengthScale: 0.5,
  boundary: 'hard',
  perFunctionScale: true,
  diffusion: 0.01,
  reaction: 0.01,
  target: 'hat',
  formula: '',
  painting: '',
  lossWeight: 'absolute',
  trainFunctions: 400,
  testFunctions: 400,
};
const { nodes, constants, forcings, novelty: statistics } = generateNow(poisson, params).operator!;
const spacing = nodes[1] - nodes[0];
const noveltyOf = (g: ArrayLike<number>) =>
  novelty(g, encodeForcing(g, params, constants).inputs, spacing, statistics);

describe('roughness', () => {
  it('is the wave number of a sine, whatever its amplitude', () => {
    for (const amplitude of [1, 50]) {
      expect(
        roughness(
          nodes.map((x) => amplitude * Math.sin(2 * Math.PI * x)),
          spacing,
        ),
      ).toBeCloseTo(2 * Math.PI, 1);
    }
    expect(roughness(new Float64Array(101), spacing)).toBe(0);
  });
});

describe('mahalanobis', () => {
  it('measures against mean and Cholesky factor', () => {
    const distance = mahalanobis([3, 1], {
      mean: Float64Array.of(1, 0),
      factor: Float64Array.of(2, 0, 0, 0.5),
    });
    expect(distance).toBeCloseTo(Math.sqrt(1 + 4), 14);
  });
});

describe('novelty', () => {
  it('is below 1 for nearly all functions of the same field', () => {
    const values = Array.from({ length: 400 }, (_, i) =>
      noveltyOf(forcings.test.subarray(i * 101, (i + 1) * 101)),
    );
    expect(values.filter((v) => v > 1).length).toBeLessThan(20);
    expect(Math.max(...values)).toBeLessThan(2);
  });

  it('is small for a smooth function of any amplitude and for none', () => {
    expect(noveltyOf(nodes.map((x) => 100 * Math.sin(2 * x + 1)))).toBeLessThan(1);
    expect(noveltyOf(new Float64Array(101))).toBeLessThan(1);
  });

  it('is large for oscillations, seen or unseen by the sensors', () => {
    expect(noveltyOf(nodes.map((x) => Math.sin(4 * Math.PI * x)))).toBeGreaterThan(2);
    expect(noveltyOf(nodes.map((x) => 1 + Math.sin(9 * Math.PI * x)))).toBeGreaterThan(2);
    expect(noveltyOf(nodes.map((x) => (x > 0.3 ? 1 : 0)))).toBeGreaterThan(1);
  });
});

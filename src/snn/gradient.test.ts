import { describe, expect, it } from 'vitest';
import { goldenMlp } from '../../tests/golden/golden.ts';
import {
  type Bias,
  biasOf,
  type Case,
  dot,
  inScope,
  isUnbiased,
  largestZ,
  networkOf,
  randomCase,
  type Scope,
  worstError,
} from '../../tests/support/snn.ts';
import { backprop } from './backprop.ts';
import { type DirectionSpec, drawDirections } from './directions.ts';
import { forward } from './forward-mode.ts';
import { estimate, gradientOf } from './gradient.ts';
import { groupsOf, type MethodSpec } from './method.ts';
import type { Layout } from './network.ts';
import { drawnSamples, explicitSamples, type SurrogateSpec } from './surrogate.ts';

const SG: SurrogateSpec = { kind: 'SG', sigma: 0.5, samples: 1 };
const WSG: SurrogateSpec = { kind: 'WSG', sigma: 0.5, samples: 4 };

const CASES: Record<string, Case> = {
  'two hidden layers': randomCase(networkOf([[2, 4, 3]], { T: 4 }), [3], 8),
  'two factors with local losses': randomCase(
    networkOf(
      [
        [2, 3],
        [1, 3],
      ],
      { T: 4, rank: 2, localRank: 1 },
    ),
    [2, 3],
    9,
    true,
  ),
};

const methodOf = (scope: Scope, scales: readonly number[], surrogate = SG): MethodSpec => ({
  derivation: 'forward',
  ...inScope(scope),
  surrogate,
  epsilon: 0.01,
  scales,
});

const onesOf = (layout: Layout) => layout.layers.map(() => 1);
const scalesOf = (layout: Layout) => layout.layers.map((_, l) => [0.25, 1, 3, 0.5][l % 4]);

/** The K directions of a step as the mathematics takes them. */
function draw(spec: DirectionSpec, layout: Layout, seed: number, step: number): Float64Array[] {
  const out = new Float32Array(spec.count * layout.size);
  drawDirections(spec, layout, seed, step, out);
  return Array.from({ length: spec.count }, (_, k) =>
    Float64Array.from(out.subarray(k * layout.size, (k + 1) * layout.size)),
  );
}

/**
 * Variance of each coordinate of g = (1/K) Σ_k c_k d_k / s² with d = s ξ and S = Σ_i s_i² g_i² over the coordinate's
 * group: (S ∓ s_j² g_j²) / (K s_j²), minus for ±1, plus for normal ξ.
 */
function varianceOf(layout: Layout, gradient: Float64Array, spec: DirectionSpec): Float64Array {
  const variance = new Float64Array(layout.size);
  const squares = layout.layers.map((layer) => {
    const part = gradient.subarray(layer.weights, layer.end);
    return spec.scales[layer.index] ** 2 * dot(part, part);
  });
  const all = squares.reduce((a, b) => a + b);
  for (const layer of layout.layers) {
    const s = spec.scales[layer.index];
    const S = spec.layerwise ? squares[layer.index] : all;
    const sign = spec.law === 'gaussian' ? 1 : -1;
    for (let j = layer.weights; j < layer.end; j++)
      variance[j] = (S / s ** 2 + sign * gradient[j] ** 2) / spec.count;
  }
  return variance;
}

/** Bias of RFG for one law; `spoil` may falsify direction and estimate to see that the check notices. */
function biasOfRfg(
  test: Case,
  spec: DirectionSpec,
  N: number,
  spoil: {
    directions?: (d: Float64Array[]) => Float64Array[];
    estimate?: (g: Float64Array) => Float64Array;
    scales?: readonly number[];
  } = {},
): Bias {
  const { network, layout, theta, data } = test;
  const { gradient } = backprop(network, theta, data, SG);
  const method = methodOf(spec.layerwise ? 'L' : 'G', spoil.scales ?? spec.scales);
  return biasOf(
    (n) => {
      // Hadamard rows of a cycle hang together, so every draw takes the first rows of another seed.
      const drawn = spec.law === 'hadamard' ? draw(spec, layout, n, 0) : draw(spec, layout, 1, n);
      const directions = spoil.directions ? spoil.directions(drawn) : drawn;
      const result = gradientOf(network, theta, data, method, directions).gradient;
      return spoil.estimate ? spoil.estimate(result) : result;
    },
    N,
    gradient,
    varianceOf(layout, gradient, spec),
  );
}

describe('golden RFG estimates', () => {
  const { network, layout, theta, data, surrogates } = goldenMlp();
  for (const { surrogate, samples, directions } of surrogates) {
    const drawn =
      samples.length > 0
        ? explicitSamples(
            samples,
            network.T,
            layout.layers.map(() => data.factors[0].rows),
          )
        : undefined;
    for (const scope of ['G', 'L'] as const) {
      const run = (list: Float64Array[]) =>
        gradientOf(network, theta, data, methodOf(scope, onesOf(layout), surrogate), list, drawn);
      const expected = directions.map((d) => (scope === 'G' ? d.estimateG! : d.estimateL!));

      it(`${surrogate.kind}-RFG-${scope}`, () => {
        directions.forEach(({ direction, global, layerwise }, k) => {
          const { gradient, derivatives } = run([direction]);
          expect(worstError(gradient, expected[k])).toBeLessThan(1e-10);
          expect(worstError(derivatives, scope === 'G' ? [global] : layerwise)).toBeLessThan(1e-10);
        });
      });

      it(`${surrogate.kind}-RFG-${scope} averages its directions`, () => {
        const both = run(directions.map((d) => d.direction));
        const mean = expected[0].map((g, j) => (g + expected[1][j]) / 2);
        expect(worstError(both.gradient, mean)).toBeLessThan(1e-10);
        const each = directions.flatMap((d) => (scope === 'G' ? [d.global] : d.layerwise));
        expect(worstError(both.derivatives, each)).toBeLessThan(1e-10);
      });
    }
  }
});

describe('RFG is unbiased for the surrogate gradient', () => {
  const N = 10000;
  for (const [name, test] of Object.entries(CASES)) {
    const { layout } = test;
    for (const scope of ['G', 'L'] as const) {
      for (const law of ['rademacher', 'gaussian', 'hadamard'] as const) {
        it(`${name}: ${law}, ${scope}`, () => {
          const bias = biasOfRfg(test, { law, ...inScope(scope), count: 1, scales: onesOf(layout) }, N);
          expect(bias, JSON.stringify(bias)).toSatisfy((b: Bias) => isUnbiased(b, layout.size));
          expect(Math.abs(bias.spread - 1)).toBeLessThan(0.1);
        });
      }
      for (const law of ['rademacher', 'gaussian'] as const) {
        it(`${name}: scaled ${law}, K = 4, ${scope}`, () => {
          const bias = biasOfRfg(test, { law, ...inScope(scope), count: 4, scales: scalesOf(layout) }, N / 4);
          expect(bias, JSON.stringify(bias)).toSatisfy((b: Bias) => isUnbiased(b, layout.size));
          expect(Math.abs(bias.spread - 1)).toBeLessThan(0.15);
        });
      }
    }
  }

  describe('and the check notices', () => {
    const test = CASES['two hidden layers'];
    const { layout } = test;
    const spec: DirectionSpec = { law: 'rademacher', ...inScope('G'), count: 1, scales: onesOf(layout) };
    const unbiased = (bias: Bias) => isUnbiased(bias, layout.size);

    it('an estimate 10 % too long', () => {
      expect(unbiased(biasOfRfg(test, spec, N, { estimate: (g) => g.map((x) => 1.1 * x) }))).toBe(false);
    });

    it('a forgotten scale', () => {
      const scaled = { ...spec, scales: layout.layers.map((_, l) => (l === 1 ? 1.2 : 1)) };
      expect(unbiased(biasOfRfg(test, scaled, N))).toBe(true);
      expect(unbiased(biasOfRfg(test, scaled, N, { scales: onesOf(layout) }))).toBe(false);
    });

    it('correlated entries of the direction', () => {
      const paired = (list: Float64Array[]) => list.map((d) => d.map((_, j) => d[j & ~1]));
      expect(unbiased(biasOfRfg(test, spec, N, { directions: paired }))).toBe(false);
    });

    it('a single wrong sign', () => {
      const { gradient } = backprop(test.network, test.theta, test.data, SG);
      const largest = gradient.reduce((best, g, j) => (Math.abs(g) > Math.abs(gradient[best]) ? j : best), 0);
      const wrong = (g: Float64Array) => g.map((x, j) => (j === largest ? -x : x));
      expect(unbiased(biasOfRfg(test, spec, N, { estimate: wrong }))).toBe(false);
    });
  });
});

describe('a full cycle of Hadamard rows gives the gradient exactly', () => {
  for (const [name, test] of Object.entries(CASES)) {
    const { network, layout, theta, data } = test;
    const { gradient } = backprop(network, theta, data, SG);
    // Powers of two: every layer's cycle ends with the longest one's.
    const longest = (scope: Scope) => {
      const lengths = scope === 'G' ? [layout.size] : layout.layers.map((layer) => layer.end - layer.weights);
      return 2 ** Math.ceil(Math.log2(Math.max(...lengths)));
    };
    const meanOver = (spec: DirectionSpec, from: number, steps: number) => {
      const mean = new Float64Array(layout.size);
      for (let step = from; step < from + steps; step++) {
        const result = gradientOf(
          network,
          theta,
          data,
          methodOf(spec.layerwise ? 'L' : 'G', spec.scales),
          draw(spec, layout, 5, step),
        );
        result.gradient.forEach((g, j) => {
          mean[j] += g / steps;
        });
      }
      return mean;
    };
    for (const scope of ['G', 'L'] as const) {
      for (const [count, scales] of [
        [1, onesOf(layout)],
        [4, scalesOf(layout)],
      ] as const) {
        it(`${name}, ${scope}, K = ${count}`, () => {
          const spec: DirectionSpec = { law: 'hadamard', ...inScope(scope), count, scales };
          const steps = longest(scope) / count;
          for (const cycle of [0, 1, 2])
            expect(worstError(meanOver(spec, cycle * steps, steps), gradient)).toBeLessThan(1e-12);
          expect(worstError(meanOver(spec, 0, steps - 1), gradient)).toBeGreaterThan(1e-3);
        });
      }
    }
  }
});

describe('WSG', () => {
  it('leaves RFG unbiased for the gradient of the same samples', () => {
    const test = CASES['two hidden layers'];
    const { network, layout, theta, data } = test;
    const rows = layout.layers.map(() => data.factors[0].rows);
    const samples = drawnSamples(2, 3, rows, WSG.samples);
    const { gradient } = backprop(network, theta, data, WSG, samples);
    const spec: DirectionSpec = { law: 'rademacher', ...inScope('L'), count: 1, scales: onesOf(layout) };
    const method = methodOf('L', spec.scales, WSG);
    const run = (n: number) =>
      gradientOf(network, theta, data, method, draw(spec, layout, 1, n), samples).gradient;
    const bias = biasOf(run, 4000, gradient, varianceOf(layout, gradient, spec));
    expect(bias, JSON.stringify(bias)).toSatisfy((b: Bias) => isUnbiased(b, layout.size));
    const smooth = backprop(network, theta, data, SG).gradient;
    expect(isUnbiased(biasOf(run, 4000, smooth, varianceOf(layout, smooth, spec)), layout.size)).toBe(false);
  });

  for (const [name, { network, layout, theta, data }] of Object.entries(CASES)) {
    it(`has the SG gradient as its mean over samples: ${name}`, () => {
      const rows = layout.layers.map((layer) => data.factors[layer.factor].rows);
      const N = 4000;
      const run = (n: number, spec = WSG) =>
        backprop(network, theta, data, spec, drawnSamples(1, n, rows, spec.samples)).gradient;
      const { gradient } = backprop(network, theta, data, SG);
      const biasAgainst = (expected: Float64Array) => {
        const draws = Array.from({ length: N }, (_, n) => run(n));
        const variance = gradient.map((_, j) => {
          const mean = draws.reduce((sum, g) => sum + g[j], 0) / N;
          return draws.reduce((sum, g) => sum + (g[j] - mean) ** 2, 0) / N;
        });
        return biasOf((n) => draws[n], N, expected, variance);
      };
      const bias = biasAgainst(gradient);
      expect(bias.coordinate, JSON.stringify(bias)).toBeLessThan(largestZ(layout.size));
      const wider = backprop(network, theta, data, { ...SG, sigma: 0.55 }).gradient;
      expect(biasAgainst(wider).coordinate).toBeGreaterThan(largestZ(layout.size));
    });
  }
});

describe('WP', () => {
  const test = CASES['two factors with local losses'];
  const { network, layout, theta, data } = test;
  const wp = (scope: Scope, epsilon: number): MethodSpec => ({
    ...methodOf(scope, onesOf(layout)),
    derivation: 'differences',
    epsilon,
  });
  const spec: DirectionSpec = { law: 'rademacher', ...inScope('L'), count: 2, scales: onesOf(layout) };
  const directions = draw(spec, layout, 1, 0);
  const lossAt = (direction: Float64Array, amount: number) =>
    forward(
      network,
      theta.map((value, j) => value + amount * direction[j]),
      data,
    ).loss;

  it('is the central difference of the true loss along the direction', () => {
    const { derivatives, gradient, loss } = gradientOf(network, theta, data, wp('G', 0.05), directions);
    const expected = directions.map((d) => (lossAt(d, 0.05) - lossAt(d, -0.05)) / 0.1);
    expect(worstError(derivatives, expected)).toBeLessThan(1e-12);
    const mean = theta.map((_, j) => (expected[0] * directions[0][j] + expected[1] * directions[1][j]) / 2);
    expect(worstError(gradient, mean)).toBeLessThan(1e-12);
    expect(loss).toBe(forward(network, theta, data).loss);
  });

  it('perturbs one layer at a time under L', () => {
    const { derivatives } = gradientOf(network, theta, data, wp('L', 0.05), directions);
    const expected = directions.flatMap((d) =>
      layout.layers.map((layer) => {
        const part = d.map((value, j) => (j >= layer.weights && j < layer.end ? value : 0));
        return (lossAt(part, 0.05) - lossAt(part, -0.05)) / 0.1;
      }),
    );
    expect(worstError(derivatives, expected)).toBeLessThan(1e-12);
  });

  it('agrees with RFG on read-outs and sees nothing of hidden weights at a small ε', () => {
    const differences = gradientOf(network, theta, data, wp('L', 1e-9), directions).derivatives;
    const smooth = gradientOf(network, theta, data, wp('L', 1e-3), directions).derivatives;
    const tangents = gradientOf(network, theta, data, methodOf('L', onesOf(layout)), directions).derivatives;
    tangents.forEach((c, n) => {
      const layer = layout.layers[n % layout.layers.length];
      if (layer.role === 'hidden') {
        expect(differences[n]).toBe(0);
        expect(Math.abs(c)).toBeGreaterThan(1e-3);
      } else {
        expect(Math.abs(smooth[n] - c)).toBeLessThan(1e-9);
      }
    });
  });
});

describe('estimate', () => {
  const { layout } = CASES['two factors with local losses'];
  const groups = layout.layers.length;

  it('has one group under G and one for each layer under L', () => {
    expect(groupsOf(layout, inScope('G'))).toEqual([undefined]);
    expect(groupsOf(layout, inScope('L'))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('divides by the squared scale and by K', () => {
    const scales = layout.layers.map((_, l) => l + 1);
    const directions = [0, 1].map((k) => new Float64Array(layout.size).fill(k + 1));
    const derivatives = Float64Array.from({ length: 2 * groups }, (_, n) => n);
    const found = estimate(layout, { layerwise: true, scales }, directions, derivatives);
    for (const { index, weights, end } of layout.layers) {
      const expected = (index * 1 + (index + groups) * 2) / (2 * (index + 1) ** 2);
      for (let j = weights; j < end; j++) expect(found[j]).toBeCloseTo(expected, 12);
    }
  });
});

import { describe, expect, it } from 'vitest';
import {
  type Bias,
  biasOf,
  type Case,
  inScope,
  isUnbiased,
  largestZ,
  networkOf,
  randomCase,
  worstError,
} from '../../tests/support/snn.ts';
import { backprop } from './backprop.ts';
import { gather } from './batch.ts';
import { type DirectionLaw, type DirectionSpec, drawDirections } from './directions.ts';
import { gradientOf } from './gradient.ts';
import { groupsOf, type MethodSpec } from './method.ts';
import type { Layer, Layout } from './network.ts';
import { directionSize, rowDirection, rowPlaces } from './row-directions.ts';
import { simulate } from './simulate.ts';
import type { SurrogateSpec } from './surrogate.ts';

const SG: SurrogateSpec = { kind: 'SG', sigma: 0.5, samples: 1 };

const CASES: Record<string, Case> = {
  'two hidden layers': randomCase(networkOf([[2, 4, 3]], { T: 4 }), [3], 8),
  'two factors with local losses': randomCase(
    networkOf(
      [
        [2, 3],
        [1, 3],
      ],
      { T: 4, rank: 2, localRank: 1, centre: 0.5 },
    ),
    [2, 3],
    9,
    true,
  ),
  'three factors of different depth': randomCase(
    networkOf(
      [
        [2, 3, 2],
        [1, 2],
        [1, 2, 3, 2],
      ],
      { T: 4, rank: 2, localRank: 2, leak: 0.9 },
    ),
    [2, 1, 2],
    11,
    true,
  ),
};

interface Setup {
  readonly spec: DirectionSpec;
  readonly method: MethodSpec;
}

function setup(
  { layout, data }: Case,
  scope: 'G' | 'L' | 'A',
  count: number,
  law: DirectionLaw = 'rademacher',
  scales = layout.layers.map(() => 1),
): Setup {
  const rows = data.factors.map((factor) => factor.rows);
  const flipout = scope !== 'A';
  return {
    spec: { law, ...inScope(scope, flipout), rows, count, scales },
    method: { derivation: 'forward', ...inScope(scope, flipout), surrogate: SG, epsilon: 0.01, scales },
  };
}

function draw({ layout }: Case, spec: DirectionSpec, seed: number, step: number): Float64Array[] {
  const size = directionSize(layout, spec.perturbation, spec.rows ?? []);
  const out = new Float32Array(spec.count * size);
  drawDirections(spec, layout, seed, step, out);
  return Array.from({ length: spec.count }, (_, k) =>
    Float64Array.from(out.subarray(k * size, (k + 1) * size)),
  );
}

/** g[factor][row] by BP: of a batch with no other row of the factor, which weighs that one so many times more. */
function rowGradients({ network, layout, theta, data }: Case): Float64Array[][] {
  return data.factors.map(({ rows }, factor) =>
    Array.from({ length: rows }, (_, row) => {
      const kept = data.factors.map((other, m) =>
        m === factor ? Uint32Array.of(row) : Uint32Array.from({ length: other.rows }, (_, n) => n),
      );
      const { gradient } = backprop(network, theta, gather(data, kept), SG);
      return gradient.map((g, j) => (ownerOf(layout, j).factor === factor ? g / rows : 0));
    }),
  );
}

const ownerOf = (layout: Layout, j: number): Layer => layout.layers.find(({ end }) => j < end) as Layer;

/** What a layer's weights see in one row: its inputs, or the mean rates below. */
function sources({ network, theta, data }: Case, layer: Layer): Float64Array[] {
  const { rows, inputs } = data.factors[layer.factor];
  const { rates } = simulate({
    network,
    theta,
    factor: layer.factor,
    data: data.factors[layer.factor],
  });
  const from = layer.depth > 0 ? rates[layer.depth - 1] : inputs;
  return Array.from({ length: rows }, (_, row) =>
    Float64Array.from(from.subarray(row * layer.inputs, (row + 1) * layer.inputs)),
  );
}

/** Mean and variance (for K = 1 and ±1) of an estimate, by theory from the rows' gradients. */
interface Theory {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

function activityTheory(test: Case): Theory {
  const { network, layout, theta, data } = test;
  const mean = backprop(network, theta, data, SG).gradient.slice();
  const variance = new Float64Array(layout.size);
  const g = rowGradients(test);
  for (const layer of layout.layers) {
    if (layer.role !== 'hidden') continue;
    const x = sources(test, layer);
    for (let j = 0; j < layer.outputs; j++) {
      g[layer.factor].forEach((gradient, row) => {
        // A bias is the current's own derivative, summed over time.
        const z = gradient.subarray(layer.biases, layer.end);
        const rest = z.reduce((sum, value) => sum + value ** 2, 0) - z[j] ** 2;
        variance[layer.biases + j] += rest;
        for (let i = 0; i < layer.inputs; i++) {
          const w = layer.weights + j * layer.inputs + i;
          if (row === 0) mean[w] = 0;
          mean[w] += z[j] * x[row][i];
          variance[w] += rest * x[row][i] ** 2;
        }
      });
    }
  }
  return { mean, variance };
}

/** Σ_n (S_n - s_j² g_nj²) / s_j², and for normal D another 2 g_j²: all rows share D. S_n = Σ s² g_n² over the row's group. */
function flipoutTheory(test: Case, { layerwise, law, scales }: DirectionSpec): Theory {
  const { network, layout, theta, data } = test;
  const mean = backprop(network, theta, data, SG).gradient;
  const groups = rowGradients(test);
  const variance = mean.map((g, j) => {
    const owner = ownerOf(layout, j);
    const s = scales[owner.index];
    let sum = law === 'gaussian' ? 2 * g ** 2 : 0;
    for (const gradient of groups[owner.factor]) {
      let S = 0;
      for (const layer of layerwise ? [owner] : layout.layers)
        for (let i = layer.weights; i < layer.end; i++) S += (scales[layer.index] * gradient[i]) ** 2;
      sum += S / s ** 2 - gradient[j] ** 2;
    }
    return sum;
  });
  return { mean, variance };
}

const estimateOf = ({ network, theta, data }: Case, method: MethodSpec, vectors: Float64Array[]) =>
  gradientOf(network, theta, data, method, vectors);

describe.each(Object.entries(CASES))('%s: one number a row', (_, test) => {
  const { layout, data } = test;
  const g = rowGradients(test);
  const rows = data.factors.map((factor) => factor.rows);

  it.each(['G', 'L', 'A'] as const)('scope %s: Σ g_n · d_n, and what is made of it', (scope) => {
    const scales = layout.layers.map((_, l) => [0.5, 1, 2][l % 3]);
    const { spec, method } = setup(test, scope, 2, 'gaussian', scales);
    const vectors = draw(test, spec, 3, 4);
    const { derivatives, gradient } = estimateOf(test, method, vectors);
    const kind = spec.perturbation;
    const places = rowPlaces(layout, kind, rows);
    const wanted: number[] = [];
    const estimate = new Float64Array(layout.size);
    for (const vector of vectors)
      for (const only of groupsOf(layout, method)) {
        let total = 0;
        g.forEach((list, factor) => {
          list.forEach((gradient, row) => {
            const d = rowDirection(layout, kind, places, vector, factor, row, only);
            const c = d.reduce((sum, value, j) => sum + value * gradient[j], 0);
            total += c;
            d.forEach((value, j) => {
              estimate[j] += (c * value) / (2 * scales[ownerOf(layout, j).index] ** 2);
            });
          });
        });
        wanted.push(total);
      }
    expect(worstError(derivatives, wanted)).toBeLessThan(1e-12);
    if (scope !== 'A') expect(worstError(gradient, estimate)).toBeLessThan(1e-12);
  });
});

describe.each(Object.entries(CASES))('flipout is unbiased for the surrogate gradient: %s', (_, test) => {
  const { layout } = test;
  const N = 1200;
  it.each([
    ['G', 'rademacher', 1],
    ['L', 'rademacher', 1],
    ['L', 'gaussian', 1],
    ['G', 'hadamard', 1],
    ['L', 'rademacher', 3],
  ] as const)('%s, %s, K = %i', (scope, law, count) => {
    const scales = layout.layers.map((_, l) => (count > 1 ? [0.25, 1, 3][l % 3] : 1));
    const { spec, method } = setup(test, scope, count, law, scales);
    const { mean, variance } = flipoutTheory(test, spec);
    const bias = biasOf(
      (n) => estimateOf(test, method, draw(test, spec, n, 0)).gradient,
      N,
      mean,
      variance.map((v) => v / count),
    );
    expect(bias, JSON.stringify(bias)).toSatisfy((b: Bias) => isUnbiased(b, layout.size));
    expect(Math.abs(bias.spread - 1)).toBeLessThan(0.2);
  });
});

describe('flipout, spoilt', () => {
  const test = CASES['two hidden layers'];
  const { layout } = test;
  const { spec, method } = setup(test, 'L', 1);
  const { mean, variance } = flipoutTheory(test, spec);
  const unbiased = (spoil: (vector: Float64Array) => Float64Array, estimate = (g: Float64Array) => g) =>
    isUnbiased(
      biasOf(
        (n) => estimate(estimateOf(test, method, draw(test, spec, 1, n).map(spoil)).gradient),
        2000,
        mean,
        variance,
      ),
      layout.size,
    );
  const places = rowPlaces(layout, 'flipout', [3]);

  it('is found when one sign stands for two neurons', () => {
    const [{ at, each }] = places;
    const paired = (v: Float64Array) => {
      const copy = v.slice();
      // With D equal as well the two neurons' directions are the same.
      for (let row = 0; row < 3; row++) copy[at + row * each + 1] = copy[at + row * each];
      copy.copyWithin(2, 0, 2);
      return copy;
    };
    expect(unbiased((v) => v)).toBe(true);
    expect(unbiased(paired)).toBe(false);
  });

  it('is found when the estimate is 10 % too long', () => {
    expect(
      unbiased(
        (v) => v,
        (g) => g.map((x) => 1.1 * x),
      ),
    ).toBe(false);
  });
});

describe.each(Object.entries(CASES))('activity perturbation: %s', (_, test) => {
  const { network, layout, theta, data } = test;
  const { gradient: exact } = backprop(network, theta, data, SG);
  const { mean, variance } = activityTheory(test);
  const deeper = (j: number) => {
    const { role, depth, biases } = ownerOf(layout, j);
    return role === 'hidden' && depth > 0 && j < biases;
  };

  it.each([1, 3])('has the mean and the variance of theory, K = %i', (count) => {
    const { spec, method } = setup(test, 'A', count);
    const bias = biasOf(
      (n) => estimateOf(test, method, draw(test, spec, 2, n)).gradient,
      1200,
      mean,
      variance.map((v) => v / count),
    );
    // Coordinates hang together (one ξ_j for a whole row of weights): the norm of the deviation says little.
    expect(bias.coordinate).toBeLessThan(largestZ(layout.size));
    expect(bias.along).toBeLessThan(largestZ(1));
    expect(Math.abs(bias.spread - 1)).toBeLessThan(0.2);
  });

  it('that mean is the surrogate gradient but for the weights of deeper hidden layers', () => {
    const apart = mean.map((m, j) => Math.abs(m - exact[j]));
    expect(Math.max(...apart.filter((_, j) => !deeper(j)))).toBeLessThan(1e-12);
    if (mean.some((_, j) => deeper(j)))
      expect(Math.max(...apart.filter((_, j) => deeper(j)))).toBeGreaterThan(1e-3);
  });

  it('averaged has no chance in a last layer, and what is drawn below', () => {
    const { spec, method } = setup(test, 'A', 2, 'mean');
    const vectors = draw(test, spec, 3, 0);
    const found = estimateOf(test, { ...method, averaged: true }, vectors);
    const drawn = estimateOf(test, method, vectors);
    const { mean } = activityTheory(test);
    for (const layer of layout.hidden.flat()) {
      const { factor, depth, index, weights, end } = layer;
      const of = ({ derivatives }: typeof found) =>
        [0, 1].map((k) => derivatives[k * layout.layers.length + index]);
      const isLast = depth === layout.hidden[factor].length - 1;
      expect(of(found)).toEqual(isLast ? [of(drawn)[0], 0] : of(drawn));
      const expected = isLast ? mean : drawn.gradient;
      expect(worstError(found.gradient.subarray(weights, end), expected.subarray(weights, end))).toBeLessThan(
        1e-12,
      );
    }
  });

  it('takes linear layers by the delta rule, without chance', () => {
    const { spec, method } = setup(test, 'A', 1);
    const { gradient } = estimateOf(test, method, draw(test, spec, 5, 6));
    for (const { role, weights, end } of layout.layers)
      if (role !== 'hidden')
        expect(worstError(gradient.subarray(weights, end), exact.subarray(weights, end))).toBeLessThan(1e-12);
  });
});

describe('direction vectors', () => {
  const test = CASES['three factors of different depth'];
  const { layout } = test;

  it('of A are ξ of every row and hidden neuron, ±1 or normal, whatever the scales', () => {
    const { spec } = setup(
      test,
      'A',
      2,
      'rademacher',
      layout.layers.map(() => 3),
    );
    const [first, second] = draw(test, spec, 1, 0);
    // [2, 3, 2] for 2 rows, [1, 2] for 1, [1, 2, 3, 2] for 2.
    expect(first).toHaveLength(2 * 5 + 1 * 2 + 2 * 7);
    for (const value of [...first, ...second]) expect(Math.abs(value)).toBe(1);
    expect(second).not.toEqual(first);
    const [normal] = draw(test, setup(test, 'A', 1, 'gaussian').spec, 1, 0);
    expect(new Set(normal.map(Math.abs)).size).toBeGreaterThan(20);
  });

  it('of flipout are those of RFG, and signs for every row and layer', () => {
    const { spec } = setup(test, 'L', 3, 'hadamard');
    const plain = draw(test, { ...spec, perturbation: 'parameters' }, 4, 7);
    draw(test, spec, 4, 7).forEach((vector, k) => {
      expect(vector.subarray(0, layout.size)).toEqual(plain[k]);
      const signs = vector.subarray(layout.size);
      expect(signs).toHaveLength(
        layout.layers.reduce((n, l) => n + [2, 1, 2][l.factor] * (l.inputs + l.outputs), 0),
      );
      expect(new Set(signs)).toEqual(new Set([1, -1]));
    });
    expect(draw(test, spec, 4, 8)).not.toEqual(draw(test, spec, 4, 7));
  });
});

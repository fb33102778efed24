import { describe, expect, it } from 'vitest';
import { type Case, networkOf, randomCase, worstError } from '../../tests/support/snn.ts';
import { backprop } from './backprop.ts';
import { combine, totalLoss } from './combine.ts';
import { type DirectionLaw, drawDirections } from './directions.ts';
import { gradientOf } from './gradient.ts';
import type { MethodSpec } from './method.ts';
import { directionSize, rowPlaces } from './row-directions.ts';
import { simulate } from './simulate.ts';

const EPSILON = 0.2;
const CASES: Record<string, Case> = {
  'two hidden layers': randomCase(networkOf([[2, 5, 4]], { T: 9 }), [4], 8),
  'four hidden layers with local losses': randomCase(
    networkOf([[2, 4, 3, 5, 4]], { T: 11, localRank: 3, leak: 0.8 }),
    [3],
    21,
  ),
  'two factors': randomCase(
    networkOf(
      [
        [3, 6],
        [1, 5],
      ],
      { T: 8, rank: 4, centre: 0.5 },
    ),
    [3, 4],
    9,
    true,
  ),
  'three factors of different depth with local losses': randomCase(
    networkOf(
      [
        [2, 3, 4],
        [1, 5],
        [1, 3, 4, 3],
      ],
      { T: 10, rank: 3, localRank: 2, leak: 0.9 },
    ),
    [2, 3, 2],
    11,
    true,
  ),
};

const methodOf = ({ layout }: Case): MethodSpec => ({
  derivation: 'differences',
  perturbation: 'activity',
  layerwise: true,
  surrogate: { kind: 'SG', sigma: 0.5, samples: 1 },
  epsilon: EPSILON,
  scales: layout.layers.map(() => 0.25),
});

const rowsOf = ({ data }: Case) => data.factors.map(({ rows }) => rows);

function draw(test: Case, count: number, seed: number, law: DirectionLaw = 'rademacher'): Float64Array[] {
  const { layout } = test;
  const rows = rowsOf(test);
  const scales = layout.layers.map(() => 0.25);
  const size = directionSize(layout, 'activity', rows);
  const out = new Float32Array(count * size);
  drawDirections(
    { law, perturbation: 'activity', layerwise: true, rows, count, scales },
    layout,
    seed,
    0,
    out,
  );
  return Array.from({ length: count }, (_, k) => Float64Array.from(out.subarray(k * size, (k + 1) * size)));
}

/** Loss of the whole batch when one row's currents in one layer are shifted: by a bias that this row alone sees. */
function lossWith(test: Case, index: number, row: number, shift: Float64Array): number {
  const { network, layout, theta, data } = test;
  const layer = layout.layers[index];
  const moved = theta.slice();
  shift.forEach((value, j) => {
    moved[layer.biases + j] += value;
  });
  const rates = data.factors.map((factorData, factor) => {
    const base = simulate({ network, theta, factor, data: factorData }).rates;
    if (factor !== layer.factor) return base;
    const other = simulate({ network, theta: moved, factor, data: factorData }).rates;
    return base.map((values, depth) => {
      const width = layout.hidden[factor][depth].outputs;
      const mixed = values.slice();
      mixed.set(other[depth].subarray(row * width, (row + 1) * width), row * width);
      return mixed;
    });
  });
  return totalLoss(combine(network, theta, rates, data));
}

/** What the method says, number by number: c[k][layer][row], and the gradient of hidden layers. */
function bruteForce(test: Case, vectors: readonly Float64Array[]) {
  const { network, layout, theta, data } = test;
  const places = rowPlaces(layout, 'activity', rowsOf(test));
  const derivatives = new Float64Array(vectors.length * layout.layers.length);
  const gradient = new Float64Array(layout.size);
  let moved = 0;
  vectors.forEach((vector, k) => {
    for (const layer of layout.hidden.flat()) {
      const factorData = data.factors[layer.factor];
      const { rates } = simulate({ network, theta, factor: layer.factor, data: factorData });
      for (let row = 0; row < factorData.rows; row++) {
        const { at, each } = places[layer.index];
        const xi = vector.slice(at + row * each, at + (row + 1) * each);
        const loss = (sign: number) =>
          lossWith(
            test,
            layer.index,
            row,
            xi.map((value) => sign * EPSILON * value),
          );
        const c = (loss(1) - loss(-1)) / (2 * EPSILON);
        if (c !== 0) moved++;
        derivatives[k * layout.layers.length + layer.index] += c;
        const x = layer.depth > 0 ? rates[layer.depth - 1] : factorData.inputs;
        for (let j = 0; j < layer.outputs; j++) {
          gradient[layer.biases + j] += (c * xi[j]) / vectors.length;
          for (let i = 0; i < layer.inputs; i++)
            gradient[layer.weights + j * layer.inputs + i] +=
              (c * xi[j] * x[row * layer.inputs + i]) / vectors.length;
        }
      }
    }
  });
  return { derivatives, gradient, moved };
}

describe.each(Object.entries(CASES))('node perturbation: %s', (_, test) => {
  const { network, layout, theta, data } = test;
  const method = methodOf(test);
  const estimate = (vectors: readonly Float64Array[]) => gradientOf(network, theta, data, method, vectors);
  const exact = backprop(network, theta, data, method.surrogate);

  it.each([
    ['rademacher', 1],
    ['gaussian', 3],
  ] as const)('%s, K = %i: c and what is made of it, against losses of the whole batch', (law, count) => {
    const vectors = draw(test, count, 5, law);
    const expected = bruteForce(test, vectors);
    expect(expected.moved).toBeGreaterThan(layout.hidden.flat().length);
    const { derivatives, gradient, loss } = estimate(vectors);
    expect(loss).toBe(exact.loss);
    expect(worstError(derivatives, expected.derivatives)).toBeLessThan(1e-12);
    for (const { role, weights, end } of layout.layers)
      if (role === 'hidden')
        expect(
          worstError(gradient.subarray(weights, end), expected.gradient.subarray(weights, end)),
        ).toBeLessThan(1e-12);
  });

  it('takes linear layers by the delta rule, without chance', () => {
    const { gradient, derivatives } = estimate(draw(test, 2, 6));
    layout.layers.forEach(({ role, weights, end }, index) => {
      if (role === 'hidden') return;
      expect(worstError(gradient.subarray(weights, end), exact.gradient.subarray(weights, end))).toBeLessThan(
        1e-12,
      );
      expect(derivatives[index]).toBe(0);
      expect(derivatives[layout.layers.length + index]).toBe(0);
    });
  });

  it('averages over K', () => {
    const vectors = draw(test, 3, 7);
    const singles = vectors.map((vector) => estimate([vector]));
    const { gradient, derivatives } = estimate(vectors);
    const mean = gradient.map((_, j) => singles.reduce((sum, one) => sum + one.gradient[j] / 3, 0));
    expect(worstError(gradient, mean)).toBeLessThan(1e-12);
    expect([...derivatives]).toEqual(singles.flatMap((one) => [...one.derivatives]));
  });

  it('averaged is the mean over every ξ of ±1 in a last layer, and what is drawn below', () => {
    const averaged = { ...method, averaged: true };
    const vectors = draw(test, 3, 9, 'mean');
    const found = gradientOf(network, theta, data, averaged, vectors);
    const places = rowPlaces(layout, 'activity', rowsOf(test));
    const drawn = estimate(vectors);
    for (const layer of layout.hidden.flat()) {
      const { factor, depth, index, outputs, weights, end } = layer;
      const derivatives = (of: typeof found) =>
        vectors.map((__, k) => of.derivatives[k * layout.layers.length + index]);
      if (depth < layout.hidden[factor].length - 1) {
        expect(found.gradient.slice(weights, end)).toEqual(drawn.gradient.slice(weights, end));
        expect(derivatives(found)).toEqual(derivatives(drawn));
        continue;
      }
      expect(derivatives(found)).toEqual([derivatives(drawn)[0], 0, 0]);
      const { at, each } = places[index];
      const every = Array.from({ length: 2 ** outputs }, (__, bits) => {
        const vector = vectors[0].slice();
        for (let i = 0; i < rowsOf(test)[factor] * each; i++)
          vector[at + i] = (bits >> (i % each)) & 1 ? 1 : -1;
        return vector;
      });
      const mean = estimate(every).gradient;
      expect(worstError(found.gradient.slice(weights, end), mean.slice(weights, end))).toBeLessThan(1e-12);
      expect(mean.slice(weights, end).some((g) => g !== 0)).toBe(true);
    }
  });

  it('knows nothing of the surrogate', () => {
    const vectors = draw(test, 1, 8);
    const surrogate = { kind: 'WSG', sigma: 3, samples: 7 } as const;
    expect(gradientOf(network, theta, data, { ...method, surrogate }, vectors)).toEqual(estimate(vectors));
  });
});

describe('a restarted simulation', () => {
  const test = CASES['four hidden layers with local losses'];
  const { network, layout, theta, data } = test;
  const request = { network, theta, factor: 0, data: data.factors[0] };
  const { rates, history } = simulate({ ...request, keepHistory: true });
  if (!history) throw new Error('no history');

  it.each([0, 1, 2, 3])('without a shift repeats the layers from depth %i on', (depth) => {
    const restart = { depth, history, shift: () => new Float64Array(layout.hidden[0][depth].outputs) };
    const again = simulate({ ...request, restart }).rates;
    expect(again.slice(depth)).toEqual(rates.slice(depth));
  });
});

describe('node perturbation', () => {
  it('has for its mean the slope of the loss smoothed by ±ε, where the loss itself has none', () => {
    const test = CASES['two hidden layers'];
    const layer = test.layout.hidden[0][0];
    const width = layer.outputs;
    const patterns = Array.from({ length: 2 ** width }, (_, bits) =>
      Float64Array.from({ length: width }, (_, j) => ((bits >> j) & 1 ? 1 : -1)),
    );
    const at = (shift: Float64Array) => lossWith(test, layer.index, 0, shift);
    const own = (j: number, value: number) =>
      Float64Array.from({ length: width }, (_, i) => (i === j ? value : 0));
    let steepest = 0;
    for (let j = 0; j < width; j++) {
      const mean = patterns.reduce((sum, xi) => {
        const c =
          (at(xi.map((sign) => EPSILON * sign)) - at(xi.map((sign) => -EPSILON * sign))) / (2 * EPSILON);
        return sum + (c * xi[j]) / patterns.length;
      }, 0);
      // The others at ±ε, this one anywhere between; both moved by z.
      const others = patterns.filter((xi) => xi[j] > 0);
      const points = 160;
      const smoothed = (z: number) => {
        let sum = 0;
        for (const xi of others)
          for (let k = 0; k < points; k++) {
            const u = EPSILON * ((2 * k + 1) / points - 1);
            sum += at(xi.map((sign, i) => (i === j ? u + z : EPSILON * sign)));
          }
        return sum / (others.length * points);
      };
      const h = (2 * EPSILON) / points;
      expect((smoothed(h) - smoothed(-h)) / (2 * h)).toBeCloseTo(mean, 2);
      expect(at(own(j, 1e-9))).toBe(at(own(j, -1e-9)));
      steepest = Math.max(steepest, Math.abs(mean));
    }
    expect(steepest).toBeGreaterThan(0.05);
  });
});

import { describe, expect, it } from 'vitest';
import { dot, networkOf, randomCase, worstError } from '../../tests/support/snn.ts';
import { combine, product, productAdjoint, productTangent, project, totalLoss } from './combine.ts';
import { forward } from './forward-mode.ts';
import { layoutOf } from './network.ts';
import { RandomSequence, Stream } from './random.ts';

const random = new RandomSequence(1, Stream.data);
const normals = (n: number) => Float64Array.from({ length: n }, () => random.normal());
const ROWS = [3, 2, 4];
const RANK = 3;
const projections = ROWS.map((rows) => normals(rows * RANK));

/** Σ_i Π_m q_m[n_m]_i, index by index. */
function slowProduct(parts: readonly Float64Array[]): number[] {
  const out: number[] = [];
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 2; b++)
      for (let c = 0; c < 4; c++) {
        let sum = 0;
        for (let i = 0; i < RANK; i++)
          sum += parts[0][a * RANK + i] * parts[1][b * RANK + i] * parts[2][c * RANK + i];
        out.push(sum);
      }
  return out;
}

describe('product', () => {
  it('multiplies and sums the factors on the tensor product of their rows', () => {
    expect(worstError(product(projections, RANK), slowProduct(projections))).toBeLessThan(1e-14);
  });

  it('of one factor sums its entries', () => {
    expect(Array.from(product([Float64Array.of(1, 2, 3, 4)], 2))).toEqual([3, 7]);
  });
});

describe('productTangent', () => {
  it('is the sum of the products with one factor replaced by its tangent', () => {
    const tangents = ROWS.map((rows) => normals(rows * RANK));
    const parts = tangents.map((tangent, m) =>
      slowProduct(projections.map((q, k) => (k === m ? tangent : q))),
    );
    const sum = parts[0].map((_, n) => parts[0][n] + parts[1][n] + parts[2][n]);
    expect(worstError(productTangent(projections, tangents, RANK), sum)).toBeLessThan(1e-14);
    const partly = parts[0].map((_, n) => parts[0][n] + parts[2][n]);
    expect(
      worstError(productTangent(projections, [tangents[0], undefined, tangents[2]], RANK), partly),
    ).toBeLessThan(1e-14);
  });
});

describe('productAdjoint', () => {
  it('is the transpose of productTangent', () => {
    const error = normals(24);
    for (const m of [0, 1, 2]) {
      const tangent = normals(ROWS[m] * RANK);
      const only = projections.map((_, k) => (k === m ? tangent : undefined));
      const forwards = dot(error, productTangent(projections, only, RANK));
      const backwards = dot(productAdjoint(error, projections, m, RANK), tangent);
      expect(Math.abs(forwards - backwards)).toBeLessThan(1e-12);
      expect(Math.abs(forwards)).toBeGreaterThan(1e-3);
    }
  });
});

describe('project', () => {
  const network = networkOf([[1, 2]], { rank: 2, centre: 0.5 });
  const layer = layoutOf(network).layers[1];
  // θ: hidden 1×2 weights, 2 biases; read-out W = [[1, 2], [3, 4]], b = [10, 20].
  const theta = Float64Array.of(0, 0, 0, 0, 1, 2, 3, 4, 10, 20);
  const rates = Float64Array.of(0.5, 1, 0.25, 0.75);

  it('is scale · (W (r̄ - centre) + b)', () => {
    expect(Array.from(project(layer, 0.5, theta, rates, [1, 2]))).toEqual([11, 22, 2 * 10.25, 2 * 20.25]);
    expect(Array.from(project(layer, 0, theta, rates, [1, 2]))).toEqual([12.5, 25.5, 2 * 11.75, 2 * 23.75]);
  });

  it('has the tangent scale · (Ẇ (r̄ - centre) + W ṙ + ḃ)', () => {
    const direction = Float64Array.of(0, 0, 0, 0, -1, 0, 0, 1, 1, -1);
    const moving = Float64Array.of(1, 0, 0, 1);
    expect(Array.from(project(layer, 0.5, theta, rates, [1, 2], { direction }))).toEqual([
      1, -0.5, 2.5, -1.5,
    ]);
    expect(Array.from(project(layer, 0.5, theta, rates, [1, 2], { direction, rates: moving }))).toEqual([
      2, 2.5, 6.5, 6.5,
    ]);
  });
});

describe('combine', () => {
  const test = randomCase(
    networkOf(
      [
        [3, 5, 4],
        [1, 4],
      ],
      { rank: 2, localRank: 3 },
    ),
    [3, 4],
    2,
    true,
  );
  const { network, layout, theta, data } = test;

  it('adds the mean squared errors of the local heads with weight 1/N', () => {
    const { heads, loss } = forward(network, theta, data);
    const errors = heads.map(({ output }) =>
      output.reduce((sum, y, n) => sum + (y - data.target[n]) ** 2 / 12, 0),
    );
    expect(heads.map((value) => value.head.weight)).toEqual([1, 0.5, 0.5]);
    expect(
      worstError(
        heads.map((value) => value.loss),
        errors,
      ),
    ).toBeLessThan(1e-14);
    expect(Math.abs(loss - (errors[0] + (errors[1] + errors[2]) / 2))).toBeLessThan(1e-13);
    expect(totalLoss(heads)).toBe(loss);
    expect(new Set(errors).size).toBe(3);
  });

  it('gives the derivative of weight · loss by the outputs', () => {
    for (const { head, output, error } of forward(network, theta, data).heads) {
      const expected = output.map((y, n) => (head.weight * 2 * (y - data.target[n])) / 12);
      expect(worstError(error, expected)).toBeLessThan(1e-14);
    }
  });

  it('has the same boundary factor and scales in local heads', () => {
    const doubled = {
      ...data,
      factors: data.factors.map((f) => ({ ...f, scale: f.scale.map((s) => 2 * s) })),
    };
    const one = forward(network, theta, data).heads;
    const two = forward(network, theta, doubled).heads;
    one.forEach((value, h) =>
      expect(
        worstError(
          two[h].output,
          value.output.map((y) => 4 * y),
        ),
      ).toBeLessThan(1e-14),
    );
  });

  it('gives no loss and no error without targets', () => {
    const rates = layout.hidden.map((layers, factor) =>
      layers.map((layer) => new Float64Array(data.factors[factor].rows * layer.outputs)),
    );
    for (const value of combine(network, theta, rates, { ...data, target: new Float64Array(0) })) {
      expect(value.output).toHaveLength(12);
      expect(value.loss).toBe(0);
      expect(value.error.every((e) => e === 0)).toBe(true);
    }
  });
});

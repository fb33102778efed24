import { describe, expect, it } from 'vitest';
import { goldenCases } from '../../tests/golden/golden.ts';
import { networkOf, randomCase, worstError } from '../../tests/support/snn.ts';
import { forward, forwardMode, tangentOf } from './forward-mode.ts';
import { explicitSamples } from './surrogate.ts';

const TOLERANCE = 1e-10;

describe('golden directional derivatives', () => {
  for (const golden of goldenCases()) {
    const { network, layout, theta, data } = golden;
    it(`${golden.name}: outputs, projections and loss`, () => {
      const { loss, heads } = forward(network, theta, data);
      expect(Math.abs(loss - golden.loss)).toBeLessThan(TOLERANCE);
      expect(worstError(heads[0].output, golden.output)).toBeLessThan(TOLERANCE);
      golden.projections?.forEach((expected, factor) =>
        expect(worstError(heads[0].projections[factor], expected)).toBeLessThan(TOLERANCE),
      );
    });
    for (const { surrogate, samples, directions } of golden.surrogates) {
      it(`${golden.name}, ${surrogate.kind}: along all parameters and layer by layer`, () => {
        const rows = layout.layers.map((layer) => data.factors[layer.factor].rows);
        const drawn = samples.length > 0 ? explicitSamples(samples, network.T, rows) : undefined;
        for (const { direction, global, layerwise, output } of directions) {
          const tangents = [undefined, ...layout.layers.keys()].map((only) =>
            tangentOf(layout, direction, only),
          );
          const result = forwardMode(network, theta, data, tangents, surrogate, drawn);
          expect(worstError(result.derivatives, [global, ...layerwise])).toBeLessThan(TOLERANCE);
          if (output) expect(worstError(result.outputTangents[0], output)).toBeLessThan(TOLERANCE);
        }
      });
    }
  }
});

describe('forwardMode', () => {
  const test = randomCase(
    networkOf(
      [
        [3, 5, 4],
        [1, 4],
      ],
      { rank: 2, localRank: 2, centre: 0.5 },
    ),
    [3, 4],
    2,
    true,
  );
  const { network, layout, theta, data } = test;
  const surrogate = { kind: 'SG', sigma: 0.5, samples: 1 } as const;
  const derivatives = (tangents: Parameters<typeof forwardMode>[3]) =>
    forwardMode(network, theta, data, tangents, surrogate);
  const directions = [5, 6].map((seed) => randomCase(network, [1, 1], seed).theta);

  it('is linear in the direction', () => {
    const sum = directions[0].map((a, j) => 2 * a - 3 * directions[1][j]);
    const [a, b, both] = derivatives([...directions, sum].map((d) => tangentOf(layout, d))).derivatives;
    expect(Math.abs(2 * a - 3 * b - both)).toBeLessThan(1e-12 * Math.max(1, Math.abs(both)));
    expect(Math.abs(both)).toBeGreaterThan(1e-3);
  });

  it('is the derivative of the whole loss, local losses included, along read-outs and local projections', () => {
    const h = 1e-5;
    for (const layer of layout.layers.filter(({ role }) => role !== 'hidden')) {
      const { direction } = tangentOf(layout, directions[0], layer.index);
      const at = (step: number) =>
        forward(
          network,
          theta.map((x, j) => x + step * direction[j]),
          data,
        ).loss;
      const [derivative] = derivatives([tangentOf(layout, directions[0], layer.index)]).derivatives;
      expect(Math.abs((at(h) - at(-h)) / (2 * h) - derivative)).toBeLessThan(
        1e-7 * Math.max(1, Math.abs(derivative)),
      );
      expect(Math.abs(derivative)).toBeGreaterThan(1e-3);
    }
  });

  it('carries several tangents as if each were alone', () => {
    const tangents = directions.flatMap((d) =>
      layout.layers.map((layer) => tangentOf(layout, d, layer.index)),
    );
    const together = derivatives(tangents);
    tangents.forEach((tangent, k) => {
      const alone = derivatives([tangent]);
      expect(alone.derivatives[0]).toBe(together.derivatives[k]);
      expect(alone.outputTangents[0]).toEqual(together.outputTangents[k]);
    });
  });

  it('gives layer by layer the parts of the whole derivative', () => {
    const whole = derivatives([tangentOf(layout, directions[0])]).derivatives[0];
    const parts = derivatives(
      layout.layers.map((layer) => tangentOf(layout, directions[0], layer.index)),
    ).derivatives;
    expect(Math.abs(parts.reduce((a, b) => a + b) - whole)).toBeLessThan(
      1e-12 * Math.max(1, Math.abs(whole)),
    );
  });

  it('has the loss and the outputs of the plain forward pass', () => {
    const plain = forward(network, theta, data);
    const result = derivatives([tangentOf(layout, directions[0])]);
    expect(result.loss).toBe(plain.loss);
    expect(result.heads.map((head) => head.output)).toEqual(plain.heads.map((head) => head.output));
  });
});

describe('tangentOf', () => {
  const { layout } = randomCase(
    networkOf(
      [
        [3, 5, 4],
        [1, 4],
      ],
      { rank: 2, localRank: 2 },
    ),
    [1, 1],
    2,
  );
  const direction = Float64Array.from({ length: layout.size }, (_, j) => j + 1);

  it('keeps the direction inside the layer and is zero elsewhere', () => {
    for (const layer of layout.layers) {
      const { direction: masked } = tangentOf(layout, direction, layer.index);
      masked.forEach((value, j) => expect(value).toBe(j >= layer.weights && j < layer.end ? j + 1 : 0));
    }
  });

  it('starts at a hidden layer and needs no simulation for a read-out', () => {
    const starts = layout.layers.map((layer) => [layer.role, tangentOf(layout, direction, layer.index).from]);
    const never = Number.POSITIVE_INFINITY;
    expect(starts).toEqual([
      ['hidden', [0, never]],
      ['hidden', [1, never]],
      ['readout', [never, never]],
      ['hidden', [never, 0]],
      ['readout', [never, never]],
      ...[0, 1, 2, 3].map(() => ['local', [never, never]]),
    ]);
  });
});

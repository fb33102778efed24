import { describe, expect, it } from 'vitest';
import { goldenCases } from '../../tests/golden/golden.ts';
import { type Case, dot, networkOf, randomCase, randomSamples, worstError } from '../../tests/support/snn.ts';
import { backprop } from './backprop.ts';
import { forward, forwardMode, tangentOf } from './forward-mode.ts';
import type { Network } from './network.ts';
import { drawnSamples, explicitSamples, type SurrogateSpec, type WsgSamples } from './surrogate.ts';

const SG: SurrogateSpec = { kind: 'SG', sigma: 0.5, samples: 1 };
const WSG: SurrogateSpec = { kind: 'WSG', sigma: 0.5, samples: 4 };

interface Shape {
  readonly name: string;
  readonly network: Network;
  readonly rows: number[];
  readonly scaled?: boolean;
}

const SHAPES: Shape[] = [
  { name: '1 factor, 1 hidden layer', network: networkOf([[2, 6]]), rows: [5] },
  { name: '1 factor, 2 hidden layers', network: networkOf([[2, 6, 5]]), rows: [5] },
  { name: '1 factor, rank 3', network: networkOf([[2, 6, 5]], { rank: 3 }), rows: [4] },
  {
    name: '2 factors, 1 hidden layer',
    network: networkOf(
      [
        [3, 5],
        [1, 4],
      ],
      { rank: 3 },
    ),
    rows: [3, 4],
  },
  {
    name: '2 factors, 2 hidden layers',
    network: networkOf(
      [
        [3, 5, 4],
        [1, 4, 6],
      ],
      { rank: 2 },
    ),
    rows: [3, 4],
  },
  {
    name: '2 factors of different depths',
    network: networkOf(
      [
        [3, 5, 4],
        [1, 6],
      ],
      { rank: 2, localRank: 3 },
    ),
    rows: [3, 4],
  },
  {
    name: '3 factors, 1 hidden layer',
    network: networkOf(
      [
        [3, 5],
        [1, 4],
        [1, 3],
      ],
      { rank: 3 },
    ),
    rows: [3, 2, 4],
  },
  {
    name: '3 factors, 2 hidden layers',
    network: networkOf(
      [
        [3, 4, 3],
        [1, 3, 4],
        [1, 3, 3],
      ],
      { rank: 2 },
    ),
    rows: [2, 3, 2],
  },
  { name: 'leak 0.9', network: networkOf([[2, 6, 5]], { leak: 0.9 }), rows: [5] },
  { name: 'reset to zero', network: networkOf([[2, 6, 5]], { reset: 'zero' }), rows: [5] },
  {
    name: 'reset to zero, leak 0.9, 3 hidden layers',
    network: networkOf([[2, 6, 5, 4]], { reset: 'zero', leak: 0.9, localRank: 2, T: 15 }),
    rows: [5],
  },
  { name: 'no memory (leak 0)', network: networkOf([[2, 6, 5]], { leak: 0 }), rows: [5] },
  {
    name: 'centring',
    network: networkOf(
      [
        [3, 5],
        [1, 4],
      ],
      { rank: 3, centre: 0.5 },
    ),
    rows: [3, 4],
  },
  {
    name: 'row scales',
    network: networkOf(
      [
        [3, 5],
        [1, 4],
      ],
      { rank: 3 },
    ),
    rows: [3, 4],
    scaled: true,
  },
  { name: 'another threshold', network: networkOf([[2, 6, 5]], { threshold: 0.7 }), rows: [5] },
  { name: 'local losses, 1 factor', network: networkOf([[2, 6, 5]], { localRank: 1 }), rows: [5] },
  {
    name: 'everything at once',
    network: networkOf(
      [
        [3, 5, 4],
        [1, 4, 3],
        [1, 3, 4],
      ],
      { rank: 3, localRank: 2, leak: 0.9, centre: 0.5, threshold: 0.8 },
    ),
    rows: [3, 3, 2],
    scaled: true,
  },
];

/** Gradient component by component: one JVP along each basis vector, all parameters at once or within its layer. */
function basisDerivatives(
  { network, layout, theta, data }: Case,
  spec: SurrogateSpec,
  samples: WsgSamples | undefined,
  layerwise: boolean,
) {
  const tangents = layout.layers.flatMap((layer) =>
    Array.from({ length: layer.end - layer.weights }, (_, j) => {
      const direction = new Float64Array(layout.size);
      direction[layer.weights + j] = 1;
      return tangentOf(layout, direction, layerwise ? layer.index : undefined);
    }),
  );
  return forwardMode(network, theta, data, tangents, spec, samples);
}

describe('BP equals the JVPs along all basis directions', () => {
  for (const { name, network, rows, scaled } of SHAPES) {
    it(name, () => {
      const test = randomCase(network, rows, 11, scaled);
      const { layout, theta, data } = test;
      const rowsOfLayer = layout.layers.map((layer) => data.factors[layer.factor].rows);
      const surrogates: [SurrogateSpec, WsgSamples | undefined][] = [
        [SG, undefined],
        [WSG, explicitSamples(randomSamples(test, WSG.samples, 5), network.T, rowsOfLayer)],
        [WSG, drawnSamples(3, 7, rowsOfLayer, WSG.samples)],
      ];
      for (const [spec, samples] of surrogates) {
        const reverse = backprop(network, theta, data, spec, samples);
        for (const layerwise of [false, true]) {
          const forwards = basisDerivatives(test, spec, samples, layerwise);
          expect(forwards.loss).toBe(reverse.loss);
          expect(worstError(forwards.derivatives, reverse.gradient)).toBeLessThan(1e-12);
        }
        // A layer whose gradient vanishes would prove nothing.
        for (const layer of layout.layers) {
          const part = reverse.gradient.subarray(layer.weights, layer.end);
          expect(Math.sqrt(dot(part, part)), layer.name).toBeGreaterThan(1e-4);
        }
      }
    });
  }
});

describe('BP against the true loss', () => {
  // Read-outs do not spike: along them the loss is smooth and the surrogate plays no part.
  it('equals central differences along every read-out and local projection', () => {
    const { network, layout, theta, data } = randomCase(
      SHAPES[SHAPES.length - 1].network,
      [3, 3, 2],
      4,
      true,
    );
    const { gradient } = backprop(network, theta, data, SG);
    const h = 1e-5;
    for (const layer of layout.layers.filter(({ role }) => role !== 'hidden')) {
      const differences = Array.from({ length: layer.end - layer.weights }, (_, j) => {
        const [plus, minus] = [h, -h].map((step) => {
          const moved = theta.slice();
          moved[layer.weights + j] += step;
          return forward(network, moved, data).loss;
        });
        return (plus - minus) / (2 * h);
      });
      expect(worstError(gradient.subarray(layer.weights, layer.end), differences), layer.name).toBeLessThan(
        1e-8,
      );
    }
  });
});

describe('golden gradients', () => {
  for (const golden of goldenCases()) {
    for (const { surrogate, samples, gradient } of golden.surrogates) {
      it(`${golden.name}, ${surrogate.kind}`, () => {
        const { network, layout, theta, data } = golden;
        const rows = layout.layers.map((layer) => data.factors[layer.factor].rows);
        const drawn = samples.length > 0 ? explicitSamples(samples, network.T, rows) : undefined;
        const result = backprop(network, theta, data, surrogate, drawn);
        expect(Math.abs(result.loss - golden.loss)).toBeLessThan(1e-10);
        expect(worstError(result.gradient, gradient)).toBeLessThan(1e-10);
      });
    }
  }
});

describe('backprop', () => {
  it('needs samples under WSG', () => {
    const { network, theta, data } = randomCase(networkOf([[2, 3]]), [2], 1);
    expect(() => backprop(network, theta, data, WSG)).toThrow('WSG needs samples');
  });
});

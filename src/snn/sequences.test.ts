import { describe, expect, it } from 'vitest';
import { networkOf, randomCase, worstError } from '../../tests/support/snn.ts';
import { backprop } from './backprop.ts';
import { forwardMode, tangentOf } from './forward-mode.ts';
import { gradientOf } from './gradient.ts';
import type { MethodSpec } from './method.ts';
import { type Dataset, type FactorSpec, type Network, type NetworkSpec, networkFrom } from './network.ts';
import { RandomSequence, Stream } from './random.ts';
import { directionSize } from './row-directions.ts';

const held = networkOf(
  [
    [3, 6, 5],
    [2, 4],
  ],
  { rank: 3, localRank: 2, T: 7, leak: 0.9 },
);
const { theta, data } = randomCase(held, [4, 3], 5, true);
const fed = (network: Network): Network =>
  networkFrom({
    ...network,
    factors: network.factors.map((factor, m) => ({ ...factor, sequence: m === 0 })),
  });

/** The same inputs, each written T times. */
function repeated({ factors: [first, ...others], target }: Dataset, T: number): Dataset {
  const width = T * first.width;
  const inputs = Float64Array.from({ length: first.rows * width }, (_, n) => {
    const row = Math.floor(n / width);
    return first.inputs[row * first.width + (n % first.width)];
  });
  return { factors: [{ ...first, width, inputs }, ...others], target };
}

const RESPONSE = {
  kind: 'response',
  seed: 4,
  longestDelay: 4,
  decays: [0.1, 0.8],
  refractory: [0.3, 0.9],
} as const;
const surrogate = { kind: 'SG', sigma: 0.5, samples: 1 } as const;
const METHODS: Record<string, Partial<MethodSpec>> = {
  BP: { derivation: 'reverse' },
  'RFG-G': { layerwise: false },
  'RFG-L': {},
  flipout: { perturbation: 'flipout' },
  'RFG-A': { perturbation: 'activity' },
  'RFG-A, averaged': { perturbation: 'activity', averaged: true },
  WP: { derivation: 'differences' },
  'WP-A': { derivation: 'differences', perturbation: 'activity' },
};

function gradientBy(own: Partial<MethodSpec>, network: Network, theta: Float64Array, data: Dataset) {
  const { layout } = network;
  const method: MethodSpec = {
    derivation: 'forward',
    perturbation: 'parameters',
    layerwise: true,
    surrogate,
    epsilon: 0.05,
    scales: layout.layers.map(() => 1),
    ...own,
  };
  const random = new RandomSequence(3, Stream.direction);
  const rows = data.factors.map((factor) => factor.rows);
  const length = directionSize(layout, method.perturbation, rows);
  const direction = Float64Array.from({ length }, () => (random.word() & 1 ? 1 : -1));
  return gradientOf(network, theta, data, method, method.derivation === 'reverse' ? [] : [direction]);
}

describe('a sequence that stays the same', () => {
  it.each(Object.entries(METHODS))('has loss and gradient of held inputs: %s', (_, own) => {
    const expected = gradientBy(own, held, theta, data);
    const actual = gradientBy(own, fed(held), theta, repeated(data, held.T));
    expect(worstError([actual.loss], [expected.loss])).toBeLessThan(1e-13);
    expect(worstError(actual.gradient, expected.gradient)).toBeLessThan(1e-12);
    expect(expected.gradient.some((g) => g !== 0)).toBe(true);
  });
});

describe('a row that is read before its last time step', () => {
  const AT = 4;
  const spec = networkOf([[2, 6, 5]], { rank: 1, localRank: 2, T: 7, leak: 0.9 });
  const NEURONS: readonly [string, Partial<FactorSpec>][] = [
    ['LIF', {}],
    ['CuBa-LIF', { synapse: { kind: 'exponential', decay: 0.6 } }],
    ['SRM', { synapse: RESPONSE }],
  ];
  const cases = NEURONS.flatMap(([neuron, own]) =>
    Object.entries(METHODS).map(([name, method]) => [neuron, name, own, method] as const),
  );

  it.each(cases)(
    'has loss and gradient of a network with as many time steps: %s, %s',
    (_, __, own, method) => {
      const ofLength = (T: number) =>
        networkFrom({
          ...spec,
          T,
          factors: [{ ...spec.factors[0], sequence: true, readDecay: 0.8, ...own }],
        });
      const long = ofLength(7);
      const { theta, data } = randomCase(long, [3], 8, true);
      const [{ rows, width, inputs, scale }] = data.factors;
      const cut = Float64Array.from({ length: rows * 2 * (AT + 1) }, (_, n) => {
        const each = 2 * (AT + 1);
        return inputs[Math.floor(n / each) * width + (n % each)];
      });
      const short = { ...data, factors: [{ rows, width: 2 * (AT + 1), inputs: cut, scale }] };
      const read = { ...data, factors: [{ ...data.factors[0], readAt: new Uint16Array(rows).fill(AT) }] };
      const expected = gradientBy(method, ofLength(AT + 1), theta, short);
      const actual = gradientBy(method, long, theta, read);
      expect(worstError([actual.loss], [expected.loss])).toBeLessThan(1e-13);
      expect(worstError(actual.gradient, expected.gradient)).toBeLessThan(1e-12);
      expect(expected.gradient.some((g) => g !== 0)).toBe(true);
      expect(worstError(gradientBy(method, long, theta, data).gradient, actual.gradient)).toBeGreaterThan(
        1e-3,
      );
    },
  );
});

describe('a sequence', () => {
  const network = fed(held);
  const changing = randomCase(network, [4, 3], 6, true);

  it.each<[string, Partial<FactorSpec & NetworkSpec>]>([
    ['LIF', {}],
    ['CuBa-LIF', { synapse: { kind: 'exponential', decay: 0.6 } }],
    ['CuBa-LIF, reset to zero', { synapse: { kind: 'exponential', decay: 0.3 }, reset: 'zero' }],
    ['SRM', { synapse: RESPONSE }],
    ['SRM, filtered read-out', { synapse: RESPONSE, readDecay: 0.7 }],
  ])('gives the same gradient by reverse mode as by forward mode, parameter by parameter: %s', (_, own) => {
    const network = {
      ...fed(held),
      ...own,
      factors: fed(held).factors.map((factor) => ({ ...factor, ...own })),
    };
    const { gradient } = backprop(network, changing.theta, changing.data, surrogate);
    expect(gradient.filter((g) => g !== 0).length).toBeGreaterThan(gradient.length / 2);
    const units = Array.from(gradient, (_, j) => {
      const unit = new Float64Array(gradient.length);
      unit[j] = 1;
      return tangentOf(network.layout, unit);
    });
    const { derivatives } = forwardMode(network, changing.theta, changing.data, units, surrogate);
    expect(worstError(gradient, derivatives)).toBeLessThan(1e-12);
  });

  it('counts at every step: swapping two moments changes the gradient', () => {
    const { factors, target } = changing.data;
    const [first, ...others] = factors;
    const inputs = first.inputs.slice();
    inputs.copyWithin(0, 3, 6);
    inputs.set(first.inputs.subarray(0, 3), 3);
    const swapped = { factors: [{ ...first, inputs }, ...others], target };
    const [a, b] = [changing.data, swapped].map((one) => backprop(network, changing.theta, one, surrogate));
    expect(worstError(a.gradient, b.gradient)).toBeGreaterThan(1e-3);
  });
});

import { describe, expect, it } from 'vitest';
import { dot, networkOf, randomCase, worstError } from '../../tests/support/snn.ts';
import { meansBelow } from './activity.ts';
import { backprop } from './backprop.ts';
import { type FactorSpec, type Network, networkFrom, timeWeights } from './network.ts';
import type { SynapseSpec } from './neuron.ts';
import { RandomSequence, Stream } from './random.ts';
import { simulate } from './simulate.ts';
import {
  type Kernels,
  kernelsOf,
  potentialKernels,
  SynapseAdjoints,
  Synapses,
  sequenceWeights,
} from './synapse.ts';

const RESPONSE = {
  kind: 'response',
  seed: 4,
  longestDelay: 5,
  decays: [0.1, 0.7],
  refractory: [0.3, 0.9],
} as const;
const CUBA: SynapseSpec = { kind: 'exponential', decay: 0.6 };

/** A network of one factor that is fed a sequence. */
function fed(own: Partial<FactorSpec>, { T = 12, leak = 0.8, widths = [3, 20, 9] } = {}): Network {
  const network = networkOf([widths], { T, leak });
  return networkFrom({ ...network, factors: [{ ...network.factors[0], sequence: true, ...own }] });
}

const kernelsIn = (network: Network, depth = 0): Kernels => {
  const kernels = kernelsOf(network, network.layout.hidden[0][depth]);
  if (!kernels) throw new Error('there is no synapse');
  return kernels;
};

describe('constants', () => {
  const longest = { ...RESPONSE, longestDelay: 3 };

  it('lie within their bounds, and delays take every value', () => {
    const { delay, decay, height, before, leak, filtersBias } = kernelsIn(
      fed({ synapse: longest }, { widths: [1, 400] }),
    );
    const within = (values: Float32Array, [least, most]: readonly [number, number]) => {
      const span = most - least;
      expect(Math.min(...values)).toBeGreaterThanOrEqual(Math.fround(least));
      expect(Math.max(...values)).toBeLessThanOrEqual(Math.fround(most));
      // Of 400 uniform numbers none in the least or in the greatest twentieth: chance 10⁻⁹.
      expect(Math.min(...values)).toBeLessThan(least + span / 20);
      expect(Math.max(...values)).toBeGreaterThan(most - span / 20);
    };
    within(decay, longest.decays);
    within(leak, longest.refractory);
    expect(new Set(delay)).toEqual(new Set([0, 1, 2, 3]));
    expect(before).toEqual(leak);
    expect(height).toEqual(decay.map((a) => 1 - a));
    expect(filtersBias).toBe(false);
  });

  it('depend on seed and layer, and on nothing else', () => {
    const network = fed({ synapse: RESPONSE }, { widths: [3, 20, 20] });
    const same = fed({ synapse: { ...RESPONSE }, readDecay: 0.5 }, { widths: [3, 20, 20], T: 4, leak: 1 });
    const other = fed({ synapse: { ...RESPONSE, seed: 5 } }, { widths: [3, 20, 20] });
    expect(kernelsIn(same)).toEqual(kernelsIn(network));
    expect(kernelsIn(other)).not.toEqual(kernelsIn(network));
    expect(kernelsIn(network, 1)).not.toEqual(kernelsIn(network));
  });

  it('of CuBa-LIF are the same for all neurons', () => {
    const { delay, decay, height, before, leak, filtersBias } = kernelsIn(fed({ synapse: CUBA }));
    const all = (values: ArrayLike<number>, value: number) =>
      expect(new Set(Array.from(values))).toEqual(new Set([Math.fround(value)]));
    all(delay, 0);
    all(decay, 0.6);
    all(height, 1);
    all(before, 0);
    all(leak, 0.8);
    expect(filtersBias).toBe(true);
  });

  it('are none where currents charge membranes as they are', () => {
    const network = fed({});
    expect(kernelsOf(network, network.layout.hidden[0][0])).toBeUndefined();
  });
});

describe('synapses over time', () => {
  const [T, width] = [9, 40];
  const random = new RandomSequence(7, Stream.data);
  const draw = (length: number) => Float64Array.from({ length }, () => random.symmetric(1));
  const overTime = () => Array.from({ length: T }, () => draw(width));
  const share = () => Float32Array.from({ length: width }, () => random.uniform());

  it.each([true, false])('have the adjoint for their transpose; the bias passes them: %s', (filtersBias) => {
    const kernels: Kernels = {
      delay: Uint32Array.from({ length: width }, () => random.below(T + 4)),
      ...{ decay: share(), height: share(), before: share(), leak: share(), filtersBias },
    };
    kernels.height[0] = 1;
    kernels.before[0] = 0;
    expect(Math.max(...kernels.delay)).toBeGreaterThan(T);
    expect(Math.min(...kernels.delay)).toBe(0);
    const synapses = new Synapses(kernels, T);
    const adjoints = new SynapseAdjoints(kernels, T);
    // Several rows with the same objects: nothing is left of the row before.
    for (let row = 0; row < 4; row++) {
      const [currents, membranes, bias] = [overTime(), overTime(), draw(width)];
      const out = new Float64Array(width);
      let [forward, backward] = [0, 0];
      synapses.rest();
      for (let t = 0; t < T; t++) {
        const z = currents[t].map((a, j) => a + bias[j]);
        synapses.charge(t, z, bias, out);
        forward += dot(out, membranes[t]);
      }
      adjoints.rest();
      for (let t = T - 1; t >= 0; t--) {
        adjoints.back(t, membranes[t], out, (j, value) => {
          backward += value * bias[j];
        });
        backward += dot(out, currents[t]);
      }
      expect(Math.abs(forward)).toBeGreaterThan(0.01);
      expect(worstError([backward], [forward])).toBeLessThan(1e-12);
    }
  });

  it('carry nothing that arrives after the last time step, and answer a unit current by their kernel', () => {
    const kernels: Kernels = {
      ...{ delay: Uint32Array.of(0, 2, T), decay: Float32Array.of(0.5, 0.25, 0.5) },
      ...{ height: Float32Array.of(1, 0.75, 0.5), before: new Float32Array(3), leak: new Float32Array(3) },
      filtersBias: true,
    };
    const synapses = new Synapses(kernels, T);
    const none = new Float64Array(3);
    synapses.rest();
    const answers = Array.from({ length: T }, (_, t) => {
      const out = new Float64Array(3);
      synapses.charge(
        t,
        none.map(() => (t === 0 ? 1 : 0)),
        none,
        out,
      );
      return out;
    });
    answers.forEach((out, t) => {
      expect([...out]).toEqual([0.5 ** t, t < 2 ? 0 : 0.75 * 0.25 ** (t - 2), 0]);
    });
  });
});

describe('an SRM neuron written as one with a leak', () => {
  it.each([0, 1])(
    'has U = b + I + R, of kernels and spikes over all time steps before: layer %i',
    (depth) => {
      const network = fed({ synapse: RESPONSE }, { T: 15 });
      const { theta, data } = randomCase(network, [2], 3);
      const { T, threshold } = network;
      const [input] = data.factors;
      const { history } = simulate({ network, theta, factor: 0, data: input, keepHistory: true });
      const layer = network.layout.hidden[0][depth];
      const { inputs, outputs } = layer;
      const { delay, decay, leak } = kernelsIn(network, depth);
      const fedAt = (s: number, row: number, i: number) =>
        depth === 0
          ? input.inputs[row * input.width + s * inputs + i]
          : (history?.spikes[0][(s * input.rows + row) * inputs + i] ?? Number.NaN);
      const spikeAt = (s: number, row: number, j: number) =>
        history?.spikes[depth][(s * input.rows + row) * outputs + j] ?? Number.NaN;
      const expected = new Float64Array(T * input.rows * outputs);
      for (let t = 0; t < T; t++)
        for (let row = 0; row < input.rows; row++)
          for (let j = 0; j < outputs; j++) {
            let U = theta[layer.biases + j];
            for (let s = 0; s + delay[j] <= t; s++) {
              const kernel = Math.fround(1 - decay[j]) * decay[j] ** (t - delay[j] - s);
              for (let i = 0; i < inputs; i++)
                U += kernel * theta[layer.weights + j * inputs + i] * fedAt(s, row, i);
            }
            for (let s = 0; s < t; s++) U -= threshold * leak[j] ** (t - s) * spikeAt(s, row, j);
            expected[(t * input.rows + row) * outputs + j] = U;
          }
      expect(history?.spikes[depth]).toContain(1);
      expect(worstError(history?.membranes[depth] ?? [], expected)).toBeLessThan(1e-13);
    },
  );
});

describe('weights Ω of a sequence', () => {
  const weightsOf = (network: Network) => {
    const [layer] = network.layout.hidden[0];
    const weights = sequenceWeights(network, layer);
    return Array.from({ length: layer.outputs }, (_, j) =>
      Array.from({ length: network.T }, (_, t) => weights[t * layer.outputs + j]),
    );
  };
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

  it.each<[string, Partial<FactorSpec>, number]>([
    ['IF', {}, 1],
    ['LIF', {}, 0.8],
    ['CuBa-LIF', { synapse: CUBA }, 0.8],
    ['CuBa-LIF, filtered read-out', { synapse: CUBA, readDecay: 0.7 }, 0.8],
  ])('sum to 1 where the bias takes the same way as currents: %s', (_, own, leak) => {
    for (const weights of weightsOf(fed(own, { leak }))) {
      expect(sum(weights)).toBeCloseTo(1, 13);
      expect(Math.min(...weights)).toBeGreaterThan(0);
    }
  });

  it('fall linearly to an IF neuron, whose currents count from when they come', () => {
    const T = 12;
    for (const weights of weightsOf(fed({}, { T, leak: 1 })))
      weights.forEach((weight, t) => {
        expect(weight).toBeCloseTo((2 * (T - t)) / (T * (T + 1)), 14);
      });
  });

  it.each<[string, Partial<FactorSpec>]>([
    ['LIF', {}],
    ['CuBa-LIF, filtered read-out', { synapse: CUBA, readDecay: 0.7 }],
    ['SRM', { synapse: RESPONSE }],
    ['SRM, filtered read-out', { synapse: RESPONSE, readDecay: 0.9 }],
  ])(
    'make of the gradient of a bias that of the weights where the surrogate is the same at all times: %s',
    (_, own) => {
      const network = fed(own, { widths: [3, 20] });
      const { theta, data } = randomCase(network, [1], 9);
      const [{ weights, biases, inputs, outputs }] = network.layout.hidden[0];
      const { gradient } = backprop(network, theta, data, { kind: 'SG', sigma: 1e4, samples: 1 });
      const [[{ values }]] = meansBelow(network, data, [[]]);
      const scale = Math.max(...gradient.subarray(biases, biases + outputs).map(Math.abs));
      expect(scale).toBeGreaterThan(0);
      const expected = Array.from(values, (x, n) => (gradient[biases + Math.floor(n / inputs)] * x) / scale);
      const actual = gradient.subarray(weights, biases).map((g) => g / scale);
      expect(worstError(actual, expected)).toBeLessThan(1e-6);
      expect(expected.length).toBe(inputs * outputs);
    },
  );

  it('are those of the rates where nothing is kept', () => {
    const network = fed({ readDecay: 0.7 }, { leak: 0 });
    const share = timeWeights(network, 0);
    for (const weights of weightsOf(network)) expect(worstError(weights, share)).toBeLessThan(1e-14);
  });

  it('to an SRM neuron lack what its kernel has not yet given at the end', () => {
    const network = fed({ synapse: { ...RESPONSE, longestDelay: 14 } });
    const { delay, decay } = kernelsIn(network);
    expect(Math.max(...delay)).toBeGreaterThan(network.T);
    const share = timeWeights(network, 0);
    weightsOf(network).forEach((weights, j) => {
      // The area of a kernel of area 1 up to each time step.
      const given = share.map((w, t) => (t < delay[j] ? 0 : w * (1 - decay[j] ** (t - delay[j] + 1))));
      expect(sum(weights)).toBeCloseTo(sum([...given]), 6);
      expect(sum(weights)).toBeLessThan(1);
    });
  });
});

describe('the potential’s kernels', () => {
  it.each([
    ['SRM', { synapse: RESPONSE }, false],
    ['CuBa-LIF', { synapse: CUBA }, true],
    ['LIF', {}, true],
  ] as const)('are what a unit input leaves of the membrane potential: %s', (_, own, ofUnitArea) => {
    const network = networkFrom({ ...fed(own, { widths: [1, 20] }), threshold: 1e6 });
    const [layer] = network.layout.hidden[0];
    const theta = new Float64Array(network.layout.size);
    theta.fill(1, layer.weights, layer.biases);
    const { T } = network;
    const impulse = { rows: 1, width: T, inputs: new Float64Array(T), scale: new Float64Array(1).fill(1) };
    impulse.inputs[0] = 1;
    const { membranes } = simulate({ network, theta, factor: 0, data: impulse, keepHistory: true }).history!;
    const kernels = potentialKernels(network, layer);
    for (let j = 0; j < layer.outputs; j++) {
      const own = kernels.subarray(j * T, (j + 1) * T);
      const left = Float64Array.from({ length: T }, (__, t) => membranes[0][t * layer.outputs + j]);
      const area = left.reduce((a, b) => a + b, 0);
      expect(worstError(own, ofUnitArea ? left.map((value) => value / area) : left)).toBeLessThan(1e-12);
      expect(left.some((value) => value > 0)).toBe(true);
    }
  });
});

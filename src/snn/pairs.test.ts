import { describe, expect, it } from 'vitest';
import { initialise, networkOf } from '../../tests/support/snn.ts';
import { type Dataset, type FactorSpec, type Layer, type Network, networkFrom } from './network.ts';
import type { SynapseSpec } from './neuron.ts';
import { RandomSequence, Stream } from './random.ts';
import { simulate } from './simulate.ts';
import { potentialKernels } from './synapse.ts';

const T = 9;
const ROWS = 150;
const RESPONSE: SynapseSpec = {
  kind: 'response',
  seed: 4,
  longestDelay: 3,
  decays: [0.1, 0.7],
  refractory: [0.3, 0.6],
};
const CUBA: SynapseSpec = { kind: 'exponential', decay: 0.6 };

function fed(own: Partial<FactorSpec>, { threshold = 1.5, hidden = [24, 24] } = {}): Network {
  const network = networkOf([[2, ...hidden]], { T, leak: 0.8, threshold });
  return networkFrom({ ...network, factors: [{ ...network.factors[0], sequence: true, ...own }] });
}

/** Sequences of two waves of their own each, and a target that depends on the last value. */
const DATA: Dataset = (() => {
  const random = new RandomSequence(3, Stream.data);
  const inputs = new Float32Array(ROWS * T * 2);
  for (let row = 0; row < ROWS; row++)
    for (let i = 0; i < 2; i++) {
      const [phase, pace] = [random.symmetric(3), 0.2 + random.uniform()];
      for (let t = 0; t < T; t++) inputs[(row * T + t) * 2 + i] = 1.3 * Math.sin(phase + pace * t);
    }
  const target = Float32Array.from({ length: ROWS }, (_, row) =>
    Math.sin(3 * inputs[((row + 1) * T - 1) * 2]),
  );
  return { factors: [{ rows: ROWS, width: 2 * T, inputs, scale: new Float32Array(ROWS).fill(1) }], target };
})();

const start = (network: Network, data = DATA) =>
  initialise({ kind: 'data', gain: 1, currentStd: 1 }, network, data, 5);

/** What each neuron of a layer sees of each row at the last time step, found from spikes and kernels: [neuron][row] of [input]. */
function seen(network: Network, theta: Float64Array, layer: Layer): number[][][] {
  const kernels = potentialKernels(network, layer);
  const { history } = simulate({ network, theta, factor: 0, data: DATA.factors[0], keepHistory: true });
  const at = (row: number, t: number, i: number) =>
    layer.depth === 0
      ? DATA.factors[0].inputs[(row * T + t) * layer.inputs + i]
      : history!.spikes[layer.depth - 1][(t * ROWS + row) * layer.inputs + i];
  return Array.from({ length: layer.outputs }, (_, j) =>
    Array.from({ length: ROWS }, (__, row) =>
      Array.from({ length: layer.inputs }, (___, i) => {
        let sum = 0;
        for (let k = 0; k < T; k++) sum += kernels[j * T + k] * at(row, T - 1 - k, i);
        return sum;
      }),
    ),
  );
}

/** The pair of rows that a neuron was made from: its current has the two values there, and W lies along their difference. */
function pairOf(
  theta: Float64Array,
  layer: Layer,
  j: number,
  sights: readonly number[][],
  [from, to]: readonly number[],
) {
  const w = theta.subarray(layer.weights + j * layer.inputs, layer.weights + (j + 1) * layer.inputs);
  const currents = sights.map((x) =>
    x.reduce((sum, value, i) => sum + w[i] * value, theta[layer.biases + j]),
  );
  const norm = w.reduce((sum, x) => sum + x * x, 0);
  const near = (value: number, wanted: number) => Math.abs(value - wanted) < 2e-5;
  for (const [a, atA] of currents.entries()) {
    if (!near(atA, from)) continue;
    for (const [b, atB] of currents.entries()) {
      if (!near(atB, to)) continue;
      const along = sights[b].every((x, i) => near(x - sights[a][i], ((to - from) * w[i]) / norm));
      if (along) return { a, b, distance: (to - from) / Math.sqrt(norm) };
    }
  }
  return undefined;
}

describe.each([
  ['SRM', { synapse: RESPONSE }, [1.5, 10.5]],
  ['CuBa-LIF', { synapse: CUBA }, [0, 1]],
  ['LIF', {}, [0, 1]],
] as const)('pairs of sequences, %s', (_, own, currents) => {
  const network = fed(own);
  const theta = start(network);
  const [first, second] = network.layout.hidden[0];

  it.each([
    ['first', first, 0.3],
    ['second', second, 0.2],
  ] as const)('give the neurons of the %s layer their weights', (__, layer, least) => {
    const sights = seen(network, theta, layer);
    const pairs = sights.map((of, j) => pairOf(theta, layer, j, of, currents));
    for (const pair of pairs) expect(pair?.distance).toBeGreaterThanOrEqual(Math.sqrt(least) - 1e-5);
    expect(new Set(pairs.map((pair) => `${pair?.a} ${pair?.b}`)).size).toBeGreaterThan(layer.outputs / 2);
  });
});

it.each([
  ['SRM', { synapse: RESPONSE }],
  ['CuBa-LIF', { synapse: CUBA }],
] as const)('sees a row as it is when it is read, %s', (_, own) => {
  const AT = 5;
  const [{ rows, width, inputs, scale }] = DATA.factors;
  const each = 2 * (AT + 1);
  const cut = Float32Array.from(
    { length: rows * each },
    (__, n) => inputs[Math.floor(n / each) * width + (n % each)],
  );
  const long = fed({ ...own, readDecay: 0.9 }, { hidden: [24] });
  const short = networkFrom({ ...long, T: AT + 1 });
  const expected = start(short, { ...DATA, factors: [{ rows, width: each, inputs: cut, scale }] });
  const read = { ...DATA, factors: [{ ...DATA.factors[0], readAt: new Uint16Array(rows).fill(AT) }] };
  const actual = start(long, read);
  for (let j = 0; j < expected.length; j++) expect(actual[j]).toBeCloseTo(expected[j], 4);
  expect(start(long).some((x, j) => Math.abs(x - actual[j]) > 0.1)).toBe(true);
});

it('makes an SRM neuron’s potential ϑ and 7ϑ at the last time step, but for its own spikes', () => {
  // At a threshold out of reach the start is that of the low one times a factor, and nothing spikes.
  const far = 1e6;
  const network = fed({ synapse: RESPONSE }, { threshold: far, hidden: [24] });
  const theta = start(network).map((x) => x / far);
  const quiet = { network, theta, factor: 0, data: DATA.factors[0], keepHistory: true };
  const { membranes } = simulate(quiet).history!;
  for (let j = 0; j < 24; j++) {
    const potentials = Array.from(
      { length: ROWS },
      (_, row) => membranes[0][((T - 1) * ROWS + row) * 24 + j],
    );
    for (const wanted of [1, 7])
      expect(Math.min(...potentials.map((value) => Math.abs(value - wanted)))).toBeLessThan(1e-5);
  }
});

it('chooses in deeper layers pairs between which the targets of all other rows change', () => {
  const operator = networkOf(
    [
      [2, 12, 40],
      [1, 4],
    ],
    { T: 16, rank: 2 },
  );
  const random = new RandomSequence(8, Stream.data);
  const inputs = Float32Array.from({ length: 2 * ROWS }, () => random.symmetric(1.5));
  const trunk = { rows: 3, width: 1, inputs: Float32Array.of(-1, 0, 1), scale: new Float32Array(3).fill(1) };
  // Only rows in the right half differ from one another.
  const target = Float32Array.from({ length: 3 * ROWS }, (_, n) => {
    const x = inputs[2 * Math.floor(n / 3)];
    return x < 0 ? 0 : 50 * random.normal();
  });
  const data = {
    factors: [{ rows: ROWS, width: 2, inputs, scale: new Float32Array(ROWS).fill(1) }, trunk],
    target,
  };
  const theta = start(operator, data);
  const second = operator.layout.hidden[0][1];
  const { rates } = simulate({ network: operator, theta, factor: 0, data: data.factors[0] });
  const sights = Array.from({ length: ROWS }, (_, row) =>
    Array.from(rates[0].subarray(12 * row, 12 * (row + 1))),
  );
  let differing = 0;
  for (let j = 0; j < second.outputs; j++) {
    const pair = pairOf(theta, second, j, sights, [0, 1])!;
    if (inputs[2 * pair.a] >= 0 || inputs[2 * pair.b] >= 0) differing++;
  }
  expect(differing).toBe(second.outputs);
});

it('leaves weights at zero where a current arrives after the last time step', () => {
  const late = { ...RESPONSE, longestDelay: 200, seed: 1 };
  const network = fed({ synapse: late }, { hidden: [60] });
  const theta = start(network);
  const kernels = potentialKernels(network, network.layout.hidden[0][0]);
  let idle = 0;
  for (let j = 0; j < 60; j++) {
    const deaf = kernels.subarray(j * T, (j + 1) * T).every((value) => value === 0);
    if (deaf) idle++;
    expect(theta[2 * j] === 0 && theta[2 * j + 1] === 0).toBe(deaf);
  }
  expect(idle).toBeGreaterThan(0);
  expect(idle).toBeLessThan(60);
});

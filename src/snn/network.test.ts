import { describe, expect, it } from 'vitest';
import { networkOf } from '../../tests/support/snn.ts';
import { isHeld, layoutOf, perFactor, readStepOf, rowWidth, timeWeights, timeWeightsOf } from './network.ts';

const HAT = networkOf([[2, 16, 16]]);
const POISSON = networkOf(
  [
    [10, 32],
    [1, 32],
  ],
  { rank: 8 },
);
const REACTION = networkOf(
  [
    [6, 16],
    [1, 16],
    [1, 16],
  ],
  { rank: 8 },
);
const UNEVEN = networkOf(
  [
    [3, 5, 4],
    [1, 6],
  ],
  { rank: 2, localRank: 3 },
);

describe('layoutOf', () => {
  it('has the sizes of the experiments', () => {
    expect(layoutOf(HAT).size).toBe(337);
    expect(layoutOf(POISSON).size).toBe(944);
    expect(layoutOf(REACTION).size).toBe(584);
  });

  it('counts an affine map as a layer: 3, 4 and 6, and with local losses 5, 6 and 9', () => {
    const counts = (localRank: number) =>
      [HAT, POISSON, REACTION].map((n) => layoutOf({ ...n, localRank }).layers.length);
    expect(counts(0)).toEqual([3, 4, 6]);
    expect(counts(4)).toEqual([5, 6, 9]);
  });

  it('lays the layers one after the other, weights then bias, without gaps', () => {
    for (const network of [HAT, POISSON, REACTION, UNEVEN]) {
      const { layers, size } = layoutOf(network);
      let end = 0;
      layers.forEach((layer, index) => {
        expect(layer.index).toBe(index);
        expect(layer.weights).toBe(end);
        expect(layer.biases).toBe(end + layer.inputs * layer.outputs);
        expect(layer.end).toBe(layer.biases + layer.outputs);
        end = layer.end;
      });
      expect(size).toBe(end);
    }
  });

  it('adds local heads behind everything else', () => {
    for (const network of [HAT, POISSON, REACTION]) {
      const plain = layoutOf(network);
      const local = layoutOf({ ...network, localRank: 4 });
      expect(local.layers.slice(0, plain.layers.length)).toEqual(plain.layers);
      expect(local.heads[0]).toEqual(plain.heads[0]);
    }
  });

  it('has one local head for each hidden depth with weight 1/N', () => {
    const { heads, layers } = layoutOf(UNEVEN);
    expect(heads.map(({ rank, weight }) => [rank, weight])).toEqual([
      [2, 1],
      [3, 0.5],
      [3, 0.5],
    ]);
    // The second factor has one hidden layer: it serves both depths.
    const read = heads.map((head) =>
      head.layers.map((index) => [layers[index].factor, layers[index].depth, layers[index].inputs]),
    );
    expect(read).toEqual([
      [
        [0, 1, 4],
        [1, 0, 6],
      ],
      [
        [0, 0, 5],
        [1, 0, 6],
      ],
      [
        [0, 1, 4],
        [1, 0, 6],
      ],
    ]);
    for (const head of heads) for (const index of head.layers) expect(layers[index].outputs).toBe(head.rank);
  });

  it('names the layers', () => {
    expect(layoutOf({ ...HAT, localRank: 1 }).layers.map((layer) => layer.name)).toEqual([
      'hidden 1',
      'hidden 2',
      'read-out',
      'local 1',
      'local 2',
    ]);
    expect(layoutOf(POISSON).layers.map((layer) => layer.name)).toEqual([
      'factor0 hidden 1',
      'factor0 read-out',
      'factor1 hidden 1',
      'factor1 read-out',
    ]);
  });

  it('finds the hidden layers by factor and depth', () => {
    const { hidden, layers } = layoutOf(UNEVEN);
    expect(hidden.map((list) => list.map((layer) => [layer.inputs, layer.outputs]))).toEqual([
      [
        [3, 5],
        [5, 4],
      ],
      [[1, 6]],
    ]);
    for (const layer of hidden.flat()) expect(layers[layer.index]).toBe(layer);
  });
});

describe('perFactor', () => {
  it('repeats a single entry', () => {
    expect(perFactor([7], 3)).toEqual([7, 7, 7]);
    expect(perFactor([7, 8, 9], 3)).toEqual([7, 8, 9]);
  });
});

describe('factors over time', () => {
  const [branch, trunk] = networkOf([
    [10, 32],
    [2, 32],
  ]).factors;
  const network = (own: Partial<typeof branch>) => ({
    ...networkOf([[1, 1]], { T: 7 }),
    factors: [{ ...branch, ...own }, trunk],
  });

  it('weigh their spikes equally, or the later ones more, by weights of sum 1', () => {
    expect([...timeWeights(network({}), 0)]).toEqual(Array(7).fill(1 / 7));
    for (const readDecay of [0.05, 0.7, 1]) {
      const weights = timeWeights(network({ readDecay }), 0);
      expect(weights.length).toBe(7);
      expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 14);
      for (let t = 1; t < 7; t++) expect(weights[t - 1] / weights[t]).toBeCloseTo(readDecay, 13);
      expect([...timeWeights(network({ readDecay }), 1)]).toEqual(Array(7).fill(1 / 7));
    }
  });

  it('read at an earlier time step weigh their spikes as if it were the last one, and later ones not at all', () => {
    const short = { ...network({ readDecay: 0.7 }), T: 5 };
    const weights = timeWeights(network({ readDecay: 0.7 }), 0, 4);
    expect([...weights]).toEqual([...timeWeights(short, 0), 0, 0]);
    const readAt = Uint16Array.of(4, 6);
    expect(timeWeightsOf(network({ readDecay: 0.7 }), 0, { readAt })(0)).toEqual(weights);
    const steps = (own: Partial<typeof branch>) => [0, 1].map(readStepOf(network(own), 0, { readAt }));
    expect(steps({ readDecay: 0.7 })).toEqual([4, 6]);
    // Mean rates are those of all time steps.
    expect(steps({})).toEqual([6, 6]);
    expect([0, 1].map(readStepOf(network({ readDecay: 0.7 }), 0, {}))).toEqual([6, 6]);
  });

  it('have T times as many numbers in a row of a sequence', () => {
    expect([0, 1].map((m) => rowWidth(network({}), m))).toEqual([10, 2]);
    expect([0, 1].map((m) => rowWidth(network({ sequence: true }), m))).toEqual([70, 2]);
  });

  it('charge their first layers alike at all time steps unless they are fed a sequence or have synapses', () => {
    const held = (own: Partial<typeof branch>) => [0, 1].map((m) => isHeld(network(own), m));
    expect(held({})).toEqual([true, true]);
    expect(held({ readDecay: 0.5 })).toEqual([true, true]);
    expect(held({ sequence: true })).toEqual([false, true]);
    expect(held({ synapse: { kind: 'exponential', decay: 0.5 } })).toEqual([false, true]);
  });
});

import { describe, expect, it } from 'vitest';
import { initialise, networkOf } from '../../tests/support/snn.ts';
import type { InitialisationKind, InitialisationSpec } from './initialise.ts';
import { type Dataset, type Layer, type Network, networkFrom } from './network.ts';
import { RandomSequence, Stream } from './random.ts';
import { simulate } from './simulate.ts';

const SPEC: InitialisationSpec = { kind: 'uniform', gain: 2, currentStd: 0.15 };
const HAT = networkOf([[2, 16, 16]], { T: 32 });
const OPERATOR = networkOf(
  [
    [10, 32, 8],
    [1, 32],
    [1, 16],
  ],
  { T: 32, rank: 8, localRank: 4 },
);

/** Uniform points of the square with a smooth target; normal sensor values and coordinates for operators. */
function dataOf(network: Network, rows: number[]): Dataset {
  const random = new RandomSequence(7, Stream.data);
  const factors = network.factors.map(({ inputs: width }, m) => ({
    rows: rows[m],
    width,
    inputs: Float32Array.from({ length: rows[m] * width }, () =>
      width > 2 ? 0.3 + random.normal() : random.symmetric(1),
    ),
    scale: new Float32Array(rows[m]).fill(1),
  }));
  const points = rows.reduce((n, r) => n * r, 1);
  const { inputs } = factors[0];
  const target = Float32Array.from({ length: points }, (_, n) =>
    rows.length > 1 ? random.normal() : Math.sin(3 * inputs[2 * n]),
  );
  return { factors, target };
}

const hatData = dataOf(HAT, [400]);
const operatorData = dataOf(OPERATOR, [200, 11, 11]);
const theta = (kind: InitialisationKind, network: Network, seed = 1) =>
  initialise({ ...SPEC, kind }, network, network === OPERATOR ? operatorData : hatData, seed);
const std = (values: number[]) => {
  const mean = values.reduce((a, b) => a + b) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
};
const weightsOf = (values: Float64Array, layer: Layer) =>
  Array.from(values.subarray(layer.weights, layer.biases));
const biasesOf = (values: Float64Array, layer: Layer) => Array.from(values.subarray(layer.biases, layer.end));

describe('initialise', () => {
  const cases: [InitialisationKind, Network][] = [
    ['uniform', HAT],
    ['data', HAT],
    ['operator', OPERATOR],
    ['uniform', OPERATOR],
  ];
  for (const [kind, network] of cases) {
    it(`is a float32-rounded function of the seed: ${kind}, ${network.factors.length} factor(s)`, () => {
      const values = theta(kind, network);
      expect(values).toHaveLength(network.layout.size);
      expect(theta(kind, network)).toEqual(values);
      expect(theta(kind, network, 2)).not.toEqual(values);
      for (const value of values) expect(value).toBe(Math.fround(value));
    });
  }

  it('gives networks with and without local losses the same weights', () => {
    for (const [kind, network] of cases) {
      const plain = initialise(
        { ...SPEC, kind },
        networkFrom({ ...network, localRank: 0 }),
        network === OPERATOR ? operatorData : hatData,
        1,
      );
      const local = networkFrom({ ...network, localRank: 3 });
      const values = initialise({ ...SPEC, kind }, local, network === OPERATOR ? operatorData : hatData, 1);
      expect(values.slice(0, plain.length)).toEqual(plain);
      expect(values.length).toBeGreaterThan(plain.length);
    }
  });
});

describe('uniform', () => {
  it('fills ±gain/√fan-in in hidden layers and ±1/√fan-in in read-outs and local heads', () => {
    const network = networkFrom({ ...HAT, localRank: 2 });
    const { layout } = network;
    for (const gain of [1, 2]) {
      const list = Array.from({ length: 20 }, (_, seed) =>
        initialise({ ...SPEC, gain }, network, hatData, seed),
      );
      for (const layer of layout.layers) {
        const bound = (layer.role === 'hidden' ? gain : 1) / Math.sqrt(layer.inputs);
        for (const part of [weightsOf, biasesOf]) {
          const values = list.flatMap((t) => part(t, layer));
          const largest = Math.max(...values.map(Math.abs));
          expect(largest).toBeLessThanOrEqual(bound);
          expect(largest).toBeGreaterThan(0.9 * bound);
          expect(Math.abs(std(values) / (bound / Math.sqrt(3)) - 1)).toBeLessThan(0.2);
        }
      }
    }
  });
});

describe('the layers', () => {
  it('have random streams of their own', () => {
    const { layout } = OPERATOR;
    const values = theta('uniform', OPERATOR);
    const first = layout.layers.map(
      ({ role, inputs, weights }) =>
        (values[weights] * Math.sqrt(inputs)) / (role === 'hidden' ? SPEC.gain : 1),
    );
    expect(new Set(first.map((u) => u.toFixed(5))).size).toBe(layout.layers.length);
  });
});

describe('data', () => {
  const { layout } = HAT;
  const values = theta('data', HAT);
  const [first, second, readout] = layout.layers;
  const { rates } = simulate({ network: HAT, theta: values, factor: 0, data: hatData.factors[0] });

  /** Pairs of points between which each neuron's current goes from 0 to 1, found from its weights. */
  function pairsOf(layer: Layer, points: ArrayLike<number>) {
    const rows = hatData.factors[0].rows;
    return Array.from({ length: layer.outputs }, (_, j) => {
      const w = values.subarray(layer.weights + j * layer.inputs, layer.weights + (j + 1) * layer.inputs);
      const current = (row: number) =>
        w.reduce((sum, x, i) => sum + x * points[row * layer.inputs + i], values[layer.biases + j]);
      const currents = Array.from({ length: rows }, (_, row) => current(row));
      const squared = 1 / w.reduce((sum, x) => sum + x * x, 0);
      for (let a = 0; a < rows; a++) {
        if (Math.abs(currents[a]) > 1e-5) continue;
        for (let b = 0; b < rows; b++) {
          if (Math.abs(currents[b] - 1) > 1e-5) continue;
          // b - a = w |b - a|²
          const off = w.some(
            (x, i) =>
              Math.abs(points[b * layer.inputs + i] - points[a * layer.inputs + i] - x * squared) > 1e-5,
          );
          if (!off) return { a, b, squared };
        }
      }
      return undefined;
    });
  }
  const steepness = ({ a, b, squared }: { a: number; b: number; squared: number }) =>
    Math.abs(hatData.target[b] - hatData.target[a]) / Math.sqrt(squared);
  const mean = (list: number[]) => list.reduce((x, y) => x + y) / list.length;

  it('spans the first layer between pairs of points at least √0.3 apart', () => {
    const pairs = pairsOf(first, hatData.factors[0].inputs);
    expect(pairs).toHaveLength(16);
    for (const pair of pairs) expect(pair?.squared).toBeGreaterThanOrEqual(0.3 - 1e-6);
    expect(new Set(pairs.map((pair) => `${pair?.a} ${pair?.b}`)).size).toBe(16);
  });

  it('spans the second layer between rates √0.2 apart, rather where the target is steep', () => {
    const pairs = pairsOf(second, rates[0]);
    for (const pair of pairs) expect(pair?.squared).toBeGreaterThanOrEqual(0.2 - 1e-6);
    const random = new RandomSequence(2, Stream.data);
    const others: number[] = [];
    while (others.length < 2000) {
      const [a, b] = [random.below(400), random.below(400)];
      let squared = 0;
      for (let i = 0; i < 16; i++) squared += (rates[0][b * 16 + i] - rates[0][a * 16 + i]) ** 2;
      if (squared >= 0.2) others.push(steepness({ a, b, squared }));
    }
    expect(mean(pairs.map((pair) => steepness(pair!)))).toBeGreaterThan(1.2 * mean(others));
  });

  it('keeps the least distances in many neurons', () => {
    const wide = networkOf([[2, 40, 40]], { T: 32 });
    const thin = networkOf([[2, 3, 40]], { T: 32 });
    const least = (network: Network, depth: number) => {
      const layer = network.layout.layers[depth];
      const w = weightsOf(theta('data', network), layer);
      // |W| = 1/|b - a|
      const squares = Array.from({ length: layer.outputs }, (_, j) =>
        w.slice(j * layer.inputs, (j + 1) * layer.inputs).reduce((sum, x) => sum + x * x, 0),
      );
      return 1 / Math.max(...squares);
    };
    expect(least(wide, 0)).toBeGreaterThanOrEqual(0.3 - 1e-6);
    expect(least(wide, 0)).toBeLessThan(0.5);
    expect(least(thin, 1)).toBeGreaterThanOrEqual(0.2 - 1e-6);
    expect(least(thin, 1)).toBeLessThan(0.3);
  });

  it('starts read-outs and local heads at zero', () => {
    expect(Array.from(values.subarray(readout.weights)).every((x) => x === 0)).toBe(true);
    const local = networkFrom({ ...HAT, localRank: 2 });
    const t = initialise({ ...SPEC, kind: 'data' }, local, hatData, 1);
    expect(Array.from(t.subarray(readout.weights)).every((x) => x === 0)).toBe(true);
  });

  it('makes do with the farthest pair where no points lie far enough apart', () => {
    const near = {
      ...hatData,
      factors: [{ ...hatData.factors[0], inputs: hatData.factors[0].inputs.map((x) => x / 100) }],
    };
    const t = initialise({ ...SPEC, kind: 'data' }, HAT, near, 1);
    expect(t.every(Number.isFinite)).toBe(true);
    expect(weightsOf(t, first).every((w) => w !== 0)).toBe(true);
  });

  it('leaves weights at zero where all points are the same', () => {
    const one = {
      ...hatData,
      factors: [{ ...hatData.factors[0], inputs: hatData.factors[0].inputs.map(() => 0.5) }],
    };
    const t = initialise({ ...SPEC, kind: 'data' }, HAT, one, 1);
    expect(t.every((x) => x === 0)).toBe(true);
  });
});

describe('operator', () => {
  const { layout } = OPERATOR;
  const values = theta('operator', OPERATOR);
  const [branch1, branch2, branchOut, trunk1, trunkOut] = layout.layers;
  const manySeeds = (part: (t: Float64Array) => number[]) =>
    Array.from({ length: 40 }, (_, seed) => part(theta('operator', OPERATOR, seed))).flat();

  it('scales the branch’s first currents W x to the wanted standard deviation, neuron by neuron', () => {
    const { inputs, rows, width } = operatorData.factors[0];
    for (let j = 0; j < branch1.outputs; j++) {
      const w = values.subarray(branch1.weights + j * width, branch1.weights + (j + 1) * width);
      const currents = Array.from({ length: rows }, (_, n) =>
        w.reduce((sum, x, i) => sum + x * inputs[n * width + i], 0),
      );
      expect(std(currents)).toBeCloseTo(0.15, 6);
    }
    const wider = initialise({ ...SPEC, kind: 'operator', currentStd: 0.3 }, OPERATOR, operatorData, 1);
    expect(wider[branch1.weights] / values[branch1.weights]).toBeCloseTo(2, 6);
  });

  it('has branch biases ½ ± 0.1', () => {
    const biases = manySeeds((t) => biasesOf(t, branch1));
    expect(Math.min(...biases)).toBeGreaterThanOrEqual(0.4);
    expect(Math.max(...biases)).toBeLessThanOrEqual(0.6);
    expect(std(biases)).toBeCloseTo(0.1 / Math.sqrt(3), 2);
  });

  it('spreads the ramps of a coordinate over [-1, 1], one centre a stratum, slopes ±2 U(½, 3/2)', () => {
    for (const layer of layout.hidden.slice(1).flat()) {
      const slopes = weightsOf(values, layer);
      slopes.forEach((slope, j) => {
        expect(Math.abs(slope)).toBeGreaterThanOrEqual(1);
        expect(Math.abs(slope)).toBeLessThanOrEqual(3);
        // The current crosses ½ at the centre.
        const place = (((0.5 - values[layer.biases + j]) / slope + 1) / 2) * layer.outputs - j;
        expect(place).toBeGreaterThan(-1e-5);
        expect(place).toBeLessThan(1 + 1e-5);
      });
      expect(slopes.some((slope) => slope > 0) && slopes.some((slope) => slope < 0)).toBe(true);
    }
    const sizes = manySeeds((t) => weightsOf(t, trunk1).map(Math.abs));
    expect(sizes.reduce((a, b) => a + b) / sizes.length).toBeCloseTo(2, 1);
    expect(std(sizes)).toBeCloseTo(2 / Math.sqrt(12), 1);
  });

  it('has uniform deeper hidden layers of gain 2', () => {
    const weights = manySeeds((t) => [...weightsOf(t, branch2), ...biasesOf(t, branch2)]);
    expect(Math.max(...weights)).toBeLessThanOrEqual(2 / Math.sqrt(32));
    expect(std(weights)).toBeCloseTo(2 / Math.sqrt(32 * 3), 2);
  });

  it('draws read-outs and local projections from N(0, 1/fan-in), biases 0 in the branch and ½ N(0, 1) in coordinates', () => {
    const outer = layout.layers.filter((layer) => layer.role !== 'hidden');
    expect(outer).toContain(branchOut);
    expect(outer).toContain(trunkOut);
    for (const layer of outer) {
      const weights = manySeeds((t) => weightsOf(t, layer));
      expect(Math.abs(std(weights) * Math.sqrt(layer.inputs) - 1)).toBeLessThan(0.1);
      const biases = manySeeds((t) => biasesOf(t, layer));
      if (layer.factor === 0) expect(biases.every((b) => b === 0)).toBe(true);
      else expect(Math.abs(std(biases) - 0.5)).toBeLessThan(0.1);
    }
  });

  it('stays finite when the sensors see nothing', () => {
    const blank = {
      ...operatorData,
      factors: operatorData.factors.map((f, m) => (m === 0 ? { ...f, inputs: f.inputs.map(() => 0) } : f)),
    };
    expect(initialise({ ...SPEC, kind: 'operator' }, OPERATOR, blank, 1).every(Number.isFinite)).toBe(true);
  });

  it('does not blow up weights when all functions look the same', () => {
    const same = {
      ...operatorData,
      factors: operatorData.factors.map((f, m) => (m === 0 ? { ...f, inputs: f.inputs.map(() => 0.7) } : f)),
    };
    const t = initialise({ ...SPEC, kind: 'operator' }, OPERATOR, same, 1);
    expect(Math.max(...weightsOf(t, branch1).map(Math.abs))).toBeLessThan(10);
  });
});

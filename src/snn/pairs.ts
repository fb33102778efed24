import { rowsFrom } from './batch.ts';
import { type Dataset, type FactorData, isHeld, type Layer, type Network, readStepOf } from './network.ts';
import type { RandomSequence } from './random.ts';
import { type History, type Simulation, simulate } from './simulate.ts';
import { potentialKernels } from './synapse.ts';

/** Rows of a factor, at most, that pairs are drawn from. */
const POINTS = 1024;
/** Pairs that a neuron of a deeper layer chooses from. */
const PAIRS_TRIED = 20;
/** Least |b - a|² of a pair in the first layer and in deeper ones. */
const MIN_DISTANCE = [0.3, 0.2];
/** Potentials of an SRM neuron at a and b, in thresholds; other neurons have the currents 0 and 1 there. */
const RESPONSE = [1, 7];

/** Writes what a layer's neuron j sees of a row: a number for each of the layer's inputs. */
type Sight = (j: number, row: number, out: Float64Array) => void;

/**
 * Weights and biases of a hidden layer from pairs of data points, after SWIM (Bolager et al. 2023) and S-SWIM (Gollwitzer and
 * Dietrich, arXiv:2510.01012). Every neuron gets two rows of the data, and with a and b what it sees of them
 *
 *     W = s (b - a)/|b - a|²,   bias = c - W·a ,
 *
 * so that its current is c at a and c + s at b: 0 and 1, an SRM neuron's potential ϑ and 7ϑ. Of held inputs a neuron sees the inputs, of
 * a layer below the mean rates; of what changes over time it sees each input as its potential keeps it, at the time step at which the row is read. The first
 * layer takes any pair with |b - a|² ≥ 0.3; deeper layers the best of 20 pairs with |b - a|² ≥ 0.2 by uniform × |Δtarget|/|b - a|.
 */
export function* fromPairs(
  network: Network,
  layer: Layer,
  data: Dataset,
  random: RandomSequence,
  theta: Float64Array,
): Generator<void> {
  const points = rowsFrom(data.factors[layer.factor], 0, POINTS);
  const { rows } = points;
  const held = isHeld(network, layer.factor);
  const sight = held
    ? yield* seenAtOnce(network, layer, points, theta)
    : yield* seenOverTime(network, layer, points, theta);
  const deep = layer.depth > 0;
  const minimum = MIN_DISTANCE[deep ? 1 : 0];
  const difference = deep ? targetDifference(data, layer.factor) : undefined;
  const response = network.factors[layer.factor].synapse?.kind === 'response';
  const [from, to] = response ? RESPONSE.map((times) => times * network.threshold) : [0, 1];
  const [first, second] = [0, 1].map(() => new Float64Array(layer.inputs));

  for (let j = 0; j < layer.outputs; j++) {
    yield;
    let best = { a: 0, b: 0, squared: 0, score: -1 };
    const pairs = deep ? PAIRS_TRIED : 1;
    for (let distant = 0, tries = 0; distant < pairs && tries < 100 * pairs; tries++) {
      const a = random.below(rows);
      const b = random.below(rows);
      sight(j, a, first);
      sight(j, b, second);
      const squared = squaredDistance(first, second);
      const far = squared >= minimum;
      if (far) distant++;
      const steepness = far && difference ? random.uniform() * (difference(a, b) / Math.sqrt(squared)) : 1;
      const score = far ? 1 + steepness : squared / minimum;
      if (squared > 0 && score > best.score) best = { a, b, squared, score };
    }
    if (best.squared === 0) continue;
    sight(j, best.a, first);
    sight(j, best.b, second);
    let bias = from;
    for (let i = 0; i < layer.inputs; i++) {
      const w = ((to - from) * (second[i] - first[i])) / best.squared;
      theta[layer.weights + j * layer.inputs + i] = w;
      bias -= w * first[i];
    }
    theta[layer.biases + j] = bias;
  }
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (b[i] - a[i]) ** 2;
  return sum;
}

/** |Δtarget| of two rows of a factor, over all rows of the other factors. */
function targetDifference({ factors, target }: Dataset, factor: number): (a: number, b: number) => number {
  const { rows } = factors[factor];
  const inner = factors.slice(factor + 1).reduce((product, { rows: n }) => product * n, 1);
  const outer = target.length / (rows * inner);
  return (a, b) => {
    let sum = 0;
    for (let o = 0; o < outer; o++)
      for (let i = 0; i < inner; i++)
        sum += (target[(o * rows + b) * inner + i] - target[(o * rows + a) * inner + i]) ** 2;
    return Math.sqrt(sum);
  };
}

function* seenAtOnce(
  network: Network,
  layer: Layer,
  points: FactorData,
  theta: Float64Array,
): Generator<void, Sight> {
  let values: ArrayLike<number> = points.inputs;
  if (layer.depth > 0) {
    const rates = new Float64Array(points.rows * layer.inputs);
    yield* below(network, layer, points, theta, false, (simulation, from) =>
      rates.set(simulation.rates[layer.depth - 1], from * layer.inputs),
    );
    values = rates;
  }
  return (_, row, out) => {
    for (let i = 0; i < layer.inputs; i++) out[i] = values[row * layer.inputs + i];
  };
}

function* seenOverTime(
  network: Network,
  layer: Layer,
  points: FactorData,
  theta: Float64Array,
): Generator<void, Sight> {
  const { T } = network;
  const { inputs, depth, factor } = layer;
  const kernels = potentialKernels(network, layer);
  const ofUnitArea = network.factors[factor].synapse?.kind !== 'response';
  // [row][t][input]; of held inputs a single time step that stands for all.
  let steps = T;
  let values: ArrayLike<number> = points.inputs;
  if (depth > 0) {
    const spikes = new Uint8Array(points.rows * T * inputs);
    yield* below(network, layer, points, theta, true, ({ history }, from, rows) =>
      copySpikes(history!, depth - 1, rows, inputs, T, spikes.subarray(from * T * inputs)),
    );
    values = spikes;
  } else if (!network.factors[factor].sequence) steps = 1;
  const readStep = readStepOf(network, factor, points);
  return (j, row, out) => {
    out.fill(0);
    const last = readStep(row);
    let area = 0;
    for (let t = 0; t <= last; t++) {
      const weight = kernels[j * T + (last - t)];
      if (weight === 0) continue;
      area += weight;
      const at = (row * steps + Math.min(t, steps - 1)) * inputs;
      for (let i = 0; i < inputs; i++) out[i] += weight * values[at + i];
    }
    // Input and bias then weigh alike at the end of a row that is read earlier, too.
    if (ofUnitArea && last < T - 1) for (let i = 0; i < inputs; i++) out[i] /= area;
  };
}

/** [t][row][input] to [row][t][input]. */
function copySpikes(
  { spikes }: History,
  depth: number,
  rows: number,
  inputs: number,
  T: number,
  out: Uint8Array,
): void {
  for (let t = 0; t < T; t++)
    for (let row = 0; row < rows; row++) {
      const at = (t * rows + row) * inputs;
      out.set(spikes[depth].subarray(at, at + inputs), (row * T + t) * inputs);
    }
}

/** Rows simulated at a time. */
const ROWS = 8;

/** Simulates the layers below a layer on all rows, some at a time. */
function* below(
  network: Network,
  { factor, depth }: Layer,
  data: FactorData,
  theta: Float64Array,
  keepHistory: boolean,
  take: (simulation: Simulation, from: number, rows: number) => void,
): Generator<void> {
  const { layout } = network;
  const hidden = layout.hidden.map((layers) => layers.slice(0, depth));
  const shallow = { ...network, layout: { ...layout, hidden } };
  for (let from = 0; from < data.rows; from += ROWS) {
    const part = rowsFrom(data, from, ROWS);
    take(simulate({ network: shallow, theta, factor, data: part, keepHistory }), from, part.rows);
    yield;
  }
}

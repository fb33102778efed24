import type { Dataset, FactorData, Layer, Network, NetworkSpec } from './network.ts';
import { RandomSequence, Stream } from './random.ts';
import { simulate } from './simulate.ts';

/**
 * uniform: U(±1/√fan-in), hidden layers times `gain`.
 * data: random features from pairs of data points (after SWIM, Bolager et al. 2023), read-out 0.
 * operator: branch rows scaled to the data, coordinate factors as ramps spread over [-1, 1].
 */
export type InitialisationKind = 'uniform' | 'data' | 'operator';

/** How initial weights and biases are drawn. */
export interface InitialisationSpec {
  readonly kind: InitialisationKind;
  /** Factor on the hidden layers' range (uniform). */
  readonly gain: number;
  /** Standard deviation of the branch's first currents W x over the training functions (operator). */
  readonly currentStd: number;
}

/**
 * Initial θ, rounded to float32: a function of (spec, network, data, seed). Each layer has its own random stream and is
 * rounded before the next one is made, which may look at the rates it gives. In pieces: wide networks take seconds.
 */
export function* initialising(
  spec: InitialisationSpec,
  network: Network,
  data: Dataset,
  seed: number,
): Generator<void, Float64Array> {
  const { layout } = network;
  const theta = new Float64Array(layout.size);
  for (const layer of layout.layers) {
    const random = new RandomSequence(seed, Stream.weights, 0, layer.index);
    if (spec.kind === 'data') yield* fromData(network, layer, data, random, theta);
    else if (spec.kind === 'operator') forOperator(spec, network, layer, data, random, theta);
    else uniform(layer, layer.role === 'hidden' ? spec.gain : 1, random, theta);
    for (let j = layer.weights; j < layer.end; j++) theta[j] = Math.fround(theta[j]);
    yield;
  }
  return theta;
}

function uniform(layer: Layer, gain: number, random: RandomSequence, theta: Float64Array): void {
  const bound = gain / Math.sqrt(layer.inputs);
  for (let j = layer.weights; j < layer.end; j++) theta[j] = random.symmetric(bound);
}

const FEATURE_POINTS = 1024;
const PAIRS_TRIED = 20;
const MIN_DISTANCE = [0.3, 0.2];

/**
 * Every neuron gets a pair of points a, b of its layer's input space: W = (b - a)/|b - a|², bias -W·a, so that its
 * current is 0 at a and 1 at b. The first layer takes any pair with |b - a|² ≥ 0.3; deeper layers, on mean rates, the
 * best of 20 pairs with |b - a|² ≥ 0.2 by uniform × |Δtarget|/|b - a|. Read-outs start at 0.
 */
function* fromData(
  network: Network,
  layer: Layer,
  data: Dataset,
  random: RandomSequence,
  theta: Float64Array,
): Generator<void> {
  if (layer.role !== 'hidden') return;
  const all = data.factors[layer.factor];
  const rows = Math.min(all.rows, FEATURE_POINTS);
  const head = {
    rows,
    width: all.width,
    inputs: all.inputs.subarray(0, rows * all.width),
    scale: all.scale.subarray(0, rows),
  };
  const points = layer.depth === 0 ? head.inputs : yield* ratesBelow(network, layer, head, theta);
  const width = layer.inputs;
  // Of sequences every moment is a point.
  const count = points.length / width;
  const minimum = MIN_DISTANCE[Math.min(layer.depth, 1)];
  const distance = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += (points[b * width + i] - points[a * width + i]) ** 2;
    return sum;
  };
  const single = data.factors.length === 1 && data.target.length === all.rows;

  for (let j = 0; j < layer.outputs; j++) {
    if (j % 32 === 31) yield;
    let best = { a: 0, b: 0, squared: 0, score: -1 };
    const pairs = layer.depth === 0 ? 1 : PAIRS_TRIED;
    for (let distant = 0, tries = 0; distant < pairs && tries < 100 * pairs; tries++) {
      const a = random.below(count);
      const b = random.below(count);
      const squared = distance(a, b);
      const far = squared >= minimum;
      if (far) distant++;
      const steepness =
        single && squared > 0 ? Math.abs(data.target[b] - data.target[a]) / Math.sqrt(squared) : 1;
      const score = far ? 1 + (layer.depth === 0 ? 1 : random.uniform() * steepness) : squared / minimum;
      if (squared > 0 && score > best.score) best = { a, b, squared, score };
    }
    if (best.squared === 0) continue;
    let bias = 0;
    for (let i = 0; i < width; i++) {
      const w = (points[best.b * width + i] - points[best.a * width + i]) / best.squared;
      theta[layer.weights + j * width + i] = w;
      bias -= w * points[best.a * width + i];
    }
    theta[layer.biases + j] = bias;
  }
}

/** Rows simulated at a time. */
const ROWS = 8;

/** Mean rates of the layers below a layer, the last of them, on all rows: [row][neuron]. What is above is not simulated. */
function* ratesBelow(
  network: Network,
  { factor, depth, inputs }: Layer,
  data: FactorData,
  theta: Float64Array,
): Generator<void, Float64Array> {
  const { layout } = network;
  const hidden = layout.hidden.map((layers) => layers.slice(0, depth));
  const below = { ...network, layout: { ...layout, hidden } };
  const rates = new Float64Array(data.rows * inputs);
  for (let from = 0; from < data.rows; from += ROWS) {
    const to = Math.min(data.rows, from + ROWS);
    const part = {
      rows: to - from,
      width: data.width,
      inputs: data.inputs.subarray(from * data.width, to * data.width),
      scale: data.scale.subarray(from, to),
    };
    const { rates: layerRates } = simulate({ network: below, theta, factor, data: part });
    rates.set(layerRates[depth - 1], from * inputs);
    yield;
  }
  return rates;
}

/**
 * First layer of the branch (factor 0): normal rows scaled so that the currents W x have standard deviation
 * `currentStd` over the data, bias ½ + U(±0.1), of sequences as `atMoment` has it. First layer of a coordinate factor (one input in [-1, 1]): slopes ±2 U(½, 3/2)
 * and ramp centres c stratified on [-1, 1], bias ½ - w c. Deeper hidden layers: uniform with gain 2. Read-outs and local
 * projections: N(0, 1/fan-in), bias 0 (branch) or ½ N(0, 1) (coordinates).
 */
function forOperator(
  spec: InitialisationSpec,
  network: NetworkSpec,
  layer: Layer,
  data: Dataset,
  random: RandomSequence,
  theta: Float64Array,
): void {
  const coordinate = layer.factor > 0 && network.factors[layer.factor].inputs === 1;
  if (layer.role !== 'hidden') {
    for (let j = layer.weights; j < layer.biases; j++) theta[j] = random.normal() / Math.sqrt(layer.inputs);
    for (let j = layer.biases; j < layer.end; j++) theta[j] = coordinate ? 0.5 * random.normal() : 0;
    return;
  }
  if (layer.depth > 0) {
    uniform(layer, 2, random, theta);
    return;
  }
  for (let j = 0; j < layer.outputs; j++) {
    const row = layer.weights + j * layer.inputs;
    if (coordinate) {
      const slope = (random.word() & 1 ? 2 : -2) * (0.5 + random.uniform());
      const centre = -1 + (2 * (j + random.uniform())) / layer.outputs;
      theta[row] = slope;
      theta[layer.biases + j] = 0.5 - slope * centre;
      continue;
    }
    for (let i = 0; i < layer.inputs; i++) theta[row + i] = random.normal();
    const factor = spec.currentStd / (currentStd(theta, row, data.factors[layer.factor], layer.inputs) || 1);
    for (let i = 0; i < layer.inputs; i++) theta[row + i] *= factor;
    theta[layer.biases + j] = network.factors[layer.factor].sequence
      ? atMoment(network, layer, row, data.factors[layer.factor], random, theta)
      : 0.5 + random.symmetric(0.1);
  }
}

/**
 * Bias of a neuron that is fed sequences: at a value of the data, drawn at random, an SRM neuron's potential is at the threshold, and any
 * other neuron's current half of it.
 */
function atMoment(
  network: NetworkSpec,
  layer: Layer,
  row: number,
  { rows, width, inputs }: FactorData,
  random: RandomSequence,
  theta: Float64Array,
): number {
  const moment = random.below((rows * width) / layer.inputs) * layer.inputs;
  const response = network.factors[layer.factor].synapse?.kind === 'response';
  let bias = network.threshold * (response ? 1 : 0.5);
  for (let i = 0; i < layer.inputs; i++) bias -= theta[row + i] * inputs[moment + i];
  return bias;
}

/** Standard deviation of one neuron's currents W x over the data, of sequences over all moments; 0 when they are equal up to rounding. */
function currentStd(
  theta: Float64Array,
  row: number,
  { rows, inputs, width: each }: FactorData,
  width: number,
): number {
  const points = (rows * each) / width;
  let sum = 0;
  let squares = 0;
  for (let n = 0; n < points; n++) {
    let z = 0;
    for (let i = 0; i < width; i++) z += theta[row + i] * inputs[n * width + i];
    sum += z;
    squares += z * z;
  }
  const variance = squares / points - (sum / points) ** 2;
  return variance > (1e-12 * squares) / points ? Math.sqrt(variance) : 0;
}

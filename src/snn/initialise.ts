import type { Dataset, FactorData, Layer, Network, NetworkSpec } from './network.ts';
import { fromPairs } from './pairs.ts';
import { RandomSequence, Stream } from './random.ts';

/**
 * uniform: U(±1/√fan-in), hidden layers times `gain`.
 * data: hidden layers from pairs of data points (pairs.ts); the read-out of one factor is 0, those of several as for operators.
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
    if (spec.kind === 'uniform') uniform(layer, layer.role === 'hidden' ? spec.gain : 1, random, theta);
    else if (layer.role !== 'hidden') normalReadOut(spec, network, layer, random, theta);
    else if (spec.kind === 'data') yield* fromPairs(network, layer, data, random, theta);
    else forOperator(spec, network, layer, data, random, theta);
    for (let j = layer.weights; j < layer.end; j++) theta[j] = Math.fround(theta[j]);
    yield;
  }
  return theta;
}

function uniform(layer: Layer, gain: number, random: RandomSequence, theta: Float64Array): void {
  const bound = gain / Math.sqrt(layer.inputs);
  for (let j = layer.weights; j < layer.end; j++) theta[j] = random.symmetric(bound);
}

const isCoordinate = ({ factors }: NetworkSpec, { factor }: Layer) =>
  factor > 0 && factors[factor].inputs === 1;

/**
 * Read-outs and local projections: N(0, 1/fan-in), bias 0 (branch) or ½ N(0, 1) (coordinates). Those of a single factor, its hidden
 * layers from data, are 0: its first gradients do not vanish, while products of zeros have none.
 */
function normalReadOut(
  { kind }: InitialisationSpec,
  network: NetworkSpec,
  layer: Layer,
  random: RandomSequence,
  theta: Float64Array,
): void {
  if (kind === 'data' && network.factors.length === 1) return;
  for (let j = layer.weights; j < layer.biases; j++) theta[j] = random.normal() / Math.sqrt(layer.inputs);
  if (isCoordinate(network, layer))
    for (let j = layer.biases; j < layer.end; j++) theta[j] = 0.5 * random.normal();
}

/**
 * First layer of the branch (factor 0): normal rows scaled so that the currents W x have standard deviation
 * `currentStd` over the data, bias ½ + U(±0.1), of sequences as `atMoment` has it. First layer of a coordinate factor (one input in [-1, 1]): slopes ±2 U(½, 3/2)
 * and ramp centres c stratified on [-1, 1], bias ½ - w c. Deeper hidden layers: uniform with gain 2.
 */
function forOperator(
  spec: InitialisationSpec,
  network: NetworkSpec,
  layer: Layer,
  data: Dataset,
  random: RandomSequence,
  theta: Float64Array,
): void {
  const coordinate = isCoordinate(network, layer);
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

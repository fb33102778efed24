import { reverseHead } from './backprop.ts';
import type { HeadValue, Rates } from './combine.ts';
import { type Dataset, type FactorData, isHeld, type Layer, type Network, readStepOf } from './network.ts';
import { sequenceGains, sequenceWeights } from './synapse.ts';

/** What a layer is fed, once for all time steps. */
interface Fed {
  /** [row][input], or [row][neuron][input]. */
  readonly values: ArrayLike<number>;
  readonly byNeuron: boolean;
}

/** Inputs of a factor's first layer; where they change, or pass synapses, Σ_t Ω[t] x[t] of every neuron (`sequenceWeights`, `sequenceGains`). */
export function fedOnce(network: Network, data: FactorData, factor: number): Fed {
  const { rows, width, inputs: fed } = data;
  if (isHeld(network, factor)) return { values: fed, byNeuron: false };
  const { inputs, sequence } = network.factors[factor];
  const [first] = network.layout.hidden[factor];
  const weights = sequenceWeights(network, first);
  const gains = data.readAt && sequenceGains(network, first);
  const readStep = readStepOf(network, factor, data);
  const values = new Float64Array(rows * first.outputs * inputs);
  for (let row = 0, at = 0; row < rows; row++) {
    const read = readStep(row);
    const unread = network.T - 1 - read;
    for (let j = 0; j < first.outputs; j++) {
      const gain = gains ? gains[read * first.outputs + j] : 1;
      for (let i = 0; i < inputs; i++, at++) {
        for (let t = 0; t <= read; t++)
          values[at] +=
            weights[(t + unread) * first.outputs + j] * fed[row * width + (sequence ? t * inputs : 0) + i];
        values[at] *= gain;
      }
    }
  }
  return { values, byNeuron: true };
}

/** What every hidden layer is fed, [factor][depth]: `fedOnce`, and the mean rates of the layer below. */
export function meansBelow(network: Network, data: Dataset, rates: Rates): Fed[][] {
  return data.factors.map((factorData, factor) => [
    fedOnce(network, factorData, factor),
    ...rates[factor].slice(0, -1).map((values) => ({ values, byNeuron: false })),
  ]);
}

/**
 * What activity perturbation makes of a number of one row: adds c ξ to the gradient of a hidden layer's biases and c ξ xᵀ to that
 * of its weights, x being the mean over time of what the layer is fed (`meansBelow`).
 */
export function addActivity(
  layer: Layer,
  means: readonly (readonly Fed[])[],
  row: number,
  c: number,
  xi: ArrayLike<number>,
  gradient: Float64Array,
): void {
  const { factor, depth, inputs, outputs, weights, biases } = layer;
  const { values, byNeuron } = means[factor][depth];
  for (let j = 0; j < outputs; j++) {
    const g = c * xi[j];
    gradient[biases + j] += g;
    const at = (byNeuron ? row * outputs + j : row) * inputs;
    for (let i = 0; i < inputs; i++) gradient[weights + j * inputs + i] += g * values[at + i];
  }
}

/** A head that reads a layer whose rates move. */
export interface MovedHead {
  readonly reader: Layer;
  /** How the rates of the layer that it reads move, [row][j]. */
  readonly rates: Float64Array;
  /** ∂L/∂q of its projections, [row][i]. */
  readonly slopes: Float64Array;
}

/** ∂L/∂r_j times how r_j moves, for each neuron j of a row's layer that only linear ones read. */
export function changesByNeuron(
  theta: Float64Array,
  moved: readonly MovedHead[],
  row: number,
  data: Dataset,
): Float64Array {
  const [{ reader }] = moved;
  const changes = new Float64Array(reader.inputs);
  for (const { reader, rates, slopes } of moved) {
    const { inputs, outputs, weights, factor } = reader;
    for (let j = 0; j < inputs; j++) {
      let slope = 0;
      for (let i = 0; i < outputs; i++) slope += theta[weights + i * inputs + j] * slopes[row * outputs + i];
      changes[j] += data.factors[factor].scale[row] * slope * rates[row * inputs + j];
    }
  }
  return changes;
}

/** The exact gradient of all linear layers, zero elsewhere. */
export function deltaRule(
  network: Network,
  theta: Float64Array,
  data: Dataset,
  rates: readonly Float64Array[][],
  heads: readonly HeadValue[],
): Float64Array {
  const { layout } = network;
  const gradient = new Float64Array(layout.size);
  const simulations = rates.map((ofFactor) => ({ rates: ofFactor }));
  const unused = rates.map((ofFactor) => ofFactor.map((r) => new Float64Array(r.length)));
  for (const value of heads) reverseHead(value, network, theta, data, simulations, unused, gradient);
  return gradient;
}

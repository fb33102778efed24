import { beat } from './beat.ts';
import { combine, type HeadValue, productAdjoint, totalLoss } from './combine.ts';
import { type Dataset, type Network, timeWeightsOf } from './network.ts';
import { Neuron } from './neuron.ts';
import { type Simulation, simulate } from './simulate.ts';
import type { SurrogateSpec, WsgSamples } from './surrogate.ts';
import { kernelsOf, SynapseAdjoints } from './synapse.ts';

interface BackpropResult {
  readonly loss: number;
  readonly heads: readonly HeadValue[];
  /** ∂L/∂θ with the surrogate in place of H', length P. */
  readonly gradient: Float64Array;
}

/**
 * BP: reverse mode through the simulation, by the adjoint of its neurons (neuron.ts). Stores membranes, spikes and
 * surrogate of all T steps, hence memory O(T).
 */
export function backprop(
  network: Network,
  theta: Float64Array,
  data: Dataset,
  surrogate: SurrogateSpec,
  samples?: WsgSamples,
): BackpropResult {
  const { layout } = network;
  const simulations = data.factors.map((factorData, factor) =>
    simulate({ network, theta, factor, data: factorData, surrogate, samples, keepHistory: true }),
  );
  const heads = combine(
    network,
    theta,
    simulations.map((s) => s.rates),
    data,
  );
  const gradient = new Float64Array(layout.size);
  const rateAdjoints = simulations.map((s) => s.rates.map((r) => new Float64Array(r.length)));
  for (const value of heads) reverseHead(value, network, theta, data, simulations, rateAdjoints, gradient);
  simulations.forEach((simulation, factor) =>
    reverseScan(network, theta, factor, data, simulation, rateAdjoints[factor], gradient),
  );
  return { loss: totalLoss(heads), heads, gradient };
}

/** Adds a head's ∂L/∂W = Σ_row p̄ (r̄ - centre)ᵀ, ∂L/∂b = Σ_row p̄ and ∂L/∂r̄ = Wᵀ p̄, with p̄ = scale · ∂L/∂q. */
export function reverseHead(
  value: HeadValue,
  network: Network,
  theta: Float64Array,
  data: Dataset,
  simulations: readonly Pick<Simulation, 'rates'>[],
  rateAdjoints: readonly Float64Array[][],
  gradient: Float64Array,
): void {
  const { layout } = network;
  value.head.layers.forEach((index, factor) => {
    const layer = layout.layers[index];
    const { rows, scale } = data.factors[factor];
    const adjoint = productAdjoint(value.error, value.projections, factor, value.head.rank);
    const rates = simulations[factor].rates[layer.depth];
    const rateAdjoint = rateAdjoints[factor][layer.depth];
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < layer.outputs; i++) {
        const a = scale[row] * adjoint[row * layer.outputs + i];
        gradient[layer.biases + i] += a;
        for (let j = 0; j < layer.inputs; j++) {
          const w = layer.weights + i * layer.inputs + j;
          gradient[w] += a * (rates[row * layer.inputs + j] - network.centre);
          rateAdjoint[row * layer.inputs + j] += theta[w] * a;
        }
      }
    }
  });
}

/**
 * The scan back through time of one factor: S̄[t] = ω[t] ∂L/∂r̄ + W_nextᵀ Z̄_next[t], hence Ū[t] by the neurons' adjoint, Z̄[t] = Ū[t] or what
 * their synapses make of it, and
 *
 *     ∂L/∂W += Z̄[t] S_prev[t]ᵀ,   ∂L/∂b += Z̄[t] .
 */
function reverseScan(
  network: Network,
  theta: Float64Array,
  factor: number,
  data: Dataset,
  simulation: Simulation,
  rateAdjoint: readonly Float64Array[],
  gradient: Float64Array,
): void {
  const { layout } = network;
  const layers = layout.hidden[factor];
  const { rows, inputs, width } = data.factors[factor];
  const { sequence } = network.factors[factor];
  const history = simulation.history;
  if (!history) throw new Error('the reverse scan needs the history of the simulation');
  const neuron = new Neuron(network);
  const weightsOf = timeWeightsOf(network, factor, data.factors[factor]);
  const membraneAdjoint = layers.map((layer) => new Float64Array(layer.outputs));
  const kernels = layers.map((layer) => kernelsOf(network, layer));
  const synapses = kernels.map((one) => one && new SynapseAdjoints(one, network.T));
  // Where there are no synapses these are the membranes' own.
  const currentAdjoint = layers.map((layer, depth) =>
    kernels[depth] ? new Float64Array(layer.outputs) : membraneAdjoint[depth],
  );

  for (let row = 0; row < rows; row++) {
    const share = weightsOf(row);
    for (const adjoint of membraneAdjoint) adjoint.fill(0);
    for (const synapse of synapses) synapse?.rest();
    for (let t = network.T - 1; t >= 0; t--) {
      beat();
      for (let depth = layers.length - 1; depth >= 0; depth--) {
        const layer = layers[depth];
        const next = layers[depth + 1];
        const now = (t * rows + row) * layer.outputs;
        const adjoint = membraneAdjoint[depth];
        const source = depth > 0 ? history.spikes[depth - 1] : inputs;
        const fed = row * width + (sequence ? t * layer.inputs : 0);
        const start = depth > 0 ? (t * rows + row) * layer.inputs : fed;
        for (let j = 0; j < layer.outputs; j++) {
          let spikeAdjoint = rateAdjoint[depth][row * layer.outputs + j] * share[t];
          if (next) {
            const later = currentAdjoint[depth + 1];
            for (let i = 0; i < next.outputs; i++)
              spikeAdjoint += theta[next.weights + i * next.inputs + j] * later[i];
          }
          const spike = history.spikes[depth][now + j];
          const f = history.surrogate[depth][now + j];
          adjoint[j] = neuron.adjoint(adjoint[j], spike, f, spikeAdjoint, kernels[depth]?.leak[j]);
        }
        const current = currentAdjoint[depth];
        const bias = (j: number, value: number) => {
          gradient[layer.biases + j] += value;
        };
        const synapse = synapses[depth];
        if (synapse) synapse.back(t, adjoint, current, bias);
        else current.forEach((value, j) => bias(j, value));
        for (let j = 0; j < layer.outputs; j++) {
          const w = layer.weights + j * layer.inputs;
          for (let i = 0; i < layer.inputs; i++) gradient[w + i] += current[j] * source[start + i];
        }
      }
    }
  }
}

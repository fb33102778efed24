import { fedOnce } from '../../snn/activity.ts';
import { reverseHead } from '../../snn/backprop.ts';
import { beat } from '../../snn/beat.ts';
import { combine, totalLoss } from '../../snn/combine.ts';
import type { GradientResult } from '../../snn/method.ts';
import type { Dataset, FactorData, Network, NetworkSpec } from '../../snn/network.ts';

/**
 * What stands in place of each spiking neuron: r in [0, 1], a function of the current z = W r_prev + b. There is no time loop and no
 * spike, and λ has no part in it. Of a sequence it sees one number an input, as the neuron weighs it over time (`fedOnce`).
 */
interface Unit {
  value(z: number, network: NetworkSpec): number;
  /** dr/dz from the value r itself. */
  slope(r: number, network: NetworkSpec): number;
}

/**
 * ANN → SNN, `r = clip(z/ϑ - 1/(2T), 0, 1)`: the line through the middle of the steps of an IF neuron's rate, which under a constant
 * current z and reset by subtraction spikes ⌊T z/ϑ⌋ times, at least 0 and at most T times (reset to zero spikes less often). Weights and biases are those of the spiking network, so that
 * nothing has to be converted.
 */
const CLIPPED_RATE: Unit = {
  value: (z, { threshold, T }) => Math.min(1, Math.max(0, z / threshold - 0.5 / T)),
  slope: (r, { threshold }) => (r <= 0 || r >= 1 ? 0 : 1 / threshold),
};

/**
 * An ordinary unit, `r = ½ + ½ tanh(2z/ϑ - 1)`: tanh with range, middle and slope of a spiking neuron's rate, so that initial weights,
 * centring and learning rates mean the same. A network of these computes exactly the functions that one of tanh(z) does.
 */
export const TANH: Unit = {
  value: (z, { threshold }) => 0.5 + 0.5 * Math.tanh((2 * z) / threshold - 1),
  slope: (r, { threshold }) => (4 * r * (1 - r)) / threshold,
};

/** r of every hidden layer of one factor: [depth] of [row][unit]. */
function rates(
  unit: Unit,
  network: Network,
  theta: Float64Array,
  factor: number,
  data: FactorData,
): Float64Array[] {
  const { layout } = network;
  let below = fedOnce(network, data, factor);
  return layout.hidden[factor].map((layer) => {
    const out = new Float64Array(data.rows * layer.outputs);
    for (let row = 0; row < data.rows; row++) {
      beat();
      for (let j = 0; j < layer.outputs; j++) {
        let z = theta[layer.biases + j];
        const w = layer.weights + j * layer.inputs;
        const from = (below.byNeuron ? row * layer.outputs + j : row) * layer.inputs;
        for (let i = 0; i < layer.inputs; i++) z += theta[w + i] * below.values[from + i];
        out[row * layer.outputs + j] = unit.value(z, network);
      }
    }
    below = { values: out, byNeuron: false };
    return out;
  });
}

/** Output of the network of `unit`s on the tensor product of the rows of `data`; targets are not used. */
export function rateOutputs(network: Network, theta: Float64Array, data: Dataset, unit: Unit): Float64Array {
  return forward(network, theta, { ...data, target: new Float64Array(0) }, unit).heads[0].output;
}

function forward(network: Network, theta: Float64Array, data: Dataset, unit: Unit) {
  const passes = data.factors.map((factorData, factor) => ({
    rates: rates(unit, network, theta, factor, factorData),
  }));
  const ofFactors = passes.map((pass) => pass.rates);
  return { passes, heads: combine(network, theta, ofFactors, data) };
}

/** Loss of the network of `unit`s on `data` and its exact gradient ∂L/∂θ, by back-propagation. */
export function rateGradient(
  network: Network,
  theta: Float64Array,
  data: Dataset,
  unit: Unit = CLIPPED_RATE,
): GradientResult {
  const { layout } = network;
  const { passes, heads } = forward(network, theta, data, unit);
  const gradient = new Float64Array(layout.size);
  const adjoints = passes.map((pass) => pass.rates.map((r) => new Float64Array(r.length)));
  for (const value of heads) reverseHead(value, network, theta, data, passes, adjoints, gradient);
  passes.forEach((pass, factor) => {
    reverseLayers(unit, network, theta, factor, data, pass.rates, adjoints[factor], gradient);
  });
  return { loss: totalLoss(heads), heads, gradient, derivatives: new Float64Array(0) };
}

/** z̄ = r̄' · dr/dz; ∂L/∂W += z̄ r_prevᵀ, ∂L/∂b += z̄, r̄'_prev += Wᵀ z̄. */
function reverseLayers(
  unit: Unit,
  network: Network,
  theta: Float64Array,
  factor: number,
  data: Dataset,
  ofLayers: readonly Float64Array[],
  adjoints: readonly Float64Array[],
  gradient: Float64Array,
): void {
  const { rows } = data.factors[factor];
  const first = fedOnce(network, data.factors[factor], factor);
  for (const layer of [...network.layout.hidden[factor]].reverse()) {
    const { depth } = layer;
    const { values, byNeuron } = depth > 0 ? { values: ofLayers[depth - 1], byNeuron: false } : first;
    for (let row = 0; row < rows; row++) {
      beat();
      for (let j = 0; j < layer.outputs; j++) {
        const slope = unit.slope(ofLayers[depth][row * layer.outputs + j], network);
        if (slope === 0) continue;
        const adjoint = adjoints[depth][row * layer.outputs + j] * slope;
        const w = layer.weights + j * layer.inputs;
        gradient[layer.biases + j] += adjoint;
        const from = (byNeuron ? row * layer.outputs + j : row) * layer.inputs;
        for (let i = 0; i < layer.inputs; i++) {
          gradient[w + i] += adjoint * values[from + i];
          if (depth > 0) adjoints[depth - 1][row * layer.inputs + i] += theta[w + i] * adjoint;
        }
      }
    }
  }
}

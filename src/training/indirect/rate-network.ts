import { reverseHead } from '../../snn/backprop.ts';
import { combine, totalLoss } from '../../snn/combine.ts';
import type { GradientResult } from '../../snn/gradient.ts';
import type { Dataset, FactorData, Layout, NetworkSpec } from '../../snn/network.ts';

/**
 * ANN → SNN: the network with a rate in place of each spiking neuron,
 *
 *     r = clip(z/ϑ - 1/(2T), 0, 1) ,   z = W r_prev + b ,
 *
 * the line through the middle of the steps of an IF neuron's rate: under a constant current z it spikes ⌊T z/ϑ⌋ times, at least 0
 * and at most T times. There is no time loop, and the derivative is exact: 1/ϑ between the bends, 0 beyond. Weights and
 * biases are those of the spiking network, so that nothing has to be converted. λ has no part in it.
 */
function rates(
  network: NetworkSpec,
  layout: Layout,
  theta: Float64Array,
  factor: number,
  data: FactorData,
): Float64Array[] {
  let below: ArrayLike<number> = data.inputs;
  return layout.hidden[factor].map((layer) => {
    const out = new Float64Array(data.rows * layer.outputs);
    for (let row = 0; row < data.rows; row++)
      for (let j = 0; j < layer.outputs; j++) {
        let z = theta[layer.biases + j];
        const w = layer.weights + j * layer.inputs;
        for (let i = 0; i < layer.inputs; i++) z += theta[w + i] * below[row * layer.inputs + i];
        out[row * layer.outputs + j] = clip(z / network.threshold - 0.5 / network.T);
      }
    below = out;
    return out;
  });
}

const clip = (x: number) => Math.min(1, Math.max(0, x));

/** Loss of the rate network on `data` and its gradient ∂L/∂θ, by back-propagation. */
export function rateGradient(
  network: NetworkSpec,
  layout: Layout,
  theta: Float64Array,
  data: Dataset,
): GradientResult {
  const passes = data.factors.map((factorData, factor) => ({
    rates: rates(network, layout, theta, factor, factorData),
  }));
  const heads = combine(
    network,
    layout,
    theta,
    passes.map((pass) => pass.rates),
    data,
  );
  const gradient = new Float64Array(layout.size);
  const adjoints = passes.map((pass) => pass.rates.map((r) => new Float64Array(r.length)));
  for (const value of heads) reverseHead(value, network, layout, theta, data, passes, adjoints, gradient);
  passes.forEach((pass, factor) => {
    reverseLayers(network, layout, theta, factor, data, pass.rates, adjoints[factor], gradient);
  });
  return { loss: totalLoss(heads), heads, gradient, derivatives: new Float64Array(0) };
}

/** z̄ = r̄'/ϑ where 0 < r < 1; ∂L/∂W += z̄ r_prevᵀ, ∂L/∂b += z̄, r̄'_prev += Wᵀ z̄. */
function reverseLayers(
  network: NetworkSpec,
  layout: Layout,
  theta: Float64Array,
  factor: number,
  data: Dataset,
  ofLayers: readonly Float64Array[],
  adjoints: readonly Float64Array[],
  gradient: Float64Array,
): void {
  const { rows, inputs } = data.factors[factor];
  for (const layer of [...layout.hidden[factor]].reverse()) {
    const { depth } = layer;
    const below = depth > 0 ? ofLayers[depth - 1] : inputs;
    for (let row = 0; row < rows; row++)
      for (let j = 0; j < layer.outputs; j++) {
        const r = ofLayers[depth][row * layer.outputs + j];
        if (r <= 0 || r >= 1) continue;
        const adjoint = adjoints[depth][row * layer.outputs + j] / network.threshold;
        const w = layer.weights + j * layer.inputs;
        gradient[layer.biases + j] += adjoint;
        for (let i = 0; i < layer.inputs; i++) {
          gradient[w + i] += adjoint * below[row * layer.inputs + i];
          if (depth > 0) adjoints[depth - 1][row * layer.inputs + i] += theta[w + i] * adjoint;
        }
      }
  }
}

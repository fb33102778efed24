import { backprop } from './backprop.ts';
import { forward, forwardMode, tangentOf } from './forward-mode.ts';
import {
  type GradientResult,
  groupsOf,
  type MethodSpec,
  NotComputedError,
  shiftsCurrents,
} from './method.ts';
import type { Dataset, Layout, Network } from './network.ts';
import { nodePerturbation } from './node-perturbation.ts';
import { rowWiseGradient } from './row-wise.ts';
import type { WsgSamples } from './surrogate.ts';

/**
 * One gradient of the loss on `data` at θ.
 * @param directions K directions, already scaled by s_l (RFG and WP): of length P, or as `directionSize` says.
 * @param samples δ of WSG (BP and RFG under WSG).
 */
export function gradientOf(
  network: Network,
  theta: Float64Array,
  data: Dataset,
  method: MethodSpec,
  directions: readonly Float64Array[],
  samples?: WsgSamples,
): GradientResult {
  const { layout } = network;
  if (method.derivation === 'reverse') {
    const { loss, heads, gradient } = backprop(network, theta, data, method.surrogate, samples);
    return { loss, heads, gradient, derivatives: new Float64Array(0) };
  }
  const groups = groupsOf(layout, method);
  if (method.derivation === 'forward' && method.perturbation !== 'parameters')
    return rowWiseGradient(network, theta, data, { ...method, groups }, directions, samples);
  if (method.derivation === 'differences' && method.perturbation === 'flipout')
    throw new NotComputedError('the reference', 'differences with rows perturbed by', method.perturbation);
  if (shiftsCurrents(method)) return nodePerturbation(network, theta, data, method, directions);
  const tangents = directions.flatMap((direction) =>
    groups.map((only) => tangentOf(layout, direction, only)),
  );

  if (method.derivation === 'forward') {
    const { loss, heads, derivatives } = forwardMode(
      network,
      theta,
      data,
      tangents,
      method.surrogate,
      samples,
    );
    return { loss, heads, derivatives, gradient: estimate(layout, method, directions, derivatives) };
  }
  const { loss, heads } = forward(network, theta, data);
  const derivatives = Float64Array.from(tangents, ({ direction }) => {
    const plus = forward(network, shifted(theta, direction, method.epsilon), data).loss;
    const minus = forward(network, shifted(theta, direction, -method.epsilon), data).loss;
    return (plus - minus) / (2 * method.epsilon);
  });
  return { loss, heads, derivatives, gradient: estimate(layout, method, directions, derivatives) };
}

/** g = (1/K) Σ_k (∇L · δθ_k) δθ_k, layer by layer divided by s_l²: unbiased for the gradient that ∇L · δθ belongs to. */
export function estimate(
  layout: Layout,
  method: Pick<MethodSpec, 'layerwise' | 'scales'>,
  directions: readonly Float64Array[],
  derivatives: Float64Array,
): Float64Array {
  const gradient = new Float64Array(layout.size);
  const groups = groupsOf(layout, method).length;
  directions.forEach((direction, k) => {
    for (const layer of layout.layers) {
      const c = derivatives[k * groups + (groups === 1 ? 0 : layer.index)];
      const factor = c / (directions.length * method.scales[layer.index] ** 2);
      for (let j = layer.weights; j < layer.end; j++) gradient[j] += factor * direction[j];
    }
  });
  return gradient;
}

function shifted(theta: Float64Array, direction: Float64Array, amount: number): Float64Array {
  return theta.map((value, j) => value + amount * direction[j]);
}

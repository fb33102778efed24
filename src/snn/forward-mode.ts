import { combine, type HeadValue, productTangent, project, totalLoss } from './combine.ts';
import type { Dataset, Layout, Network } from './network.ts';
import { simulate, type Tangent } from './simulate.ts';
import type { SurrogateSpec, WsgSamples } from './surrogate.ts';

interface ForwardModeResult {
  readonly loss: number;
  readonly heads: readonly HeadValue[];
  /** ∇L · θ̇ for every tangent. */
  readonly derivatives: Float64Array;
  /** ẏ of the output head for every tangent. */
  readonly outputTangents: readonly Float64Array[];
}

/**
 * Tangent of a whole direction (`only` undefined, scope G) or of the part of it that lies in one layer (scope L).
 * A layer's tangent starts at that layer; a read-out's needs no simulation at all.
 */
export function tangentOf(
  layout: Layout,
  direction: Float64Array,
  only?: number,
): Tangent & { readonly direction: Float64Array } {
  if (only === undefined) return { direction, from: layout.hidden.map(() => 0) };
  const layer = layout.layers[only];
  const masked = new Float64Array(layout.size);
  masked.set(direction.subarray(layer.weights, layer.end), layer.weights);
  const from = layout.hidden.map((_, factor) =>
    layer.role === 'hidden' && factor === layer.factor ? layer.depth : Number.POSITIVE_INFINITY,
  );
  return { direction: masked, from };
}

/**
 * Forward-mode AD: one simulation carries all tangents along (memory O(1) in T) and gives the scalars
 *
 *     ∇L · θ̇ = Σ_heads Σ_n ∂L/∂y[n] ẏ[n] .
 */
export function forwardMode(
  network: Network,
  theta: Float64Array,
  data: Dataset,
  tangents: readonly Tangent[],
  surrogate: SurrogateSpec,
  samples?: WsgSamples,
): ForwardModeResult {
  const { layout } = network;
  const simulations = data.factors.map((factorData, factor) =>
    simulate({ network, theta, factor, data: factorData, surrogate, samples, tangents }),
  );
  const heads = combine(
    network,
    theta,
    simulations.map((s) => s.rates),
    data,
  );
  const derivatives = new Float64Array(tangents.length);
  const outputTangents: Float64Array[] = [];

  tangents.forEach((tangent, k) => {
    const { direction } = tangent;
    heads.forEach((value, h) => {
      const projectionTangents = value.head.layers.map((index, factor) => {
        const layer = layout.layers[index];
        const { rates, tangentRates } = simulations[factor];
        return project(layer, network.centre, theta, rates[layer.depth], data.factors[factor].scale, {
          direction: typeof direction === 'function' ? (row) => direction(factor, row) : direction,
          rates: tangent.from[factor] <= layer.depth ? tangentRates[k][layer.depth] : undefined,
        });
      });
      const outputTangent = productTangent(value.projections, projectionTangents, value.head.rank);
      for (let n = 0; n < outputTangent.length; n++) derivatives[k] += value.error[n] * outputTangent[n];
      if (h === 0) outputTangents.push(outputTangent);
    });
  });
  return { loss: totalLoss(heads), heads, derivatives, outputTangents };
}

/** The plain forward pass: heads (output first) and the total loss. */
export function forward(
  network: Network,
  theta: Float64Array,
  data: Dataset,
): { loss: number; heads: HeadValue[] } {
  const rates = data.factors.map(
    (factorData, factor) => simulate({ network, theta, factor, data: factorData }).rates,
  );
  const heads = combine(network, theta, rates, data);
  return { loss: totalLoss(heads), heads };
}

import { addActivity, changesByNeuron, deltaRule, type MovedHead, meansBelow } from './activity.ts';
import { combine, type HeadValue, productAdjoint, project, totalLoss } from './combine.ts';
import { type GradientResult, isAveraged, type MethodSpec } from './method.ts';
import type { Dataset, Layer, Layout, Network } from './network.ts';
import { rowDirection, rowPlaces } from './row-directions.ts';
import { type Simulation, simulate, type Tangent } from './simulate.ts';
import type { WsgSamples } from './surrogate.ts';

/**
 * RFG where row n of a factor is perturbed along its own d_n and has its own directional derivative c_n: how fast the loss
 * changes when that row alone moves. One tangent a group carries all rows.
 *
 * Flipout: g = (1/K) Σ_k Σ_n c_n d_n, layer by layer divided by s_l². The loss depends on θ through the rows, ∇L = Σ_n g_n with
 * g_n the part of row n; signs r, s of its own make d_n uncorrelated from entry to entry, so that E[c_n d_n] = g_n: unbiased for
 * the surrogate gradient, for any entries D with mean square s_l².
 *
 * Activity perturbation (A): d_n is ξ_n, added to the currents Z of one hidden layer and held over all T steps. Hence
 * c_n = (Σ_t ∂L/∂Z_n[t]) · ξ_n, and c_n ξ_n is unbiased for Σ_t ∂L/∂Z_n[t]. The estimates are Σ_n c_n ξ_n for the bias and
 * Σ_n c_n ξ_n x_nᵀ for the weights, with x_n the layer's inputs: exactly unbiased for every bias and for the weights of a first
 * hidden layer whose inputs are held. Elsewhere the mean over time of what is fed in, such as a presynaptic mean rate, stands for what
 * comes at each step, (Σ_t ∂L/∂Z[t]) r̄ᵀ for Σ_t ∂L/∂Z[t] S[t]ᵀ: biased by what the two have in common over time. Linear layers (read-outs,
 * local projections) take their exact gradient, the delta rule.
 *
 * The tangents of neurons that only linear layers read do not mix before the loss: ṙ_n of one tangent with ξ = 1 has the mean over
 * all ξ of ±1 (`averaged`), E[c_n ξ_nj] = ṙ_nj ∂L/∂r_nj, which is Σ_t ∂L/∂Z_nj[t] itself. With one hidden layer A is the gradient then.
 */
export function rowWiseGradient(
  network: Network,
  theta: Float64Array,
  data: Dataset,
  method: MethodSpec & { readonly groups: readonly (number | undefined)[] },
  vectors: readonly Float64Array[],
  samples?: WsgSamples,
): GradientResult {
  const { layout } = network;
  const { groups, surrogate, scales, perturbation: kind } = method;
  const places = rowPlaces(
    layout,
    kind,
    data.factors.map(({ rows }) => rows),
  );
  const tangents = vectors.flatMap((vector, k) =>
    groups.map(
      (only): RowTangent => ({
        k,
        only,
        from: startOf(layout, only),
        direction: (factor, row) => rowDirection(layout, kind, places, vector, factor, row, only),
      }),
    ),
  );
  const simulations = data.factors.map((factorData, factor) =>
    simulate({ network, theta, factor, data: factorData, surrogate, samples, tangents }),
  );
  const rates = simulations.map((s) => s.rates);
  const heads = combine(network, theta, rates, data);
  const gradient =
    kind === 'activity' ? deltaRule(network, theta, data, rates, heads) : new Float64Array(layout.size);
  const derivatives = new Float64Array(tangents.length);
  const means = meansBelow(network, data, rates);

  tangents.forEach((tangent, n) => {
    const averaged = averagedLayer(method, layout, tangent);
    if (averaged && tangent.k > 0) return;
    const moved = averaged
      ? movedHeads(layout, heads, averaged, simulations[averaged.factor].tangentRates[n])
      : [];
    const perRow = rowDerivatives(network, theta, data, tangent, n, simulations, heads);
    perRow.forEach((values, factor) => {
      values.forEach((c, row) => {
        derivatives[n] += c;
        if (averaged && averaged.factor === factor) {
          const changes = changesByNeuron(theta, moved, row, data);
          addActivity(averaged, means, row, 1, changes, gradient);
        }
        if (averaged) return;
        const direction = tangent.direction(factor, row);
        for (const layer of layout.layers) {
          if (layer.factor !== factor || (tangent.only ?? layer.index) !== layer.index) continue;
          const { weights, biases, end } = layer;
          if (kind === 'flipout') {
            const by = c / (vectors.length * scales[layer.index] ** 2);
            for (let j = weights; j < end; j++) gradient[j] += by * direction[j];
          } else if (layer.role === 'hidden')
            addActivity(layer, means, row, c / vectors.length, direction.subarray(biases, end), gradient);
        }
      });
    });
  });
  return { loss: totalLoss(heads), heads, gradient, derivatives };
}

interface RowTangent extends Tangent {
  /** Its direction. */
  readonly k: number;
  /** The only layer that is perturbed; undefined: all of them. */
  readonly only: number | undefined;
  readonly direction: (factor: number, row: number) => Float64Array;
}

/** The hidden layer that a tangent starts in, where the mean over its ξ is taken. */
function averagedLayer(method: MethodSpec, layout: Layout, { only }: RowTangent): Layer | undefined {
  const layer = only === undefined ? undefined : layout.layers[only];
  return layer?.role === 'hidden' && isAveraged(method, layout, layer) ? layer : undefined;
}

/** The heads that read a layer, whose rates move along one tangent. */
function movedHeads(
  layout: Layout,
  heads: readonly HeadValue[],
  { factor, depth }: Layer,
  tangentRates: readonly Float64Array[],
): MovedHead[] {
  return heads.flatMap(({ head, error, projections }) => {
    const reader = layout.layers[head.layers[factor]];
    if (reader.depth !== depth) return [];
    const slopes = productAdjoint(error, projections, factor, head.rank);
    return { reader, rates: tangentRates[depth], slopes };
  });
}

function startOf(layout: Layout, only: number | undefined): number[] {
  return layout.hidden.map((_, factor) => {
    if (only === undefined) return 0;
    const layer = layout.layers[only];
    return layer.role === 'hidden' && layer.factor === factor ? layer.depth : Number.POSITIVE_INFINITY;
  });
}

/**
 * c[factor][row]: Σ over the heads and over the points that the row takes part in of ∂L/∂y ẏ, with ẏ the product in which this
 * row's q̇ takes the place of its q.
 */
function rowDerivatives(
  network: Network,
  theta: Float64Array,
  data: Dataset,
  tangent: RowTangent,
  number: number,
  simulations: readonly Simulation[],
  heads: readonly HeadValue[],
): Float64Array[] {
  const { layout } = network;
  const sums = data.factors.map(({ rows }) => new Float64Array(rows));
  for (const { head, error, projections } of heads) {
    head.layers.forEach((index, factor) => {
      const layer = layout.layers[index];
      const { rates, tangentRates } = simulations[factor];
      const projectionTangent = project(
        layer,
        network.centre,
        theta,
        rates[layer.depth],
        data.factors[factor].scale,
        {
          direction: (row) => tangent.direction(factor, row),
          rates: tangent.from[factor] <= layer.depth ? tangentRates[number][layer.depth] : undefined,
        },
      );
      const adjoint = productAdjoint(error, projections, factor, head.rank);
      for (let n = 0; n < projectionTangent.length; n++)
        sums[factor][Math.floor(n / head.rank)] += adjoint[n] * projectionTangent[n];
    });
  }
  return sums;
}

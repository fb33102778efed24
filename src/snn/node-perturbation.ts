import { addActivity, changesByNeuron, deltaRule, type MovedHead, meansBelow } from './activity.ts';
import { combine, type HeadValue, productAdjoint, productCurvature, project, totalLoss } from './combine.ts';
import { type GradientResult, isAveraged, type MethodSpec } from './method.ts';
import type { Dataset, Layer, Network } from './network.ts';
import { rowPlaces } from './row-directions.ts';
import { simulate } from './simulate.ts';

/**
 * Node perturbation by finite differences (WP-A). ±ε ξ_n is added to the currents of one hidden layer at every t, for row n of a
 * factor while everything else is at rest, and the loss of the spiking network observed:
 *
 *     c_n = (L(+ε ξ_n) - L(-ε ξ_n)) / 2ε ,   ∂L/∂b ≈ (1/K) Σ_k Σ_n c_n ξ_n ,   ∂L/∂W ≈ (1/K) Σ_k Σ_n c_n ξ_n x_nᵀ ,
 *
 * with x_n the layer's inputs (of a sequence their mean over time), or the mean rates of the layer below. Nothing in it is a derivative: no surrogate, no tangent and
 * no reverse scan. Linear layers take their exact gradient, the delta rule. The spikes below the layer stay as they are, so that a
 * simulation begins there; rows do not touch each other before the read-out, so that one simulation carries all of a factor's.
 *
 * Neither do the neurons of a layer that only read-outs follow: what one of them does at +ε and at -ε does not depend on the signs
 * of the others. Two simulations, at ξ = 1 and at ξ = -1, have all that any ξ of ±1 would show, and the mean of c_n ξ_n over all of
 * them is taken (`averaged`), which is without the noise of the signs:
 *
 *     E[c_n ξ_nj] = (r⁺_nj - r⁻_nj) / 2ε · ∂L/∂r_nj  at the rates (r⁺ + r⁻)/2 of row n .
 */
export function nodePerturbation(
  network: Network,
  theta: Float64Array,
  data: Dataset,
  method: MethodSpec,
  vectors: readonly Float64Array[],
): GradientResult {
  const { layout } = network;
  const { epsilon } = method;
  const simulations = data.factors.map((factorData, factor) =>
    simulate({ network, theta, factor, data: factorData, keepHistory: true }),
  );
  const rates = simulations.map((simulation) => simulation.rates);
  const heads = combine(network, theta, rates, data);
  const gradient = deltaRule(network, theta, data, rates, heads);
  const means = meansBelow(network, data, rates);
  const derivatives = new Float64Array(vectors.length * layout.layers.length);
  const places = rowPlaces(
    layout,
    'activity',
    data.factors.map(({ rows }) => rows),
  );

  vectors.forEach((vector, k) => {
    for (const layer of layout.hidden.flat()) {
      const { factor, depth, index } = layer;
      const averaged = isAveraged(method, layout, layer);
      if (averaged && k > 0) continue;
      const { at, each } = places[index];
      const xi = (row: number) => vector.subarray(at + row * each, at + (row + 1) * each);
      const ratesAt = (amount: number) => {
        const shift = (row: number) => xi(row).map((value) => amount * value);
        const { history } = simulations[factor];
        if (!history) throw new Error('a restart needs the history of the simulation at rest');
        const restart = { depth, history, shift };
        return simulate({ network, theta, factor, data: data.factors[factor], restart }).rates;
      };
      const moved = movedHeads(network, theta, data, layer, heads, ratesAt(epsilon), ratesAt(-epsilon));
      for (let row = 0; row < data.factors[factor].rows; row++) {
        const c = lossChange(moved, row) / (2 * epsilon);
        derivatives[k * layout.layers.length + index] += c;
        if (averaged) {
          const changes = changesByNeuron(theta, moved, row, data);
          addActivity(layer, means, row, 1 / (2 * epsilon), changes, gradient);
        } else addActivity(layer, means, row, c / vectors.length, xi(row), gradient);
      }
    }
  });
  return { loss: totalLoss(heads), heads, gradient, derivatives };
}

/** A head that reads a shifted layer or one above it. */
interface ShiftedHead extends MovedHead {
  /** q⁺ - q⁻, [row][i]. */
  readonly projections: Float64Array;
}

/**
 * How every row n of the layer's factor moves the heads as that row alone moves, r being its rates from the layer on. L is quadratic
 * in the row's projections q: its change is exactly q⁺ - q⁻ times the gradient half-way,
 *
 *     L(q⁺) - L(q⁻) = (q⁺ - q⁻) · (∂L/∂q + (2 weight/N) G ((q⁺ + q⁻)/2 - q)) ,
 *
 * summed over the heads; G is productCurvature, N the number of points.
 */
function movedHeads(
  network: Network,
  theta: Float64Array,
  data: Dataset,
  { factor, depth }: Layer,
  heads: readonly HeadValue[],
  plus: readonly Float64Array[],
  minus: readonly Float64Array[],
): ShiftedHead[] {
  const { layout } = network;
  const { scale } = data.factors[factor];
  return heads.flatMap(({ head, projections, error }) => {
    const reader = layout.layers[head.layers[factor]];
    if (reader.depth < depth) return [];
    const { rank } = head;
    const above = project(reader, network.centre, theta, plus[reader.depth], scale);
    const below = project(reader, network.centre, theta, minus[reader.depth], scale);
    const slopes = productAdjoint(error, projections, factor, rank);
    const curvature = productCurvature(projections, factor, rank);
    const unit = (2 * head.weight) / error.length;
    for (let at = 0; at < above.length; at += rank)
      for (let i = 0; i < rank; i++)
        for (let j = 0; j < rank; j++) {
          const half = (above[at + j] + below[at + j]) / 2 - projections[factor][at + j];
          slopes[at + i] += unit * curvature[i * rank + j] * half;
        }
    return {
      reader,
      rates: plus[reader.depth].map((r, n) => r - minus[reader.depth][n]),
      projections: above.map((q, n) => q - below[n]),
      slopes,
    };
  });
}

/** L(r⁺) - L(r⁻) of one row. */
function lossChange(moved: readonly ShiftedHead[], row: number): number {
  let change = 0;
  for (const { reader, projections, slopes } of moved)
    for (let i = row * reader.outputs; i < (row + 1) * reader.outputs; i++)
      change += projections[i] * slopes[i];
  return change;
}

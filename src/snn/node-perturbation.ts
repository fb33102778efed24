import { addActivity, deltaRule } from './activity.ts';
import { combine, type HeadValue, productAdjoint, productCurvature, project, totalLoss } from './combine.ts';
import type { GradientResult, MethodSpec } from './method.ts';
import type { Dataset, Layer, Network } from './network.ts';
import { rowPlaces } from './row-directions.ts';
import { simulate } from './simulate.ts';

/**
 * Node perturbation by finite differences (WP-A). ±ε ξ_n is added to the currents of one hidden layer at every t, for row n of a
 * factor while everything else is at rest, and the loss of the spiking network observed:
 *
 *     c_n = (L(+ε ξ_n) - L(-ε ξ_n)) / 2ε ,   ∂L/∂b ≈ (1/K) Σ_k Σ_n c_n ξ_n ,   ∂L/∂W ≈ (1/K) Σ_k Σ_n c_n ξ_n x_nᵀ ,
 *
 * with x_n the layer's inputs, or the mean rates of the layer below. Nothing in it is a derivative: no surrogate, no tangent and
 * no reverse scan. Linear layers take their exact gradient, the delta rule. The spikes below the layer stay as they are, so that a
 * simulation begins there; rows do not touch each other before the read-out, so that one simulation carries all of a factor's.
 */
export function nodePerturbation(
  network: Network,
  theta: Float64Array,
  data: Dataset,
  { epsilon }: MethodSpec,
  vectors: readonly Float64Array[],
): GradientResult {
  const { layout } = network;
  const simulations = data.factors.map((factorData, factor) =>
    simulate({ network, theta, factor, data: factorData, keepHistory: true }),
  );
  const rates = simulations.map((simulation) => simulation.rates);
  const heads = combine(network, theta, rates, data);
  const gradient = deltaRule(network, theta, data, rates, heads);
  const derivatives = new Float64Array(vectors.length * layout.layers.length);
  const places = rowPlaces(
    layout,
    'activity',
    data.factors.map(({ rows }) => rows),
  );

  vectors.forEach((vector, k) => {
    for (const layer of layout.hidden.flat()) {
      const { factor, depth, index } = layer;
      const { at, each } = places[index];
      const xi = (row: number) => vector.subarray(at + row * each, at + (row + 1) * each);
      const ratesAt = (amount: number) => {
        const shift = (row: number) => xi(row).map((value) => amount * value);
        const { history } = simulations[factor];
        if (!history) throw new Error('a restart needs the history of the simulation at rest');
        const restart = { depth, history, shift };
        return simulate({ network, theta, factor, data: data.factors[factor], restart }).rates;
      };
      const changes = lossChanges(network, theta, data, layer, heads, ratesAt(epsilon), ratesAt(-epsilon));
      changes.forEach((change, row) => {
        const c = change / (2 * epsilon);
        derivatives[k * layout.layers.length + index] += c;
        addActivity(layer, data, rates, row, c / vectors.length, xi(row), gradient);
      });
    }
  });
  return { loss: totalLoss(heads), heads, gradient, derivatives };
}

/**
 * L(r⁺) - L(r⁻) for every row n of the layer's factor as that row alone moves, r being its rates from the layer on. L is quadratic
 * in the row's projections q: its change is exactly q⁺ - q⁻ times the gradient half-way,
 *
 *     L(q⁺) - L(q⁻) = (q⁺ - q⁻) · (∂L/∂q + (2 weight/N) G ((q⁺ + q⁻)/2 - q)) ,
 *
 * summed over the heads that read the layer or one above it; G is productCurvature, N the number of points.
 */
function lossChanges(
  network: Network,
  theta: Float64Array,
  data: Dataset,
  { factor, depth }: Layer,
  heads: readonly HeadValue[],
  plus: readonly Float64Array[],
  minus: readonly Float64Array[],
): Float64Array {
  const { layout } = network;
  const { rows, scale } = data.factors[factor];
  const changes = new Float64Array(rows);
  for (const { head, projections, error } of heads) {
    const reader = layout.layers[head.layers[factor]];
    if (reader.depth < depth) continue;
    const { rank } = head;
    const above = project(reader, network.centre, theta, plus[reader.depth], scale);
    const below = project(reader, network.centre, theta, minus[reader.depth], scale);
    const adjoint = productAdjoint(error, projections, factor, rank);
    const curvature = productCurvature(projections, factor, rank);
    const unit = (2 * head.weight) / error.length;
    for (let at = 0; at < above.length; at += rank) {
      for (let i = 0; i < rank; i++) {
        let slope = 0;
        for (let j = 0; j < rank; j++) {
          const half = (above[at + j] + below[at + j]) / 2 - projections[factor][at + j];
          slope += curvature[i * rank + j] * half;
        }
        changes[at / rank] += (above[at + i] - below[at + i]) * (adjoint[at + i] + unit * slope);
      }
    }
  }
  return changes;
}

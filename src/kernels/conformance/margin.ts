import { tangentOf } from '../../snn/forward-mode.ts';
import { groupsOf, shiftsCurrents, usesSurrogate } from '../../snn/method.ts';
import type { Dataset, FactorData, Network } from '../../snn/network.ts';
import { rowPlaces } from '../../snn/row-directions.ts';
import { type Simulation, simulate } from '../../snn/simulate.ts';
import { drawnSamples, explicitSamples, type SurrogateSpec, type WsgSamples } from '../../snn/surrogate.ts';
import type { GradientRequest } from '../../training/engine.ts';
import { rowsOfLayers } from '../../training/reference-engine.ts';

/** Nearer than this to the threshold, float32 may spike where float64 does not: such rows are left out. */
export const MARGIN = 1e-4;

/** Samples of the weak form and the surrogate they belong to. */
export interface Weak {
  readonly surrogate: SurrogateSpec;
  readonly samples: WsgSamples;
}

/** The samples of a gradient request, where it needs any. */
export function weakOf({ network, data, method, samples }: GradientRequest): Weak | undefined {
  const { layout } = network;
  if (method.surrogate.kind !== 'WSG' || !usesSurrogate(method)) return undefined;
  const rows = rowsOfLayers(layout, data);
  const draws =
    samples.kind === 'drawn'
      ? drawnSamples(samples.seed, samples.step, rows, method.surrogate.samples)
      : explicitSamples(samples.values, network.T, rows);
  return { surrogate: method.surrogate, samples: draws };
}

/** Smallest |U - ϑ| of a simulation. */
function distance({ history }: Simulation, threshold: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (const membranes of history?.membranes ?? [])
    for (const u of membranes) smallest = Math.min(smallest, Math.abs(u - threshold));
  return smallest;
}

/**
 * Smallest |U - ϑ| of one factor where each row's currents in one hidden layer are shifted by ±ε ξ, in all layers and
 * directions. `firstRow` is where its rows stand in a batch of `rows` rows of each factor.
 */
export function shiftedMargin(
  { network, theta, method, directions }: Omit<GradientRequest, 'data' | 'samples'>,
  factor: number,
  data: FactorData,
  rows: readonly number[],
  firstRow = 0,
): number {
  const { layout } = network;
  const { history } = simulate({ network, theta, factor, data, keepHistory: true });
  const places = rowPlaces(layout, 'activity', rows);
  let smallest = Number.POSITIVE_INFINITY;
  for (const direction of directions)
    for (const { index, depth } of layout.hidden[factor])
      for (const amount of [method.epsilon, -method.epsilon]) {
        const { at, each } = places[index];
        const start = (row: number) => at + (firstRow + row) * each;
        const shift = (row: number) =>
          direction.subarray(start(row), start(row) + each).map((xi) => amount * xi);
        const restart = history && { depth, history, shift };
        const moved = simulate({ network, theta, factor, data, keepHistory: true, restart });
        smallest = Math.min(smallest, distance(moved, network.threshold));
      }
  return smallest;
}

/**
 * Smallest |U - ϑ|, and |U - ϑ + δ| under WSG, of one factor. `firstRow` is where its rows stand in the
 * batch.
 */
export function factorMargin(
  network: Network,
  theta: Float64Array,
  factor: number,
  data: FactorData,
  weak?: Weak,
  firstRow = 0,
): number {
  const { layout } = network;
  const { history } = simulate({ network, theta, factor, data, keepHistory: true });
  let smallest = Number.POSITIVE_INFINITY;
  layout.hidden[factor].forEach((layer, depth) => {
    const U = history?.membranes[depth] ?? new Float64Array(0);
    for (const u of U) smallest = Math.min(smallest, Math.abs(u - network.threshold));
    if (!weak) return;
    const delta = new Float64Array(layer.outputs);
    for (let t = 0; t < network.T; t++)
      for (let row = 0; row < data.rows; row++)
        for (let k = 0; k < weak.surrogate.samples; k++) {
          weak.samples.fill(layer.index, t, firstRow + row, k, delta);
          const at = (t * data.rows + row) * layer.outputs;
          for (let j = 0; j < layer.outputs; j++) {
            const x = U[at + j] - network.threshold + delta[j] * weak.surrogate.sigma;
            smallest = Math.min(smallest, Math.abs(x));
          }
        }
  });
  return smallest;
}

/** The smallest margin of all factors. */
function marginOf(network: Network, theta: Float64Array, data: Dataset, weak?: Weak): number {
  return Math.min(...data.factors.map((factor, m) => factorMargin(network, theta, m, factor, weak)));
}

/**
 * The smallest margin at all parameters and currents at which the request runs the network: θ, and under finite differences θ ± εδ of every
 * group, or currents shifted by ±ε ξ.
 */
export function requestMargin(request: GradientRequest): number {
  const { network, theta, data, method, directions } = request;
  const { layout } = network;
  let smallest = marginOf(network, theta, data, weakOf(request));
  if (method.derivation !== 'differences') return smallest;
  if (shiftsCurrents(method)) {
    const rows = data.factors.map((factor) => factor.rows);
    const margins = data.factors.map((factor, m) => shiftedMargin(request, m, factor, rows));
    return Math.min(smallest, ...margins);
  }
  for (const direction of directions)
    for (const only of groupsOf(layout, method)) {
      const tangent = tangentOf(layout, direction, only);
      for (const amount of [method.epsilon, -method.epsilon]) {
        const displaced = theta.map((value, j) => value + amount * tangent.direction[j]);
        smallest = Math.min(smallest, marginOf(network, displaced, data));
      }
    }
  return smallest;
}

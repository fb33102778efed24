import { beat } from './beat.ts';
import { type FactorData, isHeld, type Layer, type Network, timeWeightsOf } from './network.ts';
import { Neuron } from './neuron.ts';
import { gaussianSurrogate, type SurrogateSpec, type WsgSamples, weakFormTerm } from './surrogate.ts';
import { kernelsOf, Synapses } from './synapse.ts';

/** θ̇ of one row of a factor, length P; only the factor's own layers are read. */
export type RowDirections = (factor: number, row: number) => Float64Array;

/** A direction in parameter space that the simulation carries a tangent for. */
export interface Tangent {
  /** θ̇, length P; or one for every row of every factor. */
  readonly direction: Float64Array | RowDirections;
  /** Per factor: the first hidden depth whose tangent is not zero; a tangent starts at its layer. */
  readonly from: readonly number[];
}

/** What is kept of every step when a reverse scan or a view needs it: [depth] of arrays [t][row][neuron]. */
export interface History {
  /** Membrane potential U before the reset. */
  readonly membranes: Float64Array[];
  /** Spikes S, 0 or 1. */
  readonly spikes: Uint8Array[];
  /** Surrogate derivative f(U - ϑ); empty arrays when no surrogate was asked for. */
  readonly surrogate: Float64Array[];
}

/** Mean rates of every hidden layer, and what was asked for beside them. */
export interface Simulation {
  /** Mean rates r̄ = (1/T) Σ_t S[t]: [depth] of [row][neuron]. */
  readonly rates: Float64Array[];
  /** Their tangents: [tangent][depth] of [row][neuron]. */
  readonly tangentRates: Float64Array[][];
  readonly history?: History;
}

/** Starts a simulation at a hidden layer whose currents are shifted; the spikes of the layers below are as they were. */
interface Restart {
  readonly depth: number;
  /** Of the simulation at rest: the spikes below `depth` are read. */
  readonly history: History;
  /** Added to the layer's current at every t: a number for each of its neurons. */
  readonly shift: (row: number) => ArrayLike<number>;
}

/** What is simulated: a factor of a network at given weights and rows, with tangents if they are wanted. */
export interface SimulationRequest {
  readonly network: Network;
  readonly theta: Float64Array;
  readonly factor: number;
  readonly data: FactorData;
  /** Needed when there are tangents or when history is kept for a reverse scan. */
  readonly surrogate?: SurrogateSpec;
  /** Samples δ; needed for WSG. */
  readonly samples?: WsgSamples;
  readonly tangents?: readonly Tangent[];
  readonly keepHistory?: boolean;
  /** Without tangents; the rates below its depth are left at 0. */
  readonly restart?: Restart;
}

/** Which inputs of a layer are not 0, and their values: most spikes are. */
let active = new Uint32Array(0);
let values = new Float64Array(0);

/** z[j] = Σ_i W[j][i] x[i] (+ b[j]), W and b of `layer` inside `theta`. */
function affine(
  layer: Layer,
  theta: Float64Array,
  x: ArrayLike<number>,
  start: number,
  bias: boolean,
  z: Float64Array,
  add: boolean,
) {
  const { inputs } = layer;
  if (active.length < inputs) {
    active = new Uint32Array(inputs);
    values = new Float64Array(inputs);
  }
  // Looked up once for all outputs. The order of the sums stays.
  let count = 0;
  for (let i = 0; i < inputs; i++) {
    const value = x[start + i];
    if (value === 0) continue;
    active[count] = i;
    values[count++] = value;
  }
  const [at, by] = [active, values];
  for (let j = 0; j < layer.outputs; j++) {
    let sum = bias ? theta[layer.biases + j] : 0;
    const row = layer.weights + j * inputs;
    for (let n = 0; n < count; n++) sum += theta[row + at[n]] * by[n];
    z[j] = add ? z[j] + sum : sum;
  }
}

function add(z: Float64Array, shift: ArrayLike<number>): void {
  for (let j = 0; j < z.length; j++) z[j] += shift[j];
}

/**
 * Simulates one factor for every row of its data. Its neurons (neuron.ts) are given the currents Z[t] = W S_prev[t] + b,
 * with direct coding (the first layer's current is W x[t] + b, the same at every step where x is held) and no delay between layers. Along
 * each tangent θ̇ it carries, in the same sweep and without storing anything over time,
 *
 *     Ż[t] = Ẇ S_prev[t] + W Ṡ_prev[t] + ḃ .
 */
export function simulate(request: SimulationRequest): Simulation {
  const { network, theta, data, surrogate, samples, restart } = request;
  const { T } = network;
  const neuron = new Neuron(network);
  const weightsOf = timeWeightsOf(network, request.factor, data);
  const layers = network.layout.hidden[request.factor];
  const tangents = request.tangents ?? [];
  const widths = layers.map((layer) => layer.outputs);
  const perLayer = () => widths.map((width) => new Float64Array(width));
  const perRow = () => widths.map((width) => new Float64Array(data.rows * width));
  const overTime = <A>(make: (length: number) => A) => widths.map((width) => make(T * data.rows * width));

  const rates = perRow();
  const tangentRates = tangents.map(perRow);
  const history: History | undefined = request.keepHistory
    ? {
        membranes: overTime((n) => new Float64Array(n)),
        spikes: overTime((n) => new Uint8Array(n)),
        surrogate: overTime((n) => new Float64Array(surrogate ? n : 0)),
      }
    : undefined;

  const current = perLayer();
  const membrane = perLayer();
  const distance = perLayer();
  const spikes = perLayer();
  const derivative = perLayer();
  const delta = perLayer();
  const tangentCurrent = tangents.map(perLayer);
  const tangentMembrane = tangents.map(perLayer);
  const tangentSpikes = tangents.map(perLayer);

  const kernels = layers.map((layer) => kernelsOf(network, layer));
  const synapses = () => kernels.map((one) => one && new Synapses(one, T));
  const paths = [synapses(), ...tangents.map(synapses)];
  /** What charges the membranes, or their tangents along one direction. */
  const charge = perLayer();
  const biases = [perLayer(), ...tangents.map(perLayer)];
  const charged = (path: number, depth: number, t: number, z: Float64Array) => {
    const synapse = paths[path][depth];
    if (!synapse) return z;
    synapse.charge(t, z, biases[path][depth], charge[depth]);
    return charge[depth];
  };

  const lowest = restart?.depth ?? 0;
  const { inputs: width, sequence } = network.factors[request.factor];
  const held = isHeld(network, request.factor);

  for (let row = 0; row < data.rows; row++) {
    const input = row * data.width;
    const share = weightsOf(row);
    const shift = restart?.shift(row);
    for (const state of [membrane, spikes, ...tangentMembrane, ...tangentSpikes])
      for (const array of state) array.fill(0);
    for (const path of paths) for (const synapse of path) synapse?.rest();
    const directions = tangents.map(({ direction }) =>
      typeof direction === 'function' ? direction(request.factor, row) : direction,
    );
    [theta, ...directions].forEach((vector, path) => {
      layers.forEach((layer, depth) => {
        biases[path][depth].set(vector.subarray(layer.biases, layer.end));
      });
    });
    if (shift) add(biases[0][lowest], shift);
    const feed = (at: number) => {
      affine(layers[0], theta, data.inputs, at, true, current[0], false);
      if (shift && lowest === 0) add(current[0], shift);
      tangents.forEach(({ from }, k) => {
        if (from[request.factor] === 0)
          affine(layers[0], directions[k], data.inputs, at, true, tangentCurrent[k][0], false);
      });
    };

    for (let t = 0; t < T; t++) {
      beat();
      if (t === 0 || !held) feed(input + (sequence ? t * width : 0));
      for (let depth = lowest; depth < layers.length; depth++) {
        const layer = layers[depth];
        const width = layer.outputs;
        const U = membrane[depth];
        const x = distance[depth];
        const S = spikes[depth];
        const f = derivative[depth];
        if (restart && shift && depth > 0 && depth === lowest) {
          const below = restart.history.spikes[depth - 1];
          affine(layer, theta, below, (t * data.rows + row) * layer.inputs, true, current[depth], false);
          add(current[depth], shift);
        } else if (depth > 0) affine(layer, theta, spikes[depth - 1], 0, true, current[depth], false);
        const leak = kernels[depth]?.leak;
        const Z = charged(0, depth, t, current[depth]);
        for (let j = 0; j < width; j++) {
          U[j] = neuron.membrane(U[j], Z[j], leak?.[j]);
          x[j] = neuron.distance(U[j]);
          S[j] = x[j] >= 0 ? 1 : 0;
        }
        if (surrogate) surrogateOf(x, surrogate, samples, layer.index, t, row, delta[depth], f);

        for (let k = 0; k < tangents.length; k++) {
          const { from } = tangents[k];
          if (depth < from[request.factor]) continue;
          const dZ = tangentCurrent[k][depth];
          const dU = tangentMembrane[k][depth];
          const dS = tangentSpikes[k][depth];
          if (depth > 0) {
            affine(layer, directions[k], spikes[depth - 1], 0, true, dZ, false);
            if (depth > from[request.factor])
              affine(layer, theta, tangentSpikes[k][depth - 1], 0, false, dZ, true);
          }
          const sum = tangentRates[k][depth];
          const dI = charged(k + 1, depth, t, dZ);
          for (let j = 0; j < width; j++) {
            const moved = neuron.tangent(dU[j], dI[j], leak?.[j]);
            dS[j] = f[j] * moved;
            sum[row * width + j] += dS[j] * share[t];
            dU[j] = neuron.resetTangent(moved, S[j]);
          }
        }

        if (history) {
          const at = (t * data.rows + row) * width;
          history.membranes[depth].set(U, at);
          history.spikes[depth].set(S, at);
          if (surrogate) history.surrogate[depth].set(f, at);
        }
        for (let j = 0; j < width; j++) {
          U[j] = neuron.reset(U[j], S[j]);
          rates[depth][row * width + j] += S[j] * share[t];
        }
      }
    }
  }
  return { rates, tangentRates, history };
}

/** f(x), x = U - ϑ, of one layer at one step of one row. */
function surrogateOf(
  x: Float64Array,
  surrogate: SurrogateSpec,
  samples: WsgSamples | undefined,
  layer: number,
  t: number,
  row: number,
  delta: Float64Array,
  f: Float64Array,
): void {
  const { kind, sigma, samples: count } = surrogate;
  if (kind === 'SG') {
    for (let j = 0; j < f.length; j++) f[j] = gaussianSurrogate(x[j], sigma);
    return;
  }
  if (!samples) throw new Error('WSG needs samples δ: none were given');
  f.fill(0);
  for (let k = 0; k < count; k++) {
    samples.fill(layer, t, row, k, delta);
    for (let j = 0; j < f.length; j++) f[j] += weakFormTerm(x[j], delta[j] * sigma, sigma) / count;
  }
}

/**
 * The factor network: M spiking MLPs ("factors") whose linear read-outs of length r are multiplied and summed,
 *
 *     y[n₁, …, n_M] = Σ_i Π_m  scale_m[n_m] · p_m[n_m]_i ,     p_m = W (r̄_m - centre) + b ,
 *
 * with r̄ the time-mean of the last hidden layer's spikes, or Σ_t ω[t] S[t] of a read-out that sees them filtered (`timeWeights`). The Mexican hat has M = 1 and r = 1, a spiking DeepONet
 * M = 2 (branch, trunk), a spiking SepONet M = 3 (branch, X, T). The row scales carry the boundary factor and the
 * per-function scale.
 */

import type { NeuronSpec, SynapseSpec } from './neuron.ts';

/** One spiking MLP: `inputs` real numbers, hidden spiking layers of the given widths, linear read-out. */
export interface FactorSpec {
  readonly name: string;
  readonly inputs: number;
  /** Each time step has `inputs` numbers of its own; without it they are held over all T. */
  readonly sequence?: boolean;
  /** Without one currents charge membranes as they are. */
  readonly synapse?: SynapseSpec;
  /** κ of a read-out that sees spikes filtered, at the end or at each row's own time step (`readAt`); without it mean rates. */
  readonly readDecay?: number;
  readonly hidden: readonly number[];
}

/** A network as it is asked for; `networkFrom` lays it out. */
export interface NetworkSpec extends NeuronSpec {
  readonly factors: readonly FactorSpec[];
  /** Length r of every factor's read-out. */
  readonly rank: number;
  /** Rank of the local-loss heads (LL); 0 = no local losses. */
  readonly localRank: number;
  /** Simulation time steps T. */
  readonly T: number;
  /** Subtracted from the mean rates before a read-out: ½ with read-out centring, else 0. */
  readonly centre: number;
}

/**
 * One affine map, weights and bias together: what the paper calls a layer in "layer-wise". In θ its weights
 * W[outputs][inputs] lie row by row from `weights`, its bias from `biases`, up to `end`.
 */
export interface Layer {
  readonly index: number;
  readonly name: string;
  readonly factor: number;
  /** hidden: feeds spiking neurons; readout: the factor's read-out; local: a projection of a local-loss head. */
  readonly role: 'hidden' | 'readout' | 'local';
  /** Hidden depth: of its own neurons (hidden) or of the rates it reads (readout, local); 0 is the first. */
  readonly depth: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly biases: number;
  readonly end: number;
}

/** A product of one projection per factor, compared with the target: head 0 is the output, the others are LL heads. */
export interface Head {
  /** Index of the projecting layer of each factor. */
  readonly layers: readonly number[];
  readonly rank: number;
  /** Weight of its mean squared error in the loss: 1 for the output, 1/N for each of N local heads. */
  readonly weight: number;
}

/** Where everything of a network is in θ. */
export interface Layout {
  readonly layers: readonly Layer[];
  readonly heads: readonly Head[];
  /** hidden[factor][depth] → layer. */
  readonly hidden: readonly (readonly Layer[])[];
  /** Length P of θ. */
  readonly size: number;
}

/** A network and where its parameters lie in θ. */
export interface Network extends NetworkSpec {
  readonly layout: Layout;
}

/** The network with its layout in θ. */
export const networkFrom = (spec: NetworkSpec): Network => ({ ...spec, layout: layoutOf(spec) });

/** One entry for every factor: a single entry serves all. */
export function perFactor<T>(entries: readonly T[], factors: number): T[] {
  return Array.from({ length: factors }, (_, m) => entries[Math.min(m, entries.length - 1)]);
}

/** Whether what charges a factor's first layer is the same at all time steps: held inputs that pass no synapse. */
export const isHeld = ({ factors }: NetworkSpec, factor: number): boolean =>
  !factors[factor].sequence && factors[factor].synapse === undefined;

/** Whether time enters a network by its membranes alone: inputs are held, no synapse, mean rates. */
export const isTimeless = ({ factors }: Pick<NetworkSpec, 'factors'>): boolean =>
  factors.every(({ sequence, synapse, readDecay }) => !sequence && !synapse && readDecay === undefined);

/** Numbers that a row of a factor holds: its inputs, of a sequence [t][input]. */
export function rowWidth({ factors, T }: Pick<NetworkSpec, 'factors' | 'T'>, factor: number): number {
  const { inputs, sequence } = factors[factor];
  return sequence ? T * inputs : inputs;
}

/**
 * ω[t] of r̄ = Σ_t ω[t] S[t], as it is read at a time step `at`: 1/T each, or κ^(at - t) divided by its sum over t ≤ at, what spikes
 * through a filter of decay κ leave at that time; 0 for later ones.
 */
export function timeWeights(
  { T, factors }: Pick<NetworkSpec, 'T' | 'factors'>,
  factor: number,
  at = T - 1,
): Float64Array {
  const { readDecay } = factors[factor];
  if (readDecay === undefined) return new Float64Array(T).fill(1 / T);
  const powers = Float64Array.from({ length: T }, (_, t) => (t <= at ? readDecay ** (at - t) : 0));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** Time step at which a factor's row is read: the last one, or with a filtered read-out the row's own. */
export function readStepOf(
  { T, factors }: Pick<NetworkSpec, 'T' | 'factors'>,
  factor: number,
  { readAt }: Pick<FactorData, 'readAt'>,
): (row: number) => number {
  const own = factors[factor].readDecay === undefined ? undefined : readAt;
  return (row) => own?.[row] ?? T - 1;
}

/** ω[t] of any of a factor's rows. */
export function timeWeightsOf(
  network: Pick<NetworkSpec, 'T' | 'factors'>,
  factor: number,
  data: Pick<FactorData, 'readAt'>,
): (row: number) => Float64Array {
  const known = new Map<number, Float64Array>();
  const readStep = readStepOf(network, factor, data);
  return (row) => {
    const at = readStep(row);
    const weights = known.get(at) ?? timeWeights(network, factor, at);
    known.set(at, weights);
    return weights;
  };
}

/** What one factor is fed: `rows` of `width` numbers (`rowWidth`; row by row) and one output scale per row. */
export interface FactorData {
  readonly rows: number;
  readonly width: number;
  readonly inputs: Float32Array | Float64Array;
  readonly scale: Float32Array | Float64Array;
  /** Time step, from 0, at which a filtered read-out sees each row; without it the last one. */
  readonly readAt?: Uint16Array;
}

/** Inputs of every factor and the targets on their tensor product, target[n₁ … n_M] with the last index fastest. */
export interface Dataset {
  readonly factors: readonly FactorData[];
  readonly target: Float32Array | Float64Array;
  /** Its relative error is that of all points at once, and not the mean over the rows of the first factor. */
  readonly pooled?: boolean;
}

/**
 * Order of the layers in θ: factor by factor its hidden layers and its read-out, then the local heads depth by depth.
 * A factor with fewer hidden layers than another gives its last one to the deeper local heads.
 */
export function layoutOf(network: NetworkSpec): Layout {
  const layers: Layer[] = [];
  const hidden: Layer[][] = [];
  let size = 0;
  const single = network.factors.length === 1;

  const add = (
    factor: number,
    role: Layer['role'],
    depth: number,
    inputs: number,
    outputs: number,
  ): Layer => {
    const prefix = single ? '' : `${network.factors[factor].name} `;
    const label =
      role === 'hidden' ? `hidden ${depth + 1}` : role === 'readout' ? 'read-out' : `local ${depth + 1}`;
    const biases = size + inputs * outputs;
    const end = biases + outputs;
    const layer = {
      index: layers.length,
      name: prefix + label,
      factor,
      role,
      depth,
      inputs,
      outputs,
      weights: size,
      biases,
      end,
    };
    layers.push(layer);
    size = end;
    return layer;
  };

  const output: number[] = [];
  network.factors.forEach((spec, factor) => {
    let width = spec.inputs;
    hidden.push(
      spec.hidden.map((outputs, depth) => {
        const layer = add(factor, 'hidden', depth, width, outputs);
        width = outputs;
        return layer;
      }),
    );
    output.push(add(factor, 'readout', spec.hidden.length - 1, width, network.rank).index);
  });

  const heads: Head[] = [{ layers: output, rank: network.rank, weight: 1 }];
  if (network.localRank > 0) {
    const depths = Math.max(...network.factors.map((spec) => spec.hidden.length));
    for (let n = 0; n < depths; n++) {
      const projections = network.factors.map((spec, factor) => {
        const depth = Math.min(n, spec.hidden.length - 1);
        return add(factor, 'local', depth, spec.hidden[depth], network.localRank).index;
      });
      heads.push({ layers: projections, rank: network.localRank, weight: 1 / depths });
    }
  }
  return { layers, heads, hidden, size };
}

/** Why a network is not one of held inputs, to be shown. */
export const OVER_TIME = 'this network reads a series, by synapses with delays or with a filtered read-out';

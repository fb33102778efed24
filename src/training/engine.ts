import type { MethodSpec } from '../snn/method.ts';
import type { Dataset, Network } from '../snn/network.ts';
import type { Pulse } from './pulse.ts';
import type { Specs } from './specs.ts';
import { starting } from './start.ts';

export type EngineName = 'reference' | 'wasm' | 'webgpu';

/** What is trained and on what. Engines cache by identity: make a new object when anything in it changes. */
export interface Task {
  readonly specs: Specs;
  readonly data: Dataset;
}

/** Everything a run is. `advance` never changes the one it is given. */
export interface RunState {
  /** θ, length P. */
  readonly theta: Float64Array;
  /** First and second moments of Adam, length P. */
  readonly m: Float64Array;
  readonly v: Float64Array;
  /** Training steps done: position in the schedule and counter of all random numbers. */
  readonly step: number;
  /** Steps since the moments were last reset. */
  readonly momentSteps: number;
  readonly seed: number;
}

/** A run that is to be trained from a state on. */
export interface AdvanceRequest {
  readonly task: Task;
  readonly state: RunState;
}

/** What some training steps of a run gave. */
export interface Chunk {
  /** State after the last good step. */
  readonly state: RunState;
  /** Loss of every step done, before its update. */
  readonly losses: Float64Array;
  /** Step whose loss, gradient or update was not finite; `state` is the one before it. */
  readonly divergedAt?: number;
}

/** One gradient with everything injected: what conformance compares and the gradient microscope draws. */
export interface GradientRequest {
  readonly network: Network;
  readonly theta: Float64Array;
  /** The batch: all of its rows are used. */
  readonly data: Dataset;
  readonly method: MethodSpec;
  /** K direction vectors, scaled by s_l: of length P, or with the rows' numbers that `directionSize` counts. */
  readonly directions: readonly Float64Array[];
  readonly samples: SamplesRequest;
}

/** δ of WSG: drawn for (seed, step), or given as values[layer] in units of σ, indexed [sample][t][row][neuron]. */
export type SamplesRequest =
  | { readonly kind: 'drawn'; readonly seed: number; readonly step: number }
  | { readonly kind: 'explicit'; readonly values: readonly Float64Array[] };

/** A gradient of length P, and what it was made of. */
export interface GradientReport {
  readonly loss: number;
  /** Output head on the tensor product of the rows. */
  readonly output: ArrayLike<number>;
  readonly gradient: ArrayLike<number>;
  /** [direction][group]; empty for BP. */
  readonly derivatives: ArrayLike<number>;
}

/** Spikes and membranes of one factor: [depth] of [t][row][neuron], membranes before the reset. */
export interface Trace {
  readonly spikes: readonly Uint8Array[];
  readonly membranes: readonly (Float64Array | Float32Array)[];
  /** Mean rates: [depth] of [row][neuron]. */
  readonly rates: readonly (Float64Array | Float32Array)[];
}

/** Where training is computed. All methods reject with an Error whose message can be shown. */
export interface Engine {
  readonly name: EngineName;
  /** `steps` training steps of each run. Runs are independent; an engine may compute them side by side. */
  advance(requests: readonly AdvanceRequest[], steps: number): Promise<Chunk[]>;
  /** One gradient, or one estimate of it, at given weights; nothing is updated. */
  gradient(request: GradientRequest): Promise<GradientReport>;
  /** Output head y on the tensor product of the rows of `data` (targets are not used). */
  outputs(network: Network, theta: Float64Array, data: Dataset): Promise<Float32Array | Float64Array>;
  /** Spikes and membrane potentials of one factor at the rows of `data`. */
  trace(network: Network, theta: Float64Array, factor: number, data: Dataset): Promise<Trace>;
  /**
   * Takes what training a task needs, before its first step. @returns its memory in bytes, where that is known
   * @throws Error naming what does not fit, and what would.
   */
  prepare?(task: Task): Promise<number | undefined>;
  /** Gives up the memory that it holds for tasks; it goes on with any. */
  release?(): void;
  /** Gives up what it holds of memory and device; it is of no use afterwards. */
  dispose(): void;
}

/** Initial weights of the latest tasks: wide networks take seconds to make. */
const MOST_INITIAL = 4;
const initials = new WeakMap<Dataset, Map<string, Float64Array>>();

function initialsOf({ specs, data }: Task, seed: number) {
  const { network, layout, initialisation, fitted } = specs;
  const key = JSON.stringify([initialisation, fitted, network, layout, seed]);
  const cached = initials.get(data) ?? new Map<string, Float64Array>();
  initials.set(data, cached);
  return {
    known: cached.get(key),
    pieces: () => starting(specs, data, seed),
    keep(theta: Float64Array) {
      cached.set(key, theta);
      for (const oldest of cached.keys()) if (cached.size > MOST_INITIAL) cached.delete(oldest);
      return theta;
    },
  };
}

/** Makes the initial weights of a run in pieces, so that `initialState` has them at once. @throws Interrupted */
export async function prepareInitialState(task: Task, seed: number, pulse: Pulse): Promise<void> {
  const { known: cached, pieces, keep } = initialsOf(task, seed);
  if (cached) return;
  const making = pieces();
  for (;;) {
    const next = making.next();
    if (next.done) {
      keep(next.value);
      return;
    }
    await pulse();
  }
}

/** State of a run before its first step. */
export function initialState(task: Task, seed: number): RunState {
  const { layout } = task.specs;
  const { known: cached, pieces, keep } = initialsOf(task, seed);
  let theta = cached;
  if (!theta) {
    const making = pieces();
    let next = making.next();
    while (!next.done) next = making.next();
    theta = keep(next.value);
  }
  return {
    theta: theta.slice(),
    m: new Float64Array(layout.size),
    v: new Float64Array(layout.size),
    step: 0,
    momentSteps: 0,
    seed,
  };
}

/** The same weights and schedule position with the moments at zero: what a change of method does in mid-run. */
export function resetMoments(state: RunState): RunState {
  return {
    ...state,
    m: new Float64Array(state.m.length),
    v: new Float64Array(state.v.length),
    momentSteps: 0,
  };
}

/**
 * A run's state as it goes on under another configuration, whose task is given: weights and schedule position stay, local heads are
 * added at their initial weights or dropped, moments are zero.
 */
export function goOnUnder(state: RunState, task: Task): RunState {
  const { size } = task.specs.layout;
  const { theta } = state;
  const carried = size === theta.length ? theta : initialState(task, state.seed).theta;
  if (carried !== theta) carried.set(theta.subarray(0, Math.min(size, theta.length)));
  const blank = new Float64Array(size);
  return resetMoments({ ...state, theta: carried, m: blank, v: blank });
}

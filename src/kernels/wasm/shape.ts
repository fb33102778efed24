import {
  drawsDirections,
  type MethodSpec,
  NotComputedError,
  type Perturbation,
  shiftsCurrents,
} from '../../snn/method.ts';
import { isHeld } from '../../snn/network.ts';
import { directionSize, type RowPlace, rowPlaces } from '../../snn/row-directions.ts';
import type { Arena } from './arena.ts';
import type { Job } from './job.ts';
import { DERIVATION } from './records.ts';

/** A row's state is kept for as many time steps as RFG runs at once: a constant, whatever T is. */
const BLOCK = 16;
/** Spikes of a block are the bits of a word. */
const LONGEST_BLOCK = 32;

/** A tile is sixteen neurons. */
export const TILE_BYTES = 64;
export const tilesOf = (neurons: number) => Math.ceil(neurons / 16);
export const bytesOf = (neurons: number) => tilesOf(neurons) * TILE_BYTES;
const even = (n: number) => n + (n % 2);

/** What a job means for the layout of its memory: see records.ts. */
export interface Shape {
  readonly job: Job;
  readonly arena: Arena;
  readonly derivation: number;
  /** Surrogate derivatives are computed. */
  readonly derives: boolean;
  /** Rows at ±ε ξ are simulated. */
  readonly nodes: boolean;
  /** The loss is taken back to the projections, and rows add to the packed gradient. */
  readonly adjoints: boolean;
  readonly keep: boolean;
  readonly slots: number;
  readonly fused: boolean;
  readonly global: boolean;
  readonly perturbation: Perturbation;
  /** Where each layer's row numbers lie in a direction of `directionLength` numbers. */
  readonly places: readonly RowPlace[];
  readonly directionLength: number;
  readonly first: number;
  readonly block: number;
  /** Time steps that a current is on its way at most. */
  readonly longestDelay: number;
}

/** @throws Error naming a method that these kernels do not compute. */
function derivationOf(method: MethodSpec | undefined): number {
  const derivation = method?.derivation ?? 'none';
  if (!(derivation in DERIVATION)) throw new NotComputedError('WebAssembly', 'gradients by', derivation);
  return DERIVATION[derivation as keyof typeof DERIVATION];
}

export function shapeOf(job: Job, arena: Arena): Shape {
  const { network, method } = job;
  const derivation = derivationOf(method);
  const derives = derivation === DERIVATION.reverse || derivation === DERIVATION.forward;
  const first = 3 - network.factors.length;
  const perturbation = method && drawsDirections(method) ? method.perturbation : 'parameters';
  const nodes = method !== undefined && shiftsCurrents(method);
  if (derivation === DERIVATION.differences && perturbation === 'flipout')
    throw new NotComputedError('WebAssembly', 'differences with rows perturbed by', perturbation);
  // A simulation that begins at a layer reads all spikes below it.
  const keep = derivation === DERIVATION.reverse || nodes || job.trace;
  const block = Math.min(derivation === DERIVATION.forward ? BLOCK : LONGEST_BLOCK, even(network.T));
  return {
    job,
    arena,
    derivation,
    derives,
    nodes,
    adjoints: derives || nodes,
    keep,
    block,
    slots: keep ? even(network.T) : block,
    fused: first === 2 && (derives || nodes),
    global: method?.layerwise === false,
    perturbation,
    places: rowPlaces(job.network.layout, perturbation, job.rows),
    directionLength: directionSize(job.network.layout, perturbation, job.rows),
    first,
    longestDelay: network.synapse?.kind === 'response' ? network.synapse.longestDelay : 0,
  };
}

/**
 * Whether a factor's tangents come from the derivatives of its rates (assembly/jacobian.ts): these take as long as two tangents
 * that are carried through time.
 */
export function takesJacobian({ job, derivation, perturbation }: Shape, factor: number): boolean {
  const { layout, reset, readDecay } = job.network;
  const fits =
    layout.hidden[factor].length === 2 &&
    reset === 'subtract' &&
    isHeld(job.network, factor) &&
    readDecay === undefined;
  const pays = job.directionCount > 1 || perturbation === 'flipout';
  return derivation === DERIVATION.forward && fits && pays;
}

/** Tangents that the simulation of a factor carries: one a direction, or one a direction and hidden layer. */
export function tangentsOf({ job, derivation, global }: Shape, factor: number): number {
  if (derivation !== DERIVATION.forward) return 0;
  return job.directionCount * (global ? 1 : job.network.layout.hidden[factor].length);
}

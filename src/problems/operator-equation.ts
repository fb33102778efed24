import type { ProblemParams } from './problem.ts';

/** A coordinate of the solution and the factor that reads it. */
export interface Axis {
  /** Of the factor. */
  readonly name: string;
  readonly coordinate: string;
  /** Nodes of the solution's grid, in the equation's unit. */
  readonly values: Float64Array;
  /** What the factor is fed at a node: in [-1, 1]. */
  readonly input: (value: number) => number;
  /** Boundary factor under a hard boundary: 0 where the solution must vanish. */
  readonly vanishing: (value: number) => number;
  /** The coarse grid takes every `coarseStride`-th node; it divides the number of intervals. */
  readonly coarseStride: number;
}

/** An equation that maps a forcing function to a solution on the tensor product of its axes. */
export interface OperatorEquation {
  readonly interval: readonly [number, number];
  /** Equispaced nodes of a forcing. */
  readonly nodes: number;
  readonly axes: readonly Axis[];
  /** The solution is not linear in the forcing: the branch needs its amplitude as well. */
  readonly amplitudeInput: boolean;
  /** c of `nothingLearned`: u ≈ c · forcing · boundary factors. */
  readonly forcingFactor: number;
  /** Test functions of the coarse set. */
  readonly coarseFunctions: number;
  /**
   * Training functions that are solved first, with the coarse set's test functions, where solving takes long: training can
   * start with them. Otherwise all functions are solved first, and a solution takes less than a frame.
   */
  readonly firstFunctions?: number;
  /** Values on the axes' tensor product, last axis fastest. */
  solve(forcing: Float64Array, params: ProblemParams): Float64Array;
}

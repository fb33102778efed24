import type { Dataset, FactorSpec } from '../snn/network.ts';
import type { Surface } from './targets.ts';

/**
 * Everything that the data of an experiment depend on. Each experiment uses the fields that mean something to
 * it.
 */
export interface ProblemParams {
  readonly dataSeed: number;
  /** Sensors at which the branch sees a forcing function. */
  readonly sensors: number;
  /** Length scale of the Gaussian random field. */
  readonly lengthScale: number;
  /** hard: the output is multiplied by a factor that vanishes where the solution must. soft: no factor. */
  readonly boundary: 'hard' | 'soft';
  /** Feed g/rms(g) and multiply the output by rms(g). */
  readonly perFunctionScale: boolean;
  /**
   * relative: every training function weighs alike, on u/rms(g) (needs the per-function scale). absolute: on u itself, where
   * functions with a large forcing weigh more.
   */
  readonly lossWeight: 'relative' | 'absolute';
  readonly trainFunctions: number;
  readonly testFunctions: number;
  /** Settings that only one experiment has. */
  readonly [own: string]: unknown;
}

/** What turns a forcing function into a row of the branch: made from the training functions, then fixed. */
export interface ForcingConstants {
  /** The interval [from, to] on which forcings live, in the equation's unit of length. */
  readonly interval: readonly [number, number];
  /** Equispaced nodes at which a forcing is given, both ends included. */
  readonly nodes: number;
  /** Positions of the sensors, increasing. */
  readonly sensors: Float64Array;
  /** Standard deviation of all sensor values of g/rms(g) (or of g) over the training functions. */
  readonly sensorStd: number;
  /** The branch also sees rms(g) - 1, because the solution is not linear in g. */
  readonly amplitudeInput: boolean;
}

/** How the training functions are spread: see novelty.ts. */
export interface NoveltyStatistics {
  /** Mean branch row, length w. */
  readonly mean: Float64Array;
  /** Lower Cholesky factor, w × w row by row, of the branch rows' covariance plus a ridge. */
  readonly factor: Float64Array;
  /** 99th percentiles of the Mahalanobis distance and of the roughness over the training functions. */
  readonly distanceEdge: number;
  readonly roughnessEdge: number;
}

/** One value of the forcing's nodes or of the solution's grid after the other, function by function. */
export interface FunctionValues {
  readonly train: Float32Array;
  readonly test: Float32Array;
}

/** Some training functions as far as they are solved, thinned to a few points: shown while data are made. */
export interface DataSamples {
  /** Over the forcing's interval. */
  readonly forcings: readonly Float32Array[];
  /** Over the first axis, at the end of the others. */
  readonly solutions: readonly Float32Array[];
}

/** What an operator experiment keeps beside the datasets, in the equation's own units. */
export interface OperatorData {
  /** Nodes of a forcing. */
  readonly nodes: Float64Array;
  /** Nodes of a solution along each of its coordinates: [y], or [x, t]. */
  readonly axes: readonly Float64Array[];
  readonly constants: ForcingConstants;
  /** [function][node]. */
  readonly forcings: FunctionValues;
  /** [function][axis 0][axis 1 …]; the targets are these divided by the unit. */
  readonly solutions: FunctionValues;
  readonly novelty: NoveltyStatistics;
  readonly samples: DataSamples;
}

/** Data ready for the engines: targets are divided by `unit`, so a prediction in the problem's units is y · unit + offset. */
export interface ProblemData {
  readonly train: Dataset;
  /** The stated grid or test functions: the metric shown on pause and at the end. */
  readonly test: Dataset;
  /** A coarse part of it for the live metric. */
  readonly coarse: Dataset;
  readonly unit: number;
  /** Only where the target is a function on the square: its value anywhere, divided by `unit`. @throws FormulaError */
  readonly surface?: Surface;
  /** Only of a table: the value of a prediction of 0, in the problem's units. */
  readonly offset?: number;
  /** Only of a table: rows that are learned from, on which the error is measured too. */
  readonly fitted?: Dataset;
  /** Only of a table: where the output is drawn; no targets. */
  readonly drawn?: Dataset;
  /** Only where the network is fed windows of a series in a code: the same data with the samples themselves as inputs. */
  readonly uncoded?: Pick<ProblemData, 'train' | 'test'>;
  /** Only where a function is mapped to a function. */
  readonly operator?: OperatorData;
  /**
   * Only while solutions are missing: training functions that it does not have yet have targets 0 here, and `test` is the
   * coarse part's functions.
   */
  readonly stream?: DataStream;
}

/** Data that are made bit by bit. */
export interface DataStream {
  /** Makes what has to be known before `data` can be asked for. */
  begin(): Generator<DataProgress, void>;
  /** Whether the training function's targets are in `data`. */
  has(row: number): boolean;
  /** Solves training functions, so that their targets are in `data`. @throws RangeError of the solver */
  solve(rows: Iterable<number>): void;
  /** What is known now: another object once `solve` has added to it, and when all is known. */
  readonly data: ProblemData;
  /** Solves the next function that is missing; false when none is left. */
  advance(): boolean;
  readonly complete: boolean;
  readonly progress: DataProgress;
  readonly samples: DataSamples;
}

/** Reported while data are made: functions solved so far. */
export interface DataProgress {
  readonly done: number;
  readonly total: number;
}

export interface Problem {
  /** Each factor but for its hidden layers, from all of a run's settings. */
  factors(params: ProblemParams): Omit<FactorSpec, 'hidden'>[];
  /** The solution guessed without any training data, as an output on `data.test`: forcing times boundary factor, or 0 for the hat. */
  nothingLearned(data: ProblemData): Float64Array;
  /** Loads what making the data needs beside this module, if anything; to be awaited before `generate`. */
  load?(params: ProblemParams): Promise<void>;
  /** Data of which a part can be used before the rest is made; only where functions have to be solved. */
  open?(params: ProblemParams): DataStream;
  /** Makes all data; yields progress so that a worker can report and be interrupted. */
  generate(params: ProblemParams): Generator<DataProgress, ProblemData>;
}

/** Runs a generator of data to its end. */
export function generateNow(problem: Problem, params: ProblemParams): ProblemData {
  const steps = problem.generate(params);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

/**
 * Relative L2 error ‖y - u‖/‖u‖ of each function: one function per row of the first factor when there are
 * several factors, the whole target otherwise and where it is `pooled`. A function whose target is zero everywhere gives ‖y‖ itself.
 */
export function relativeErrors(output: ArrayLike<number>, data: Dataset): Float64Array {
  const functions = data.factors.length > 1 && !data.pooled ? data.factors[0].rows : 1;
  const points = data.target.length / functions;
  return Float64Array.from({ length: functions }, (_, f) => {
    let error = 0;
    let norm = 0;
    for (let n = f * points; n < (f + 1) * points; n++) {
      error += (output[n] - data.target[n]) ** 2;
      norm += data.target[n] ** 2;
    }
    return norm > 0 ? Math.sqrt(error / norm) : Math.sqrt(error);
  });
}

/** Mean of the functions' relative L2 errors: the figure of the paper's tables. */
export function relativeL2(output: ArrayLike<number>, data: Dataset): number {
  const errors = relativeErrors(output, data);
  return errors.reduce((sum, e) => sum + e, 0) / errors.length;
}

/** ‖y - u‖/‖u‖ over all functions and points at once: functions with large solutions weigh more. */
export function pooledRelativeL2(output: ArrayLike<number>, data: Dataset): number {
  const { target } = data;
  let error = 0;
  let norm = 0;
  for (let n = 0; n < target.length; n++) {
    error += (output[n] - target[n]) ** 2;
    norm += target[n] ** 2;
  }
  return norm > 0 ? Math.sqrt(error / norm) : Math.sqrt(error);
}

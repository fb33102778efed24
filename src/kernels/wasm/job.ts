import { drawsDirections, type MethodSpec } from '../../snn/method.ts';
import type { Dataset, Network } from '../../snn/network.ts';
import type { OptimiserSpec } from '../../snn/optimiser.ts';
import type { GradientRequest, Task } from '../../training/engine.ts';
import { directionLength } from '../../training/plan.ts';

/** What the memory of a machine is laid out for. */
export interface Job {
  readonly network: Network;
  readonly data: Dataset;
  /** Rows drawn from each factor of the data. */
  readonly rows: readonly number[];
  /** Absent where only the network is run. */
  readonly method?: MethodSpec;
  readonly optimiser?: OptimiserSpec;
  readonly directionCount: number;
  /** Plans, each with its rows, directions and scalars, that lie in memory at once. */
  readonly plans: number;
  /** Histories of spikes and membranes are kept for a view. */
  readonly trace: boolean;
  /** The output is kept. */
  readonly output: boolean;
  readonly explicitSamples?: readonly Float64Array[];
}

/** Plans take at most this many bytes, unless one alone takes more. */
const PLAN_BYTES = 4 << 20;
const MOST_PLANS = 512;

export function trainingJob(task: Task): Job {
  const { network, method, optimiser, batch } = task.specs;
  const length = directionLength(task);
  const bytes = 4 * (length + batch.rows.reduce((n, rows) => n + rows, 0)) + 64;
  return {
    network,
    data: task.data,
    rows: batch.rows,
    method,
    optimiser,
    directionCount: drawsDirections(method) ? task.specs.directions.count : 0,
    plans: Math.max(1, Math.min(MOST_PLANS, Math.floor(PLAN_BYTES / bytes))),
    trace: false,
    output: false,
  };
}

export function gradientJob({ network, data, method, directions, samples }: GradientRequest): Job {
  return {
    network,
    data,
    rows: data.factors.map((factor) => factor.rows),
    method,
    directionCount: drawsDirections(method) ? directions.length : 0,
    plans: 1,
    trace: false,
    output: true,
    explicitSamples: samples.kind === 'explicit' ? samples.values : undefined,
  };
}

/** A job that runs the network on all rows: for its output, or for the histories of one factor. */
export function forwardJob(network: Network, data: Dataset, trace: boolean): Job {
  return {
    network,
    data: { factors: data.factors, target: new Float32Array(0) },
    rows: data.factors.map((factor) => factor.rows),
    directionCount: 0,
    plans: 1,
    trace,
    output: !trace,
  };
}

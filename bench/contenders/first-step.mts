// Needs nothing of Node: the same code runs in the page that the browser's contenders live in.
import { gather } from '../../src/snn/batch.ts';
import { gradientOf } from '../../src/snn/gradient.ts';
import type { Dataset } from '../../src/snn/network.ts';
import { planStep } from '../../src/training/plan.ts';
import type { Workload } from './contender.mts';

/** Error of a gradient that float32 may leave, relative to its largest entry. */
const TOLERANCE = 1e-3;

/** Whether a plain graph, unrolled over time, computes the workload: SG, one factor, BP or RFG-G with K = 1. */
export function isPlain({ task }: Workload): boolean {
  const { network, method, directions } = task.specs;
  const { derivation, perturbation, layerwise, surrogate } = method;
  const derivable =
    derivation === 'reverse' ||
    (derivation === 'forward' && perturbation === 'parameters' && !layerwise && directions.count === 1);
  return derivable && surrogate.kind === 'SG' && network.factors.length === 1 && network.localRank === 0;
}

/** Batch and direction of a step; the direction is empty where none is drawn. */
export function stepOf({ task, state }: Workload, step: number): { batch: Dataset; direction: Float32Array } {
  const direction = new Float32Array(task.specs.method.derivation === 'forward' ? task.specs.layout.size : 0);
  const { rows } = planStep(task, state, step, direction);
  return { batch: gather(task.data, rows), direction };
}

/** Compares the first step's flat gradient, or estimate of it, with the reference. @throws Error naming the contender */
export function proveGradient(name: string, workload: Workload, actual: ArrayLike<number>): void {
  const { network, method } = workload.task.specs;
  const { batch, direction } = stepOf(workload, 0);
  const directions = method.derivation === 'reverse' ? [] : [Float64Array.from(direction)];
  const { gradient } = gradientOf(network, workload.state.theta, batch, method, directions);
  const size = Math.max(...gradient.map(Math.abs));
  const error = Math.max(...gradient.map((g, j) => Math.abs(g - actual[j]))) / size;
  if (!(error <= TOLERANCE))
    throw new Error(`${name} is wrong: its gradient is off by ${error} of the largest entry`);
}

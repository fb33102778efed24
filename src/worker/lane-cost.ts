import { type StepCost, stepCost } from '../training/cost.ts';
import type { AdvanceRequest, Engine } from '../training/engine.ts';
import { operations } from '../training/operations.ts';
import { countSpikes } from '../training/spike-counts.ts';

// Counts operations as well; a module of its own would cut what they share out of the worker.
export { reportFor } from '../kernels/prediction.ts';

/** What the next training step of a lane costs. */
export interface LaneCost {
  /** Step at which the spikes were counted. */
  readonly step: number;
  readonly cost: StepCost;
  /**
   * Measured milliseconds of a step: the median over the run; before it has trained, of short samples that do not move it. None
   * for a lane that diverged before it was timed.
   */
  readonly msPerStep?: number;
}

/** Operations of the next step of a run, by kind. */
export async function costOfStep(engine: Engine, { task, state }: AdvanceRequest): Promise<StepCost> {
  return stepCost(task.specs, await countSpikes(engine, task, state));
}

/** Operations of the next step of a run. */
export async function operationsOfStep(engine: Engine, request: AdvanceRequest): Promise<number> {
  return operations(await costOfStep(engine, request));
}

import { drawBatch } from '../snn/batch.ts';
import { drawDirections } from '../snn/directions.ts';
import { type UpdateScalars, updateScalars } from '../snn/optimiser.ts';
import { learningRate } from '../snn/schedule.ts';
import type { RunState, Task } from './engine.ts';

/** Everything random or transcendental that a training step needs, made on the host: the same bits for every engine. */
export interface StepPlan {
  /** Rows of each factor. */
  readonly rows: readonly Uint32Array[];
  readonly scalars: UpdateScalars;
}

/** Number of float32 that the directions of a step take: K · P, 0 for BP. */
export function directionLength(task: Task): number {
  return task.specs.method.gradient === 'BP' ? 0 : task.specs.directions.count * task.specs.layout.size;
}

/** Plan of the step after `state`, `ahead` steps on; the directions are written to `directions`. */
export function planStep(task: Task, state: RunState, ahead: number, directions: Float32Array): StepPlan {
  const { specs, data } = task;
  const step = state.step + ahead;
  if (specs.method.gradient !== 'BP')
    drawDirections(specs.directions, specs.layout, state.seed, step, directions);
  return {
    rows: drawBatch(
      specs.batch,
      data.factors.map((factor) => factor.rows),
      state.seed,
      step,
    ),
    scalars: updateScalars(
      specs.optimiser,
      learningRate(specs.schedule, step),
      state.momentSteps + ahead + 1,
    ),
  };
}

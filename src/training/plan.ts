import { drawBatch } from '../snn/batch.ts';
import { drawDirections } from '../snn/directions.ts';
import { drawsDirections } from '../snn/method.ts';
import { type UpdateScalars, updateScalars } from '../snn/optimiser.ts';
import { directionSize } from '../snn/row-directions.ts';
import { learningRate } from '../snn/schedule.ts';
import type { RunState, Task } from './engine.ts';

/** Everything random or transcendental that a training step needs, made on the host: the same bits for every engine. */
interface StepPlan {
  /** Rows of each factor. */
  readonly rows: readonly Uint32Array[];
  readonly scalars: UpdateScalars;
}

/** Number of float32 that the K direction vectors of a step take, K · P where all rows see the same; 0 where none is drawn. */
export function directionLength({ specs }: Pick<Task, 'specs'>): number {
  const { directions, layout, method } = specs;
  if (!drawsDirections(method)) return 0;
  return directions.count * directionSize(layout, directions.perturbation, directions.rows ?? []);
}

/** What `planStep` has written to `drawn` as the K vectors of the mathematics. */
export function directionVectors({ specs }: Pick<Task, 'specs'>, draws: Float32Array): Float64Array[] {
  if (draws.length === 0) return [];
  const each = draws.length / specs.directions.count;
  return Array.from({ length: specs.directions.count }, (_, k) =>
    Float64Array.from(draws.subarray(k * each, (k + 1) * each)),
  );
}

/** Plan of the step after `state`, `ahead` steps on; the directions are written to `directions`. */
export function planStep(task: Task, state: RunState, ahead: number, directions: Float32Array): StepPlan {
  const { specs, data } = task;
  const step = state.step + ahead;
  if (drawsDirections(specs.method))
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

import { factorAt, task } from './access';
import { loss } from './combine';
import { computeGradient } from './gradient';
import { packAll } from './pack';
import { setStep } from './samples';
import { simulateRow } from './simulate';
import { finite, update } from './update';

export { factorBytes, headBytes, layerBytes, setTask, taskBytes } from './access';
export { loss } from './combine';
export { sampleScratchBytes } from './samples';

/** First byte that the host may use. */
export function heapBase(): usize {
  return __heap_base;
}

/** Rows, directions and scalars of plan entry `index` become those of the next step. */
function openPlan(index: i32): usize {
  const plan = task.plan + <usize>index * task.planBytes;
  for (let f = task.first; f < 3; f++) factorAt(f).indices = plan + factorAt(f).indicesAt;
  return plan;
}

/**
 * Training steps from the plans in memory, the first of them being step `step` of the run; losses go to
 * task.losses.
 * @returns the number of good steps: fewer than `count` when loss, gradient or new state stopped being
 * finite.
 */
export function advance(step: u32, count: i32): i32 {
  for (let done = 0; done < count; done++) {
    const plan = openPlan(done);
    setStep(step + done);
    computeGradient(plan + task.planDirections);
    if (!isFinite(<f32>loss) || !finite(task.gradientFlat) || !update(plan)) return done;
    store<f32>(task.losses + ((<usize>done) << 2), <f32>loss);
  }
  return count;
}

/** Loss, output and gradient of plan entry 0, with samples drawn for training step `step`. */
export function gradient(step: u32): void {
  const plan = openPlan(0);
  setStep(step);
  computeGradient(plan + task.planDirections);
}

/** Spikes, membranes and rates of one row of a factor, left in its layers' histories. */
export function traceRow(factor: i32, row: i32): void {
  if (row == 0) {
    openPlan(0);
    packAll(task.theta, task.thetaSet);
  }
  simulateRow(factorAt(factor), task.thetaSet, row, factorAt(factor).rates, false);
}

/** Where the current θ and moments are: they change places with every step. */
export function thetaAt(): usize {
  return task.theta;
}
export function mAt(): usize {
  return task.m;
}
export function vAt(): usize {
  return task.v;
}

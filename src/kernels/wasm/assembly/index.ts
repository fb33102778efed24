import { factorAt, task } from './access';
import { loss } from './combine';
import { beginGradient, continueGradient } from './gradient';
import { packAll } from './pack';
import { setStep } from './samples';
import { simulateRow } from './simulate';
import { finite, update } from './update';

export { fingerprint, setTask } from './access';
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
  for (let i = 0; i < count; i++) {
    begin(step + i, i);
    proceed(i32.MAX_VALUE);
    if (!finish(i)) return i;
  }
  return count;
}

/** Begins training step `step` of the run, or a gradient with its samples, from plan entry `index`. */
export function begin(step: u32, index: i32): void {
  const plan = openPlan(index);
  setStep(step);
  beginGradient(plan + task.planDirections);
}

/** Goes on with what was begun by at most `rows` rows. @returns whether loss and gradient are complete. */
export function proceed(rows: i32): bool {
  return continueGradient(rows);
}

/** Ends a training step whose gradient is complete. @returns whether it was good; if not, the state stays. */
export function finish(index: i32): bool {
  const plan = task.plan + <usize>index * task.planBytes;
  if (!isFinite(<f32>loss) || !finite(task.gradientFlat) || !update(plan)) return false;
  store<f32>(task.losses + ((<usize>index) << 2), <f32>loss);
  return true;
}

/** Spikes, membranes and rates of one row of a factor, left in its layers' histories. */
export function traceRow(factor: i32, row: i32): void {
  if (row == 0) {
    openPlan(0);
    packAll(task.theta, task.thetaSet, true);
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

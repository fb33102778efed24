import { layerAt, task } from './access';
import { Layer, Optimiser } from './records';

/**
 * One update of θ and the moments, with η_l = η times the layer's factor: θ ← θ - η_l · step. The new state
 * goes to the other buffers and takes effect only if all of it is finite.
 * @param scalars η, 1/(1 - β₁ᵗ), 1/(1 - β₂ᵗ)
 * @returns whether it took effect.
 */
export function update(scalars: usize): bool {
  const adam = task.optimiser == Optimiser.adam;
  const norm = task.optimiser == Optimiser.normalised ? gradientNorm() + <f64>task.stabiliser : 1;
  for (let index = 0; index < task.layerCount; index++) {
    const layer = layerAt(index);
    if (adam) adamStep(layer, scalars);
    else plainStep(layer, <f32>((<f64>load<f32>(scalars) * <f64>layer.rateFactor) / norm));
  }
  if (!finite(task.thetaNext) || (adam && !(finite(task.mNext) && finite(task.vNext)))) return false;
  const theta = task.theta;
  task.theta = task.thetaNext;
  task.thetaNext = theta;
  if (adam) {
    const m = task.m;
    task.m = task.mNext;
    task.mNext = m;
    const v = task.v;
    task.v = task.vNext;
    task.vNext = v;
  }
  return true;
}

/** A vector's excess over the layer's end is overwritten when the next layer's turn comes. */
function plainStep(layer: Layer, rate: f32): void {
  const by = f32x4.splat(rate);
  const end = (<usize>layer.end) << 2;
  for (let j = (<usize>layer.weights) << 2; j < end; j += 16) {
    const step = f32x4.mul(by, v128.load(task.gradientFlat + j));
    v128.store(task.thetaNext + j, f32x4.sub(v128.load(task.theta + j), step));
  }
}

function adamStep(layer: Layer, scalars: usize): void {
  const rate = f32x4.splat(load<f32>(scalars) * layer.rateFactor);
  const correction1 = f32x4.splat(load<f32>(scalars, 4));
  const correction2 = f32x4.splat(load<f32>(scalars, 8));
  const beta1 = f32x4.splat(task.beta1);
  const rest1 = f32x4.splat(task.beta1Rest);
  const beta2 = f32x4.splat(task.beta2);
  const rest2 = f32x4.splat(task.beta2Rest);
  const stabiliser = f32x4.splat(task.stabiliser);
  const end = (<usize>layer.end) << 2;
  for (let j = (<usize>layer.weights) << 2; j < end; j += 16) {
    const g = v128.load(task.gradientFlat + j);
    const m = f32x4.add(f32x4.mul(beta1, v128.load(task.m + j)), f32x4.mul(rest1, g));
    const v = f32x4.add(f32x4.mul(beta2, v128.load(task.v + j)), f32x4.mul(rest2, f32x4.mul(g, g)));
    v128.store(task.mNext + j, m);
    v128.store(task.vNext + j, v);
    const denominator = f32x4.add(f32x4.sqrt(f32x4.mul(v, correction2)), stabiliser);
    const step = f32x4.div(f32x4.mul(f32x4.mul(rate, m), correction1), denominator);
    v128.store(task.thetaNext + j, f32x4.sub(v128.load(task.theta + j), step));
  }
}

function gradientNorm(): f64 {
  let sum: f64 = 0;
  const end = task.gradientFlat + ((<usize>task.parameters) << 2);
  for (let at = task.gradientFlat; at < end; at += 4) sum += <f64>load<f32>(at) * <f64>load<f32>(at);
  return Math.sqrt(sum);
}

/** Whether the first P numbers are all finite: 0 · x is 0 for those and NaN for the others. */
export function finite(values: usize): bool {
  const end = values + ((<usize>task.parameters) << 2);
  let sum = f32x4.splat(0);
  for (; values + 16 <= end; values += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(values), f32x4.splat(0)));
  let rest: f32 =
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    f32x4.extract_lane(sum, 2) +
    f32x4.extract_lane(sum, 3);
  for (; values < end; values += 4) rest += load<f32>(values) * 0;
  return rest == 0;
}

import { factorAt, headAt, layerAt, projectionAt, task } from './access';
import { combineHead, loss, projectRow, setLoss } from './combine';
import { packAll, packLayer } from './pack';
import { simulateRow } from './simulate';

/**
 * WP: every directional derivative is (L(θ + εδ) - L(θ - εδ))/2ε, two forward passes; no surrogate. Under L
 * only what depends on the perturbed layer is computed anew: nothing is simulated for a read-out. The passes are gone through
 * row by row, so that they can be left between two rows: each pair (direction, group) has one at +ε, then one at -ε.
 */
let pass: i32 = 0;
let passes: i32 = 0;
let nextFactor: i32 = 0;
let nextRow: i32 = 0;
/** Loss at θ and at θ + εδ, and where the output at θ goes. */
let base: f64 = 0;
let plus: f64 = 0;
let output: usize = 0;

export function beginPerturbed(directions: usize): void {
  packAll(task.theta, task.workSet, true);
  base = loss;
  output = task.output;
  task.output = 0;
  pass = 0;
  passes = 2 * task.directionCount * task.groups;
  if (passes > 0) openPass(directions);
}

export function allPerturbed(): bool {
  return pass == passes;
}

/** Goes on by at most `rows` rows, a pass without any counting as one. @returns how many are left. */
export function perturbRows(directions: usize, rows: i32): i32 {
  while (rows > 0 && pass < passes) {
    if (nextFactor == 3) {
      closePass();
      rows--;
      if (++pass < passes) openPass(directions);
      else finishPerturbed();
      continue;
    }
    const moved = movedPart(nextFactor, firstMoved(), lastMoved());
    const count = moved > 0 ? factorAt(nextFactor).rows : 0;
    const to = min(count, nextRow + rows);
    projectMoved(nextFactor, moved > 1, nextRow, to);
    rows -= to - nextRow;
    nextRow = to;
    if (to < count) continue;
    nextFactor++;
    nextRow = 0;
  }
  return rows;
}

// @ts-ignore: decorator
@inline
function groupAt(): i32 {
  return (pass >> 1) % task.groups;
}
function firstMoved(): i32 {
  return task.global ? 0 : groupAt();
}
function lastMoved(): i32 {
  return task.global ? task.layerCount : groupAt() + 1;
}

function openPass(directions: usize): void {
  const direction = directions + ((<usize>(((pass >> 1) / task.groups) * task.directionLength)) << 2);
  const from = firstMoved();
  const to = lastMoved();
  const amount = pass & 1 ? -task.epsilon : task.epsilon;
  shift(direction, amount, layerAt(from).weights, layerAt(to - 1).end);
  for (let index = from; index < to; index++) packLayer(layerAt(index), task.shifted, task.workSet, true);
  for (let f = task.first; f < 3; f++) pointProjections(f, movedPart(f, from, to) > 0);
  nextFactor = task.first;
  nextRow = 0;
}

function closePass(): void {
  setLoss(0);
  for (let h = 0; h < task.headCount; h++) combineHead(h, 0, factorAt(2).rows, false);
  for (let f = task.first; f < 3; f++) pointProjections(f, false);
  if (!task.global) packLayer(layerAt(groupAt()), task.theta, task.workSet, true);
  if (pass & 1) {
    const at = task.derivatives + ((<usize>(pass >> 1)) << 3);
    store<f64>(at, (plus - loss) / (2 * <f64>task.epsilon));
  } else plus = loss;
}

function finishPerturbed(): void {
  setLoss(base);
  task.output = output;
}

/** 0: nothing of the factor is perturbed, 1: only projections of its rates, 2: its hidden layers. */
function movedPart(f: i32, from: i32, to: i32): i32 {
  let part = 0;
  for (let index = from; index < to; index++) {
    const layer = layerAt(index);
    if (layer.factor == f) part = max(part, layer.hidden ? 2 : 1);
  }
  return part;
}

/** Lets the heads read the factor's projections at θ, or write and read those at the perturbed θ. */
function pointProjections(f: i32, work: bool): void {
  for (let h = 0; h < task.headCount; h++) {
    const projection = projectionAt(headAt(h), f);
    projection.values = work ? projection.work : projection.base;
  }
}

function projectMoved(f: i32, simulate: bool, from: i32, to: i32): void {
  const factor = factorAt(f);
  for (let row = from; row < to; row++) {
    let rates = factor.rates + <usize>row * factor.ratesStride;
    if (simulate) {
      rates = factor.workRates;
      simulateRow(factor, task.workSet, row, rates, false);
    }
    projectRow(f, task.workSet, row, rates);
  }
}

/** shifted[j] = θ[j] + amount · direction[j] for from ≤ j < to. */
function shift(direction: usize, amount: f32, from: i32, to: i32): void {
  const by = f32x4.splat(amount);
  const end = (<usize>to) << 2;
  for (let j = (<usize>from) << 2; j < end; j += 16) {
    v128.store(
      task.shifted + j,
      f32x4.add(v128.load(task.theta + j), f32x4.mul(by, v128.load(direction + j))),
    );
  }
}

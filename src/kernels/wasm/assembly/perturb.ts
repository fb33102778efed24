import { factorAt, headAt, layerAt, projectionAt, task } from './access';
import { combineHead, loss, projectRow, setLoss } from './combine';
import { packAll, packLayer } from './pack';
import { simulateRow } from './simulate';

/**
 * WP: every directional derivative is (L(θ + εδ) - L(θ - εδ))/2ε, two forward passes; no surrogate. Under L
 * only what depends on the perturbed layer is computed anew: nothing is simulated for a read-out.
 */
export function perturbAll(directions: usize): void {
  packAll(task.theta, task.workSet);
  const base = loss;
  const output = task.output;
  task.output = 0;
  for (let k = 0; k < task.directionCount; k++) {
    const direction = directions + ((<usize>(k * task.directionLength)) << 2);
    for (let group = 0; group < task.groups; group++) {
      const plus = lossAt(direction, group, task.epsilon);
      const minus = lossAt(direction, group, -task.epsilon);
      store<f64>(
        task.derivatives + ((<usize>(k * task.groups + group)) << 3),
        (plus - minus) / (2 * <f64>task.epsilon),
      );
    }
  }
  setLoss(base);
  task.output = output;
}

function lossAt(direction: usize, group: i32, amount: f32): f64 {
  const from = task.global ? 0 : group;
  const to = task.global ? task.layerCount : group + 1;
  shift(direction, amount, layerAt(from).weights, layerAt(to - 1).end);
  for (let index = from; index < to; index++) packLayer(layerAt(index), task.shifted, task.workSet);
  for (let f = task.first; f < 3; f++) {
    const moved = movedPart(f, from, to);
    pointProjections(f, moved > 0);
    if (moved > 0) projectMoved(f, moved > 1);
  }
  setLoss(0);
  for (let h = 0; h < task.headCount; h++) combineHead(h, 0, factorAt(2).rows, false);
  for (let f = task.first; f < 3; f++) pointProjections(f, false);
  if (!task.global) packLayer(layerAt(group), task.theta, task.workSet);
  return loss;
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

function projectMoved(f: i32, simulate: bool): void {
  const factor = factorAt(f);
  for (let row = 0; row < factor.rows; row++) {
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

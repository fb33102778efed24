import { hiddenAt, inputsOf, isHeld, readStep, task } from './access';
import { countConstant, countCurrents, countFromSpikes } from './count';
import { currentsFromInputs, currentsFromKept, currentsFromSpikes, firstCurrent } from './layer-currents';
import { integrate, perCurrent, spikeTimes } from './neuron';
import { Derivation, Factor, Surrogate } from './records';
import { findSamples } from './samples';
import { derivatives } from './surrogate';
import { startTangents, tangentBlock } from './tangent';
import { charge, filteredBiases, restSynapses, weighSpikes } from './synapse';
import { clear, copy, TILE_BYTES } from './tile';

/**
 * Simulates one row of a factor with the weights of a parameter set; its mean rates are written to `rates`.
 * With `derive` the surrogate derivatives are kept: over all time steps for BP, over one block for RFG, whose
 * tangents run through each block right after it, so that nothing is stored over time.
 */
export function simulateRow(factor: Factor, set: usize, row: i32, rates: usize, derive: bool): void {
  const T = task.T;
  const depths = factor.depths;
  readRow(factor, row);
  toRest(factor, 0, depths);
  const held = isHeld(factor, 0);
  if (held) firstCurrent(hiddenAt(factor, 0), set, inputsOf(factor, row), hiddenAt(factor, 0).current);
  const slope = factor.slopes + <usize>row * factor.slopesStride;
  if (derive && held) clear(slope, <usize>hiddenAt(factor, 0).tiles * TILE_BYTES);
  const tangents = derive && (depths > 1 || !held) && task.derivation == Derivation.forward;
  if (tangents) startTangents(factor, row);

  for (let t0 = 0; t0 < T; t0 += task.block) {
    const n = min(task.block, T - t0);
    for (let depth = 0; depth < depths; depth++) {
      const biases = set + hiddenAt(factor, depth).bias;
      runLayer(factor, depth, set, biases, row, t0, n, derive, slope);
    }
    if (tangents) tangentBlock(factor, row, t0, n);
  }

  meanRates(factor, 0, depths, rates);
  if (derive && held) {
    const perStep = f32x4.splat(hiddenAt(factor, 0).perStep);
    const bytes = <usize>hiddenAt(factor, 0).tiles * TILE_BYTES;
    for (let j: usize = 0; j < bytes; j += 16)
      v128.store(slope + j, f32x4.mul(v128.load(slope + j), perStep));
  }
}

/** Turns a factor's layers to ω of the time step at which a row is read. */
function readRow(factor: Factor, row: i32): void {
  if (!factor.readAt) return;
  const at = (<usize>(readStep(factor, row) * task.T)) << 2;
  for (let depth = 0; depth < factor.depths; depth++) {
    const layer = hiddenAt(factor, depth);
    layer.timeWeights = layer.allTimeWeights + at;
  }
}

/** Membranes and spike counts of the layers from … to-1 before the first step. */
function toRest(factor: Factor, from: i32, to: i32): void {
  for (let depth = from; depth < to; depth++) {
    const layer = hiddenAt(factor, depth);
    const bytes = <usize>layer.tiles * TILE_BYTES;
    clear(layer.membrane, bytes);
    clear(layer.counts, bytes);
    if (layer.weighed) clear(layer.weighed, bytes);
    restSynapses(layer, 0);
  }
}

function meanRates(factor: Factor, from: i32, to: i32, rates: usize): void {
  const perStep = f32x4.splat(1 / <f32>task.T);
  for (let depth = from; depth < to; depth++) {
    const layer = hiddenAt(factor, depth);
    const out = rates + layer.ratesAt;
    const bytes = <usize>layer.tiles * TILE_BYTES;
    if (layer.weighed) {
      copy(out, layer.weighed, bytes);
      continue;
    }
    for (let j: usize = 0; j < bytes; j += 16) {
      v128.store(out + j, f32x4.mul(f32x4.convert_i32x4_s(v128.load(layer.counts + j)), perStep));
    }
  }
}

/**
 * Simulates layers from … to-1 of one row again, with θ but for the biases of the first of them (for its constant currents where
 * that is the factor's first). The spikes below are those that are kept. Their mean rates are written to `rates`.
 */
export function simulateFrom(factor: Factor, from: i32, to: i32, biases: usize, row: i32, rates: usize): void {
  readRow(factor, row);
  toRest(factor, from, to);
  for (let t0 = 0; t0 < task.T; t0 += task.block) {
    const n = min(task.block, task.T - t0);
    for (let depth = from; depth < to; depth++) {
      const own = depth == from ? biases : task.thetaSet + hiddenAt(factor, depth).bias;
      runLayer(factor, depth, task.thetaSet, own, row, t0, n, false, 0);
    }
  }
  meanRates(factor, from, to, rates);
}

/**
 * @param biases b of the layer; where its current is held it stands in its record. Where a layer keeps currents, biases that are not
 *   its own are what is added to these, and 0 says that spikes are.
 */
function runLayer(
  factor: Factor,
  depth: i32,
  set: usize,
  biases: usize,
  row: i32,
  t0: i32,
  n: i32,
  derive: bool,
  slope: usize,
): void {
  const layer = hiddenAt(factor, depth);
  if (derive && task.surrogate == Surrogate.WSG) findSamples(factor, layer, row, t0, n);
  const slot = task.keep ? t0 : 0;
  const distance = derive || task.trace != 0;
  const timed = task.derivation == Derivation.reverse && depth + 1 < factor.depths;
  const counted = !distance && depth + 1 == factor.depths && !layer.weighed;
  const held = isHeld(factor, depth);
  const fromKept = layer.kept != 0 && biases != set + layer.bias;
  for (let tile = 0; tile < layer.tiles; tile++) {
    if (counted && held) {
      countConstant(layer, tile, n);
      continue;
    }
    if (counted && layer.table && !layer.kernels) {
      countFromSpikes(layer, hiddenAt(factor, depth - 1), set, biases, tile, slot, n);
      continue;
    }
    if (fromKept) currentsFromKept(layer, hiddenAt(factor, depth - 1), biases, tile, slot, n);
    else if (!held) currents(factor, depth, set, biases, row, tile, t0, n);
    if (counted) {
      countCurrents(layer, tile, n);
      continue;
    }
    integrate(held, distance, layer, tile, t0, n);
    if (layer.weighed) weighSpikes(layer, tile, t0, n, layer.bits + <usize>slot * layer.bitsStride);
    if (!derive) continue;
    if (timed) spikeTimes(layer, tile, t0, n);
    const f = layer.derivative + <usize>(tile * task.slots + slot) * TILE_BYTES;
    derivatives(f, n, tile);
    if (held) perCurrent(layer, tile, f, t0, n, slope + <usize>tile * TILE_BYTES);
  }
}

/** What charges the membranes of one tile, into task.currents. */
function currents(
  factor: Factor,
  depth: i32,
  set: usize,
  biases: usize,
  row: i32,
  tile: i32,
  t0: i32,
  n: i32,
): void {
  const layer = hiddenAt(factor, depth);
  const own = filteredBiases(layer, biases);
  if (depth == 0) currentsFromInputs(factor, set, own, row, tile, t0, n);
  else {
    const slot = task.keep ? t0 : 0;
    currentsFromSpikes(layer, hiddenAt(factor, depth - 1), set, own, tile, slot, n, true);
  }
  charge(layer, tile, 0, biases, t0, n);
}

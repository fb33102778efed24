import { factorAt, hiddenAt, inputsOf, isHeld, task } from './access';
import { denseCurrents, repeatTile } from './currents';
import { currentsFromInputs, currentsFromSpikes, firstCurrent } from './layer-currents';
import { addToJacobian, clearJacobian, tangentsByJacobian } from './jacobian';
import { integrateTangent } from './neuron';
import { Factor, Layer, Perturbation } from './records';
import {
  addActivity,
  addAllLayers,
  addDerivative,
  addLayer,
  addProjecting,
  flipSets,
  projectionsAlong,
  rowNumbers,
} from './rows';
import { charge, filteredBiases, restSynapses } from './synapse';
import { clear, copy, dotTiles, sumOf, TILE_BYTES } from './tile';

/**
 * Tangents of one row. Under G there is one a direction, moved by every layer's δθ; under L one for each
 * direction and hidden layer, moved by that layer's δθ alone: it starts there. A tangent is numbered
 * direction · starts + start.
 */

// @ts-ignore: decorator
@inline
function directionSet(k: i32): usize {
  return task.directionSets + <usize>k * task.directionBytes;
}

// @ts-ignore: decorator
@inline
function startsOf(factor: Factor): i32 {
  return task.global ? 1 : factor.depths;
}

/**
 * Ż = Ẇ x + ḃ of the first layer for every direction (under A the row's ξ), at rest otherwise. Under flipout
 * the row's signs are put on the directions first.
 */
export function startTangents(factor: Factor, row: i32): void {
  const first = hiddenAt(factor, 0);
  const x = inputsOf(factor, row);
  const bytes = <usize>first.tiles * TILE_BYTES;
  if (task.perturbation == Perturbation.flipout) flipSets(factor, row);
  const held = isHeld(factor, 0);
  for (let k = 0; k < task.directionCount && held; k++) {
    const current = first.tangentMembrane + <usize>k * bytes;
    if (task.perturbation == Perturbation.activity) copy(current, rowNumbers(first, k, row), bytes);
    else firstCurrent(first, directionSet(k), x, current);
  }
  if (factor.jacobian) {
    clearJacobian(factor);
    return;
  }
  for (let depth = held ? 1 : 0; depth < factor.depths; depth++) {
    const layer = hiddenAt(factor, depth);
    const all = <usize>factor.tangents * <usize>layer.tiles * TILE_BYTES;
    clear(layer.tangentMembrane, all);
    for (let tangent = 0; tangent < factor.tangents && layer.kernels; tangent++) restSynapses(layer, 1 + tangent);
    if (layer.read) clear(layer.tangentRates, all);
  }
}

/**
 * Carries every tangent through a block of `n` time steps from t0 on, whose spikes and surrogates have just been
 * computed.
 */
export function tangentBlock(factor: Factor, row: i32, t0: i32, n: i32): void {
  if (factor.jacobian) {
    addToJacobian(factor, t0, n);
    return;
  }
  const starts = startsOf(factor);
  for (let k = 0; k < task.directionCount; k++) {
    for (let start = 0; start < starts; start++)
      if (k == 0 || !hiddenAt(factor, start).averaged) sweep(factor, row, k, start, k * starts + start, t0, n);
  }
}

/**
 *     Ż[t] = Ẇ S_prev[t] + ḃ + W Ṡ_prev[t] , and with it U̇ and Ṡ of the neurons.
 *
 * Under A Ż[t] = ξ in the layer where the tangent starts.
 */
function sweep(factor: Factor, row: i32, k: i32, start: i32, tangent: i32, t0: i32, n: i32): void {
  const held = isHeld(factor, start);
  if (held) firstSpikes(hiddenAt(factor, 0), k, n);
  for (let depth = held ? 1 : start; depth < factor.depths; depth++) {
    const layer = hiddenAt(factor, depth);
    const previous = hiddenAt(factor, max(depth - 1, 0));
    for (let tile = 0; tile < layer.tiles; tile++) {
      let biases = task.zeros;
      if (depth == start && task.perturbation == Perturbation.activity) {
        biases = rowNumbers(layer, k, row);
        repeatTile(filteredBiases(biases) + <usize>tile * TILE_BYTES, 1, n, task.currents);
      } else if (task.global || depth == start) {
        const set = directionSet(k);
        biases = set + layer.bias;
        const own = filteredBiases(biases);
        if (depth == 0) currentsFromInputs(factor, set, own, row, tile, t0, n);
        else currentsFromSpikes(layer, previous, set, own, tile, 0, n, task.directionTables != 0);
      } else clear(task.currents, <usize>n * TILE_BYTES);
      if (depth > start) {
        const columns = task.thetaSet + layer.columns + <usize>(tile * layer.inputs) * TILE_BYTES;
        denseCurrents(
          columns,
          previous.tangentSpikes,
          <usize>task.slots * TILE_BYTES,
          layer.inputs,
          n,
          task.currents,
        );
      }
      charge(layer, tile, 1 + tangent, biases, t0, n);
      integrateTangent(layer, tile, tangent, t0, n, depth + 1 < factor.depths);
    }
  }
}

/** Ṡ of the first layer: what integrate stored is already dS[t]/dZ. */
function firstSpikes(layer: Layer, k: i32, n: i32): void {
  for (let tile = 0; tile < layer.tiles; tile++) {
    const current = layer.tangentMembrane + <usize>(k * layer.tiles + tile) * TILE_BYTES;
    const z0 = v128.load(current);
    const z1 = v128.load(current, 16);
    const z2 = v128.load(current, 32);
    const z3 = v128.load(current, 48);
    const at = <usize>(tile * task.slots) * TILE_BYTES;
    let out = layer.tangentSpikes + at;
    const end = out + <usize>n * TILE_BYTES;
    for (let f = layer.derivative + at; out < end; f += TILE_BYTES, out += TILE_BYTES) {
      v128.store(out, f32x4.mul(z0, v128.load(f)));
      v128.store(out, f32x4.mul(z1, v128.load(f, 16)), 16);
      v128.store(out, f32x4.mul(z2, v128.load(f, 32)), 32);
      v128.store(out, f32x4.mul(z3, v128.load(f, 48)), 48);
    }
  }
}

/**
 * Adds ⟨∂L/∂r̄, ṙ⟩ of the row to every directional derivative. The mean rate of the first layer is a function
 * of its constant current, so that ṙ = slope · Ż there. Where every row is perturbed in its own way its part
 * of the estimate is added too.
 */
export function finishTangents(f: i32, row: i32, rates: usize): void {
  const factor = factorAt(f);
  const starts = startsOf(factor);
  const slope = factor.slopes + <usize>row * factor.slopesStride;
  if (factor.jacobian) tangentsByJacobian(factor, row, task.directionSets);
  for (let k = 0; k < task.directionCount; k++) {
    for (let start = 0; start < starts; start++) {
      const tangent = k * starts + start;
      const averaged = hiddenAt(factor, start).averaged;
      if (averaged && k > 0) continue;
      let sum: f32 = 0;
      for (let depth = start; depth < factor.depths; depth++) {
        const layer = hiddenAt(factor, depth);
        if (!layer.read) continue;
        const adjoint = factor.rateAdjoint + layer.ratesAt;
        const bytes = <usize>layer.tiles * TILE_BYTES;
        if (isHeld(factor, depth))
          sum += dotThree(adjoint, slope, layer.tangentMembrane + <usize>k * bytes, layer.tiles);
        else sum += dotTiles(adjoint, layer.tangentRates + <usize>tangent * bytes, layer.tiles) * task.perStep;
      }
      if (averaged) addActivity(factor, start, row, rates, changesByNeuron(factor, start, tangent, slope), 1);
      else if (task.perturbation == Perturbation.activity)
        addActivity(factor, start, row, rates, rowNumbers(hiddenAt(factor, start), k, row), sum);
      if (task.perturbation == Perturbation.flipout) {
        if (task.global) {
          sum += projectionsAlong(f, row, rates, directionSet(k));
          addAllLayers(f, sum, directionSet(k));
        } else addLayer(hiddenAt(factor, start), sum, directionSet(k));
      }
      addDerivative(k, task.global ? 0 : factor.firstLayer + start, sum);
    }
    if (task.perturbation == Perturbation.flipout && !task.global) addProjecting(f, row, rates, k, directionSet(k));
  }
}

/** ∂L/∂r̄_j ṙ_j of every neuron of a layer that only linear ones read, in place of ṙ (of Ż in a first layer). */
function changesByNeuron(factor: Factor, depth: i32, tangent: i32, slope: usize): usize {
  const layer = hiddenAt(factor, depth);
  const bytes = <usize>layer.tiles * TILE_BYTES;
  const adjoint = factor.rateAdjoint + layer.ratesAt;
  const held = isHeld(factor, depth);
  const changes = held ? layer.tangentMembrane : layer.tangentRates + <usize>tangent * bytes;
  const perStep = f32x4.splat(task.perStep);
  for (let j: usize = 0; j < bytes; j += 16) {
    const by = held ? v128.load(slope + j) : perStep;
    v128.store(changes + j, f32x4.mul(f32x4.mul(v128.load(changes + j), by), v128.load(adjoint + j)));
  }
  return changes;
}

/** Σ_j a[j] b[j] c[j] over `tiles` tiles. */
function dotThree(a: usize, b: usize, c: usize, tiles: i32): f32 {
  const bytes = <usize>tiles * TILE_BYTES;
  let total = f32x4.splat(0);
  for (let j: usize = 0; j < bytes; j += 16) {
    total = f32x4.add(total, f32x4.mul(f32x4.mul(v128.load(a + j), v128.load(b + j)), v128.load(c + j)));
  }
  return sumOf(total);
}

import { factorAt, headAt, hiddenAt, inputsOf, isHeld, layerAt, projectionAt, scaleOf, task } from './access';
import { currentsFromSpikes, firstCurrent } from './layer-currents';
import { Factor, Head, Layer, Projection } from './records';
import { addActivity, addDerivative, rowNumbers } from './rows';
import { simulateFrom } from './simulate';
import { addScaledTiles, clear, copy, dotTiles, sumOf, sumOfTiles, TILE_BYTES } from './tile';

/**
 * Node perturbation (WP-A): of every row the change of the loss when ±ε ξ is added to the currents of one hidden layer, see
 * src/snn/node-perturbation.ts. Layers are gone through from the last one down, so that the spikes below are those at rest.
 */

/**
 * Second derivatives G = Π_{k≠m} Q_kᵀ Q_k of ½ Σ y² in a row's projections, of every head and factor: once every row of
 * several factors is projected; a single factor's rows stand alone.
 */
export function beginNodes(): void {
  for (let h = 0; h < task.headCount; h++) {
    const head = headAt(h);
    const bytes = <usize>head.rank * ((<usize>head.quads) << 4);
    for (let m = task.first; m < 3; m++) {
      const curvature = projectionAt(head, m).curvature;
      for (let at: usize = 0; at < bytes; at += 16) v128.store(curvature + at, f32x4.splat(1));
    }
    if (task.first == 2) continue;
    for (let k = task.first; k < 3; k++) {
      gramOf(head, k);
      for (let m = task.first; m < 3; m++) {
        if (m == k) continue;
        const curvature = projectionAt(head, m).curvature;
        for (let at: usize = 0; at < bytes; at += 16)
          v128.store(curvature + at, f32x4.mul(v128.load(curvature + at), v128.load(task.gram + at)));
      }
    }
  }
}

/** Q_kᵀ Q_k = Σ_n q[n] q[n]ᵀ of a factor's rows, into task.gram. */
function gramOf(head: Head, k: i32): void {
  const projection = projectionAt(head, k);
  const bytes = (<usize>head.quads) << 4;
  clear(task.gram, <usize>head.rank * bytes);
  for (let row = 0; row < factorAt(k).rows; row++) {
    const q = projection.values + <usize>row * projection.stride;
    let out = task.gram;
    for (let i: usize = 0; i < <usize>head.rank; i++, out += bytes) {
      const by = v128.load_splat<f32>(q + (i << 2));
      for (let j: usize = 0; j < bytes; j += 16)
        v128.store(out + j, f32x4.add(v128.load(out + j), f32x4.mul(by, v128.load(q + j))));
    }
  }
}

/** All directions and layers of one row, whose ∂L/∂r̄ is known: its numbers and its part of the gradient. */
export function finishNodes(f: i32, row: i32, rates: usize): void {
  const factor = factorAt(f);
  if (isHeld(factor, 0))
    firstCurrent(hiddenAt(factor, 0), task.thetaSet, inputsOf(factor, row), task.restCurrents);
  for (let depth = factor.depths - 1; depth >= 0; depth--) {
    const layer = hiddenAt(factor, depth);
    if (layer.averaged) {
      simulateBoth(factor, depth, row, factor.workRates);
      const changes = changesByNeuron(f, row, depth, rates);
      const by: f32 = 1 / (2 * task.epsilon);
      addActivity(factor, depth, row, rates, changes, by);
      addDerivative(0, layer.index, by * sumOfTiles(changes, layer.tiles));
      continue;
    }
    let both = false;
    for (let k = 0; k < task.directionCount; k++) {
      const xi = rowNumbers(layer, k, row);
      if (areSigns(layer, xi)) {
        if (!both) simulateBoth(factor, depth, row, factor.bothRates);
        both = true;
        simulateChosen(factor, depth, row, xi);
      } else {
        simulateShifted(factor, depth, row, xi);
        // What a layer above kept of the signs is gone.
        both = false;
      }
      const c = lossChange(f, row, depth, rates) / (2 * task.epsilon);
      addActivity(factor, depth, row, rates, xi, c);
      addDerivative(k, layer.index, c);
    }
  }
}

/** Mean rates at +ε ξ and at -ε ξ of the layers from `depth` on, into factor.workRates one after the other. */
function simulateShifted(factor: Factor, depth: i32, row: i32, xi: usize): void {
  const above = factor.depths;
  simulateFrom(factor, depth, above, shifted(factor, depth, xi, task.epsilon), row, factor.workRates);
  const minus = factor.workRates + factor.rateBytes;
  simulateFrom(factor, depth, above, shifted(factor, depth, xi, -task.epsilon), row, minus);
}

/**
 * A layer alone with all its currents raised by ε, then with all of them lowered: its mean rates into `rates`, one after the other,
 * and its spikes into task.bothBits where a layer follows. With any ξ of ±1 each of its neurons is as in one of the two, for
 * neurons do not meet within a layer: K directions need no more.
 */
function simulateBoth(factor: Factor, depth: i32, row: i32, rates: usize): void {
  const layer = hiddenAt(factor, depth);
  const bits = layer.bits;
  layer.bits = task.bothBits;
  simulateFrom(factor, depth, depth + 1, shifted(factor, depth, 0, task.epsilon), row, rates);
  layer.bits += <usize>task.T * layer.bitsStride;
  simulateFrom(factor, depth, depth + 1, shifted(factor, depth, 0, -task.epsilon), row, rates + factor.rateBytes);
  layer.bits = bits;
  if (depth + 1 < factor.depths && hiddenAt(factor, depth + 1).kept) keepCommon(layer, hiddenAt(factor, depth + 1));
}

/** What the spikes that a layer fires whether raised or lowered, most of all, give the next one, into what that keeps. */
function keepCommon(layer: Layer, next: Layer): void {
  const bytes = <usize>task.T * layer.bitsStride;
  for (let at: usize = 0; at < bytes; at += 8)
    store<u64>(layer.bits + at, load<u64>(task.bothBits + at) & load<u64>(task.bothBits + bytes + at));
  for (let tile = 0; tile < next.tiles; tile++)
    currentsFromSpikes(next, layer, task.thetaSet, task.thetaSet + next.bias, tile, 0, task.T, false);
}

/** As simulateShifted for ξ of ±1: the layer itself is chosen from both, neuron by neuron, and those above it are simulated. */
function simulateChosen(factor: Factor, depth: i32, row: i32, xi: usize): void {
  const layer = hiddenAt(factor, depth);
  const plus = factor.workRates;
  const minus = plus + factor.rateBytes;
  const raised = factor.bothRates + layer.ratesAt;
  const lowered = raised + factor.rateBytes;
  for (let j: usize = 0; j < <usize>layer.tiles * TILE_BYTES; j += 16) {
    const up = f32x4.gt(v128.load(xi + j), f32x4.splat(0));
    v128.store(plus + layer.ratesAt + j, v128.bitselect(v128.load(raised + j), v128.load(lowered + j), up));
    v128.store(minus + layer.ratesAt + j, v128.bitselect(v128.load(lowered + j), v128.load(raised + j), up));
  }
  if (depth + 1 == factor.depths) return;
  const next = hiddenAt(factor, depth + 1);
  const common = next.kept != 0;
  const biases: usize = common ? 0 : task.thetaSet + next.bias;
  const bytes = <usize>task.T * layer.bitsStride;
  upwardBits(layer, xi);
  chooseBits(layer, task.bothBits, task.bothBits + bytes, common);
  simulateFrom(factor, depth + 1, factor.depths, biases, row, plus);
  chooseBits(layer, task.bothBits + bytes, task.bothBits, common);
  simulateFrom(factor, depth + 1, factor.depths, biases, row, minus);
}

/** ξ > 0 as one time step of spike words, into task.upward. */
function upwardBits(layer: Layer, xi: usize): void {
  const zero = f32x4.splat(0);
  for (let tile = 0; tile < layer.tiles; tile++, xi += TILE_BYTES) {
    const up =
      i32x4.bitmask(f32x4.gt(v128.load(xi), zero)) |
      (i32x4.bitmask(f32x4.gt(v128.load(xi, 16), zero)) << 4) |
      (i32x4.bitmask(f32x4.gt(v128.load(xi, 32), zero)) << 8) |
      (i32x4.bitmask(f32x4.gt(v128.load(xi, 48), zero)) << 12);
    store<u16>(task.upward + ((<usize>tile) << 1), <u16>up);
  }
}

/**
 * The layer's spikes: those of the train `upper` where task.upward has a bit, else those of `lower`; without those that are in
 * both where it is known what these give.
 */
function chooseBits(layer: Layer, upper: usize, lower: usize, common: bool): void {
  const known: u64 = common ? 0 : -1;
  for (let word: usize = 0; word < layer.bitsStride; word += 8) {
    const up = load<u64>(task.upward + word);
    let at = word;
    for (let t = 0; t < task.T; t++, at += layer.bitsStride) {
      const below = load<u64>(lower + at);
      const differing = below ^ load<u64>(upper + at);
      store<u64>(layer.bits + at, (below ^ (differing & up)) & (differing | known));
    }
  }
}

/** Whether every ξ of a layer's row is 1 or -1. */
function areSigns(layer: Layer, xi: usize): bool {
  const end = xi + ((<usize>layer.outputs) << 2);
  const one = f32x4.splat(1);
  for (; xi + 16 <= end; xi += 16) if (!i32x4.all_true(f32x4.eq(f32x4.abs(v128.load(xi)), one))) return false;
  for (; xi < end; xi += 4) if (abs(load<f32>(xi)) != 1) return false;
  return true;
}

/**
 * Currents of a first layer where they are held, else biases, plus amount · ξ, where they are read; without ξ plus the amount. What ξ
 * holds beyond the layer's neurons is another row's. Where a layer keeps currents: what is added to these.
 * @returns the biases.
 */
function shifted(factor: Factor, depth: i32, xi: usize, amount: f32): usize {
  const layer = hiddenAt(factor, depth);
  const held = isHeld(factor, depth);
  const bytes = <usize>layer.tiles * TILE_BYTES;
  const out = held ? layer.current : task.shiftedCurrents;
  if (layer.kept) clear(out, bytes);
  else copy(out, held ? task.restCurrents : task.thetaSet + layer.bias, bytes);
  const end = (<usize>layer.outputs) << 2;
  const by = f32x4.splat(amount);
  let j: usize = 0;
  for (; j + 16 <= end; j += 16)
    v128.store(out + j, f32x4.add(v128.load(out + j), xi ? f32x4.mul(by, v128.load(xi + j)) : by));
  for (; j < end; j += 4) store<f32>(out + j, load<f32>(out + j) + (xi ? amount * load<f32>(xi + j) : amount));
  return out;
}

/**
 * L(q⁺) - L(q⁻) of one row, L being quadratic in its projections q = scale · (W (r̄ - centre) + b): with Δ = r⁺ - r⁻ and
 * M = (r⁺ + r⁻)/2 - r̄ of the layers from `depth` on
 *
 *     ∂L/∂r̄ · Δ + Σ_heads (2 weight/N) (scale W Δ) · G (scale W M) .
 */
function lossChange(f: i32, row: i32, depth: i32, rates: usize): f32 {
  const factor = factorAt(f);
  let change: f32 = 0;
  for (let d = depth; d < factor.depths; d++) {
    const layer = hiddenAt(factor, d);
    if (!layer.read) continue;
    differenceAndMiddle(layer, factor, rates);
    change += dotTiles(factor.rateAdjoint + layer.ratesAt, factor.workRates + layer.ratesAt, layer.tiles);
  }
  for (let h = 0; h < task.headCount; h++) {
    const head = headAt(h);
    const projection = projectionAt(head, f);
    const reader = layerAt(projection.layer);
    if (reader.depth < depth) continue;
    const bend = bendOf(head, projection, factor);
    const difference = factor.workRates + reader.ratesAt;
    let w = task.thetaSet + reader.columns;
    let sum: f32 = 0;
    for (let i: usize = 0; i < <usize>reader.outputs; i++, w += (<usize>reader.inputTiles) << 6)
      sum += dotTiles(w, difference, reader.inputTiles) * load<f32>(bend + (i << 2));
    change += curvatureUnit(head, factor, row) * sum;
  }
  return change;
}

/**
 * What every neuron of a layer that only linear ones read adds to it, in place of Δ:
 *
 *     Δ_j (∂L/∂r̄_j + Σ_heads (2 weight/N) scale² (Wᵀ G W M)_j) .
 */
function changesByNeuron(f: i32, row: i32, depth: i32, rates: usize): usize {
  const factor = factorAt(f);
  const layer = hiddenAt(factor, depth);
  const bytes = <usize>layer.tiles * TILE_BYTES;
  const slopes = task.shiftedCurrents;
  copy(slopes, factor.rateAdjoint + layer.ratesAt, bytes);
  differenceAndMiddle(layer, factor, rates);
  for (let h = 0; h < task.headCount; h++) {
    const head = headAt(h);
    const projection = projectionAt(head, f);
    const reader = layerAt(projection.layer);
    if (reader.depth < depth) continue;
    const bend = bendOf(head, projection, factor);
    const unit = curvatureUnit(head, factor, row);
    let w = task.thetaSet + reader.columns;
    for (let i: usize = 0; i < <usize>reader.outputs; i++, w += (<usize>reader.inputTiles) << 6)
      addScaledTiles(slopes, w, unit * load<f32>(bend + (i << 2)), reader.inputTiles);
  }
  const changes = factor.workRates + layer.ratesAt;
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(changes + j, f32x4.mul(v128.load(changes + j), v128.load(slopes + j)));
  return changes;
}

/** (2 weight/N) scale² of a head and a row. */
function curvatureUnit(head: Head, factor: Factor, row: i32): f32 {
  const points = <f64>factorAt(0).rows * <f64>factorAt(1).rows * <f64>factorAt(2).rows;
  const scale = <f64>scaleOf(factor, row);
  return <f32>((2 * <f64>head.weight * scale * scale) / points);
}

/** Δ and M of a layer in place of its rates at +ε ξ and at -ε ξ. */
function differenceAndMiddle(layer: Layer, factor: Factor, rates: usize): void {
  const half = f32x4.splat(0.5);
  const rest = rates + layer.ratesAt;
  const plus = factor.workRates + layer.ratesAt;
  const minus = plus + factor.rateBytes;
  const bytes = <usize>layer.tiles * TILE_BYTES;
  for (let j: usize = 0; j < bytes; j += 16) {
    const above = v128.load(plus + j);
    const below = v128.load(minus + j);
    v128.store(plus + j, f32x4.sub(above, below));
    v128.store(minus + j, f32x4.sub(f32x4.mul(half, f32x4.add(above, below)), v128.load(rest + j)));
  }
}

/** G W M of a head. */
function bendOf(head: Head, projection: Projection, factor: Factor): usize {
  const reader = layerAt(projection.layer);
  const middle = factor.workRates + reader.ratesAt + factor.rateBytes;
  const bytes = (<usize>head.quads) << 4;
  const out = task.rankScratch;
  const centre = out + bytes;
  clear(centre, bytes);
  let w = task.thetaSet + reader.columns;
  for (let i: usize = 0; i < <usize>reader.outputs; i++, w += (<usize>reader.inputTiles) << 6)
    store<f32>(centre + (i << 2), dotTiles(w, middle, reader.inputTiles));
  let g = projection.curvature;
  for (let i: usize = 0; i < <usize>reader.outputs; i++, g += bytes) {
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < bytes; j += 16)
      sum = f32x4.add(sum, f32x4.mul(v128.load(g + j), v128.load(centre + j)));
    store<f32>(out + (i << 2), sumOf(sum));
  }
  return out;
}

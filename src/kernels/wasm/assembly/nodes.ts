import { factorAt, headAt, hiddenAt, inputsOf, layerAt, projectionAt, scaleOf, task } from './access';
import { firstCurrent } from './layer-currents';
import { Factor, Head, Layer, Projection } from './records';
import { addActivity, addDerivative, rowNumbers } from './rows';
import { simulateFrom } from './simulate';
import { addScaledTiles, dotTiles, sumOf, sumOfTiles, TILE_BYTES } from './tile';

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
  memory.fill(task.gram, 0, <usize>head.rank * bytes);
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
  const first = hiddenAt(factor, 0);
  firstCurrent(first, task.thetaSet, inputsOf(factor, row), task.restCurrents);
  for (let depth = factor.depths - 1; depth >= 0; depth--) {
    const layer = hiddenAt(factor, depth);
    const base = depth > 0 ? task.thetaSet + layer.bias : task.restCurrents;
    const shifted = depth > 0 ? task.shiftedCurrents : first.current;
    if (layer.averaged) {
      simulateShifted(factor, depth, base, rowNumbers(layer, 0, row), row, shifted);
      const changes = changesByNeuron(f, row, depth, rates);
      const by: f32 = 1 / (2 * task.epsilon);
      addActivity(factor, depth, row, rates, changes, by);
      addDerivative(0, layer.index, by * sumOfTiles(changes, layer.tiles));
      continue;
    }
    for (let k = 0; k < task.directionCount; k++) {
      const xi = rowNumbers(layer, k, row);
      simulateShifted(factor, depth, base, xi, row, shifted);
      const c = lossChange(f, row, depth, rates) / (2 * task.epsilon);
      addActivity(factor, depth, row, rates, xi, c);
      addDerivative(k, layer.index, c);
    }
  }
}

/** Mean rates at +ε ξ and at -ε ξ, into factor.workRates one after the other. */
function simulateShifted(factor: Factor, depth: i32, base: usize, xi: usize, row: i32, shifted: usize): void {
  const layer = hiddenAt(factor, depth);
  shift(layer, base, xi, task.epsilon, shifted);
  simulateFrom(factor, depth, shifted, row, factor.workRates);
  shift(layer, base, xi, -task.epsilon, shifted);
  simulateFrom(factor, depth, shifted, row, factor.workRates + factor.rateBytes);
}

/** out = base + amount · ξ of a layer; what ξ holds beyond its neurons is another row's. */
function shift(layer: Layer, base: usize, xi: usize, amount: f32, out: usize): void {
  memory.copy(out, base, <usize>layer.tiles * TILE_BYTES);
  const end = (<usize>layer.outputs) << 2;
  for (let j: usize = 0; j < end; j += 4) store<f32>(out + j, load<f32>(base + j) + amount * load<f32>(xi + j));
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
  memory.copy(slopes, factor.rateAdjoint + layer.ratesAt, bytes);
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
  memory.fill(centre, 0, bytes);
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

import { factorAt, headAt, hiddenAt, inputsOf, layerAt, projectionAt, scaleOf, task } from './access';
import { Factor, Layer } from './records';
import { addColumn } from './reverse';
import { addScaledTiles, sumOf, TILE_BYTES } from './tile';

/**
 * RFG where every row of a batch is perturbed in its own way, has a directional derivative c of its own and
 * adds its own part to the gradient: flipout and activity perturbation, see src/snn/row-wise.ts.
 */

let directions: usize = 0;
/** The direction vectors of the step at hand. */
export function setDirections(at: usize): void {
  directions = at;
}

/**
 * A row's own numbers in direction k: ξ of a hidden layer, or the signs r of its outputs and s of its inputs.
 * What a tile reads beyond them belongs to neurons that the layer does not have.
 */
export function rowNumbers(layer: Layer, k: i32, row: i32): usize {
  return directions + ((<usize>(k * task.directionLength + layer.rowsAt + row * layer.rowLength)) << 2);
}

/** D ∘ r sᵀ and β ∘ r of all layers of a factor for one row, into the directions' parameter sets. */
export function flipSets(factor: Factor, row: i32): void {
  for (let k = 0; k < task.directionCount; k++) {
    const at = <usize>k * task.directionBytes;
    for (let index = 0; index < task.layerCount; index++) {
      const layer = layerAt(index);
      if (layer.factor != layerAt(factor.firstLayer).factor) continue;
      const r = rowNumbers(layer, k, row);
      const s = r + ((<usize>layer.outputs) << 2);
      if (layer.hidden) flipHidden(layer, task.plainSets + at, task.directionSets + at, r, s);
      else flipProjection(layer, task.plainSets + at, task.directionSets + at, r, s);
    }
  }
}

function flipHidden(layer: Layer, from: usize, to: usize, r: usize, s: usize): void {
  for (let tile = 0; tile < layer.tiles; tile++) {
    const at = <usize>tile * TILE_BYTES;
    const r0 = v128.load(r + at);
    const r1 = v128.load(r + at, 16);
    const r2 = v128.load(r + at, 32);
    const r3 = v128.load(r + at, 48);
    timesTile(from + layer.bias + at, to + layer.bias + at, r0, r1, r2, r3, 1);
    const columns = layer.columns + <usize>(tile * layer.inputs) * TILE_BYTES;
    for (let i: usize = 0; i < <usize>layer.inputs; i++) {
      const column = columns + i * TILE_BYTES;
      timesTile(from + column, to + column, r0, r1, r2, r3, load<f32>(s + (i << 2)));
    }
  }
}

// @ts-ignore: decorator
@inline
function timesTile(from: usize, to: usize, r0: v128, r1: v128, r2: v128, r3: v128, sign: f32): void {
  const by = f32x4.splat(sign);
  v128.store(to, f32x4.mul(v128.load(from), f32x4.mul(by, r0)));
  v128.store(to, f32x4.mul(v128.load(from, 16), f32x4.mul(by, r1)), 16);
  v128.store(to, f32x4.mul(v128.load(from, 32), f32x4.mul(by, r2)), 32);
  v128.store(to, f32x4.mul(v128.load(from, 48), f32x4.mul(by, r3)), 48);
}

function flipProjection(layer: Layer, from: usize, to: usize, r: usize, s: usize): void {
  const bytes = (<usize>layer.inputTiles) << 6;
  for (let i: usize = 0; i < <usize>layer.outputs; i++) {
    const sign = load<f32>(r + (i << 2));
    store<f32>(to + layer.bias + (i << 2), sign * load<f32>(from + layer.bias + (i << 2)));
    const by = f32x4.splat(sign);
    const at = layer.columns + i * bytes;
    for (let j: usize = 0; j < bytes; j += 16)
      v128.store(to + at + j, f32x4.mul(v128.load(from + at + j), f32x4.mul(by, v128.load(s + j))));
  }
}

export function addDerivative(k: i32, group: i32, c: f32): void {
  const at = task.derivatives + ((<usize>(k * task.groups + group)) << 3);
  store<f64>(at, load<f64>(at) + <f64>c);
}

/** A: c ξ to the bias of a layer and c ξ xᵀ to its weights, x being the mean over time of its inputs, as each neuron weighs them, or of the spikes below. */
export function addActivity(factor: Factor, depth: i32, row: i32, rates: usize, xi: usize, c: f32): void {
  const layer = hiddenAt(factor, depth);
  const own = depth == 0 ? factor.means : 0;
  const source = depth > 0 ? rates + hiddenAt(factor, depth - 1).ratesAt : inputsOf(factor, row);
  const by = f32x4.splat(c * layer.estimateFactor);
  for (let tile = 0; tile < layer.tiles; tile++) {
    const at = <usize>tile * TILE_BYTES;
    const z0 = f32x4.mul(by, v128.load(xi + at));
    const z1 = f32x4.mul(by, v128.load(xi + at, 16));
    const z2 = f32x4.mul(by, v128.load(xi + at, 32));
    const z3 = f32x4.mul(by, v128.load(xi + at, 48));
    addColumn(layer.gradientBias + at, z0, z1, z2, z3, 1);
    const columns = <usize>(tile * layer.inputs) * TILE_BYTES;
    for (let i: usize = 0; i < <usize>layer.inputs; i++) {
      const column = columns + i * TILE_BYTES;
      if (own) addProducts(layer.gradientColumns + column, z0, z1, z2, z3, own + column);
      else addColumn(layer.gradientColumns + column, z0, z1, z2, z3, load<f32>(source + (i << 2)));
    }
  }
}

function addProducts(out: usize, z0: v128, z1: v128, z2: v128, z3: v128, by: usize): void {
  v128.store(out, f32x4.add(v128.load(out), f32x4.mul(z0, v128.load(by))));
  v128.store(out, f32x4.add(v128.load(out, 16), f32x4.mul(z1, v128.load(by, 16))), 16);
  v128.store(out, f32x4.add(v128.load(out, 32), f32x4.mul(z2, v128.load(by, 32))), 32);
  v128.store(out, f32x4.add(v128.load(out, 48), f32x4.mul(z3, v128.load(by, 48))), 48);
}

/** Flipout: c times a layer's direction in this row to its gradient. */
export function addLayer(layer: Layer, c: f32, set: usize): void {
  const by = c * layer.estimateFactor;
  const tiles = layer.hidden ? layer.tiles * layer.inputs : layer.outputs * layer.inputTiles;
  addScaledTiles(layer.gradientBias, set + layer.bias, by, layer.tiles);
  addScaledTiles(layer.gradientColumns, set + layer.columns, by, tiles);
}

export function addAllLayers(f: i32, c: f32, set: usize): void {
  for (let index = 0; index < task.layerCount; index++)
    if (layerAt(index).factor == f) addLayer(layerAt(index), c, set);
}

/** Flipout under L: every projecting layer has a derivative of its own. */
export function addProjecting(f: i32, row: i32, rates: usize, k: i32, set: usize): void {
  for (let h = 0; h < task.headCount; h++) {
    const c = alongHead(f, h, row, rates, set);
    const index = projectionAt(headAt(h), f).layer;
    addLayer(layerAt(index), c, set);
    addDerivative(k, index, c);
  }
}

/** What all projecting layers of a factor contribute to the derivative of one row. */
export function projectionsAlong(f: i32, row: i32, rates: usize, set: usize): f32 {
  let sum: f32 = 0;
  for (let h = 0; h < task.headCount; h++) sum += alongHead(f, h, row, rates, set);
  return sum;
}

/** Σ_i p̄_i (ḃ_i + Σ_j Ẇ_ij (r̄_j - centre)) of one row. */
function alongHead(f: i32, h: i32, row: i32, rates: usize, set: usize): f32 {
  const projection = projectionAt(headAt(h), f);
  const layer = layerAt(projection.layer);
  const centre = f32x4.splat(task.centre);
  const bytes = (<usize>layer.inputTiles) << 6;
  const r = rates + layer.ratesAt;
  const adjoint = projection.adjoint + <usize>row * projection.adjointStride;
  let total: f32 = 0;
  let w = set + layer.columns;
  for (let i: usize = 0; i < <usize>layer.outputs; i++, w += bytes) {
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < bytes; j += 16)
      sum = f32x4.add(sum, f32x4.mul(v128.load(w + j), f32x4.sub(v128.load(r + j), centre)));
    total += load<f32>(adjoint + (i << 2)) * (load<f32>(set + layer.bias + (i << 2)) + sumOf(sum));
  }
  return scaleOf(factorAt(f), row) * total;
}

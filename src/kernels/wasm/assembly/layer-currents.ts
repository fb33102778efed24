import { hiddenAt, inputsOf, task } from './access';
import { constantCurrent, spikeCurrents, TABLE_BYTES, tabledCurrents } from './currents';
import { Factor, Layer } from './records';
import { copy, TILE_BYTES } from './tile';

/** Z = W x + b of the first layer, from the weights of a parameter set. */
export function firstCurrent(layer: Layer, set: usize, x: usize, out: usize): void {
  const columnBytes = <usize>layer.inputs * TILE_BYTES;
  for (let tile = 0; tile < layer.tiles; tile++) {
    const at = <usize>tile * TILE_BYTES;
    constantCurrent(
      set + layer.bias + at,
      set + layer.columns + <usize>tile * columnBytes,
      x,
      layer.inputs,
      out + at,
    );
  }
}

/**
 * b + W x[t] of one tile of a first layer for `n` time steps of a row's inputs from t0 on, into task.currents.
 * @param biases b of the whole layer.
 */
export function currentsFromInputs(
  factor: Factor,
  set: usize,
  biases: usize,
  row: i32,
  tile: i32,
  t0: i32,
  n: i32,
): void {
  const layer = hiddenAt(factor, 0);
  const bias = biases + <usize>tile * TILE_BYTES;
  const columns = set + layer.columns + <usize>(tile * layer.inputs) * TILE_BYTES;
  const step = <usize>factor.inputStep;
  let x = inputsOf(factor, row) + <usize>t0 * step;
  const end = task.currents + <usize>n * TILE_BYTES;
  for (let out = task.currents; out < end; out += TILE_BYTES, x += step)
    constantCurrent(bias, columns, x, layer.inputs, out);
}

/**
 * b + W s of one tile of a deeper layer for `n` time steps, spikes from slot `slot` on, into task.currents, and into what the layer
 * keeps.
 * @param biases b of the whole layer.
 * @param tabled whether the set has tables.
 */
export function currentsFromSpikes(
  layer: Layer,
  previous: Layer,
  set: usize,
  biases: usize,
  tile: i32,
  slot: i32,
  n: i32,
  tabled: bool,
): void {
  const bias = biases + <usize>tile * TILE_BYTES;
  const stride = previous.bitsStride;
  const bits = previous.bits + <usize>slot * stride;
  if (tabled && layer.table != 0) {
    const table = set + layer.table + <usize>tile * <usize>layer.inputTiles * TABLE_BYTES;
    tabledCurrents(bias, table, bits, stride, layer.inputTiles, n, task.currents);
    return;
  }
  spikeCurrents(bias, 0, columnsOf(layer, set, tile), bits, stride, n, task.currents);
  if (layer.kept) copy(keptOf(layer, tile, slot), task.currents, <usize>n * TILE_BYTES);
}

// @ts-ignore: decorator
@inline
function columnsOf(layer: Layer, set: usize, tile: i32): usize {
  return set + layer.columns + <usize>(tile * layer.inputs) * TILE_BYTES;
}

// @ts-ignore: decorator
@inline
function keptOf(layer: Layer, tile: i32, slot: i32): usize {
  return layer.kept + <usize>(tile * task.slots + slot) * TILE_BYTES;
}

/**
 * What a layer keeps of one tile and W s, into task.currents; or, where there are `amounts` of the whole layer, it and those at each
 * of the `n` time steps.
 */
export function currentsFromKept(layer: Layer, previous: Layer, amounts: usize, tile: i32, slot: i32, n: i32): void {
  const kept = keptOf(layer, tile, slot);
  if (!amounts) {
    const stride = previous.bitsStride;
    const bits = previous.bits + <usize>slot * stride;
    spikeCurrents(kept, TILE_BYTES, columnsOf(layer, task.thetaSet, tile), bits, stride, n, task.currents);
    return;
  }
  const by = amounts + <usize>tile * TILE_BYTES;
  const bytes = <usize>n * TILE_BYTES;
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(task.currents + j, f32x4.add(v128.load(kept + j), v128.load(by + (j & 48))));
}

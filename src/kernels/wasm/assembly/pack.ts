import { layerAt, task } from './access';
import { buildTable, TABLE_BYTES } from './currents';
import { Derivation, Layer, Perturbation } from './records';
import { TILE, TILE_BYTES } from './tile';

/**
 * Between flat parameters, W[output][input] row by row and then b, and their packed form: hidden layers
 * column by column in tiles of outputs, [tile][input][16]; read-outs row by row padded to whole tiles,
 * [output][16 · tiles].
 */

export function packAll(flat: usize, set: usize, tabled: bool): void {
  for (let index = 0; index < task.layerCount; index++) packLayer(layerAt(index), flat, set, tabled);
}

export function packHidden(flat: usize, set: usize, tabled: bool): void {
  for (let index = 0; index < task.layerCount; index++)
    if (layerAt(index).hidden) packLayer(layerAt(index), flat, set, tabled);
}

/** The table of a hidden layer's columns, where it has one. */
function packTable(layer: Layer, set: usize): void {
  if (!layer.table) return;
  const columnBytes = <usize>layer.inputs * TILE_BYTES;
  const tableBytes = <usize>layer.inputTiles * TABLE_BYTES;
  for (let tile: usize = 0; tile < <usize>layer.tiles; tile++)
    buildTable(set + layer.columns + tile * columnBytes, layer.inputs, set + layer.table + tile * tableBytes);
}

/** @param tabled whether the sums of a hidden layer's columns are asked for too. */
export function packLayer(layer: Layer, flat: usize, set: usize, tabled: bool): void {
  copyFloats(set + layer.bias, flat + ((<usize>layer.biases) << 2), layer.outputs);
  if (layer.hidden) {
    packColumns(layer, flat, set + layer.columns);
    if (tabled) packTable(layer, set);
  } else {
    let source = flat + ((<usize>layer.weights) << 2);
    let out = set + layer.columns;
    for (let i = 0; i < layer.outputs; i++) {
      copyFloats(out, source, layer.inputs);
      source += (<usize>layer.inputs) << 2;
      out += <usize>layer.inputTiles * TILE_BYTES;
    }
  }
}

function packColumns(layer: Layer, flat: usize, columns: usize): void {
  let source = flat + ((<usize>layer.weights) << 2);
  for (let j = 0; j < layer.outputs; j++) {
    let out = columns + <usize>((j >> 4) * layer.inputs) * TILE_BYTES + ((<usize>(j & 15)) << 2);
    for (let i = 0; i < layer.inputs; i++) {
      store<f32>(out, load<f32>(source));
      source += 4;
      out += TILE_BYTES;
    }
  }
}

/** Wᵀ in tiles of inputs, [tile][output][16], of every layer that the scan back passes through. */
export function packTransposed(flat: usize): void {
  for (let index = 0; index < task.layerCount; index++) {
    const layer = layerAt(index);
    if (!layer.transposed) continue;
    let source = flat + ((<usize>layer.weights) << 2);
    for (let j = 0; j < layer.outputs; j++) {
      for (let tile = 0; tile < layer.inputTiles; tile++) {
        const width = min(TILE, layer.inputs - tile * TILE);
        copyFloats(layer.transposed + <usize>(tile * layer.outputs + j) * TILE_BYTES, source, width);
        source += (<usize>width) << 2;
      }
    }
  }
}

/**
 * Accumulated gradients → flat: of all layers, or under RFG with one direction for all rows of those that are
 * no hidden ones (tangents cover those).
 */
export function unpackGradient(): void {
  for (let index = 0; index < task.layerCount; index++) {
    const layer = layerAt(index);
    if (layer.hidden && task.derivation == Derivation.forward && task.perturbation == Perturbation.parameters) continue;
    const out = task.gradientFlat + ((<usize>layer.weights) << 2);
    copyFloats(task.gradientFlat + ((<usize>layer.biases) << 2), layer.gradientBias, layer.outputs);
    for (let j = 0; j < layer.outputs; j++) {
      const row = out + ((<usize>(j * layer.inputs)) << 2);
      if (layer.hidden) {
        let source =
          layer.gradientColumns + <usize>((j >> 4) * layer.inputs) * TILE_BYTES + ((<usize>(j & 15)) << 2);
        for (let i = 0; i < layer.inputs; i++, source += TILE_BYTES)
          store<f32>(row + ((<usize>i) << 2), load<f32>(source));
      } else
        copyFloats(row, layer.gradientColumns + <usize>(j * layer.inputTiles) * TILE_BYTES, layer.inputs);
    }
  }
}

// @ts-ignore: decorator
@inline
function copyFloats(out: usize, source: usize, count: i32): void {
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) store<f32>(out + i, load<f32>(source + i));
}

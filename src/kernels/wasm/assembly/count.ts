import { task } from './access';
import { TABLE_BYTES } from './currents';
import { addSpikes, signsOf } from './neuron';
import { Layer, Reset } from './records';
import { leakOf } from './synapse';
import { TILE_BYTES } from './tile';

/**
 * Time steps of a last layer whose derivatives are not asked for: nothing is read of it but the number of its spikes. Membranes are
 * those of integrate, to the last bit.
 */

/** One tile from the currents [t][16] in task.currents. */
export function countCurrents(layer: Layer, tile: i32, n: i32): void {
  count(layer, tile, task.currents, TILE_BYTES, 0, 0, 0, 0, n);
}

/** One tile under the layer's constant current. */
export function countConstant(layer: Layer, tile: i32, n: i32): void {
  count(layer, tile, layer.current + <usize>tile * TILE_BYTES, 0, 0, 0, 0, 0, n);
}

/**
 * One tile of a layer with a table under b + W s, from slot `slot` of the spikes below on.
 * @param biases b of the whole layer.
 */
export function countFromSpikes(
  layer: Layer,
  previous: Layer,
  set: usize,
  biases: usize,
  tile: i32,
  slot: i32,
  n: i32,
): void {
  const words = layer.inputTiles;
  const table = set + layer.table + <usize>(tile * words) * TABLE_BYTES;
  const bits = previous.bits + <usize>slot * previous.bitsStride;
  count(layer, tile, biases + <usize>tile * TILE_BYTES, 0, table, bits, previous.bitsStride, words, n);
}

/**
 * @param current of the first time step, the next ones `next` bytes further; sums over the spiking inputs of `words` words are added
 *   on the way, as in tabledCurrents. Eight inputs are looked up at a time, not sixteen: with more loads before their additions
 *   membranes would not stay in registers, each step waiting for the memory.
 */
function count(
  layer: Layer,
  tile: i32,
  current: usize,
  next: usize,
  table: usize,
  bits: usize,
  stride: usize,
  words: i32,
  n: i32,
): void {
  if (task.reset == Reset.zero) countWith(true, true, layer, tile, current, next, table, bits, stride, words, n);
  else if (task.leak == 1 && !layer.kernels) countWith(false, false, layer, tile, current, next, table, bits, stride, words, n);
  else countWith(false, true, layer, tile, current, next, table, bits, stride, words, n);
}

// @ts-ignore: decorator
@inline
function countWith(
  toZero: bool,
  leaky: bool,
  layer: Layer,
  tile: i32,
  current: usize,
  next: usize,
  table: usize,
  bits: usize,
  stride: usize,
  words: i32,
  n: i32,
): void {
  const at = <usize>tile * TILE_BYTES;
  const l0 = leakOf(layer, tile, 0);
  const l1 = leakOf(layer, tile, 16);
  const l2 = leakOf(layer, tile, 32);
  const l3 = leakOf(layer, tile, 48);
  const threshold = f32x4.splat(task.threshold);
  const membrane = layer.membrane + at;
  let u0 = v128.load(membrane);
  let u1 = v128.load(membrane, 16);
  let u2 = v128.load(membrane, 32);
  let u3 = v128.load(membrane, 48);
  let silences = i8x16.splat(0);
  for (let t = 0; t < n; t++) {
    let z0 = v128.load(current);
    let z1 = v128.load(current, 16);
    let z2 = v128.load(current, 32);
    let z3 = v128.load(current, 48);
    let group = table;
    const end = bits + ((<usize>words) << 1);
    for (let byte = bits; byte < end; byte++, group += TABLE_BYTES / 2) {
      const a = group + ((<usize>load<u8>(byte)) << 6);
      z0 = f32x4.add(z0, v128.load(a));
      z1 = f32x4.add(z1, v128.load(a, 16));
      z2 = f32x4.add(z2, v128.load(a, 32));
      z3 = f32x4.add(z3, v128.load(a, 48));
    }
    bits += stride;
    current += next;
    u0 = f32x4.add(leaky ? f32x4.mul(u0, l0) : u0, z0);
    u1 = f32x4.add(leaky ? f32x4.mul(u1, l1) : u1, z1);
    u2 = f32x4.add(leaky ? f32x4.mul(u2, l2) : u2, z2);
    u3 = f32x4.add(leaky ? f32x4.mul(u3, l3) : u3, z3);
    const x0 = f32x4.sub(u0, threshold);
    const x1 = f32x4.sub(u1, threshold);
    const x2 = f32x4.sub(u2, threshold);
    const x3 = f32x4.sub(u3, threshold);
    silences = i8x16.add(silences, i8x16.lt_s(signsOf(x0, x1, x2, x3), i8x16.splat(0)));
    if (toZero) {
      u0 = v128.and(u0, i32x4.shr_s(x0, 31));
      u1 = v128.and(u1, i32x4.shr_s(x1, 31));
      u2 = v128.and(u2, i32x4.shr_s(x2, 31));
      u3 = v128.and(u3, i32x4.shr_s(x3, 31));
    } else {
      u0 = i32x4.min_u(u0, x0);
      u1 = i32x4.min_u(u1, x1);
      u2 = i32x4.min_u(u2, x2);
      u3 = i32x4.min_u(u3, x3);
    }
  }
  v128.store(membrane, u0);
  v128.store(membrane, u1, 16);
  v128.store(membrane, u2, 32);
  v128.store(membrane, u3, 48);
  addSpikes(layer.counts + at, n, silences);
}

import { TILE_BYTES } from './tile';

/**
 * Currents of one tile of neurons. Weights lie column by column, [input][16]: input i adds 64 contiguous
 * bytes.
 */

/** out[16] = b + Σ_i x[i] W[:, i]: the constant current of the first layer. */
export function constantCurrent(bias: usize, columns: usize, x: usize, inputs: i32, out: usize): void {
  let z0 = v128.load(bias);
  let z1 = v128.load(bias, 16);
  let z2 = v128.load(bias, 32);
  let z3 = v128.load(bias, 48);
  const end = x + ((<usize>inputs) << 2);
  for (; x < end; x += 4, columns += TILE_BYTES) {
    const by = v128.load_splat<f32>(x);
    z0 = f32x4.add(z0, f32x4.mul(by, v128.load(columns)));
    z1 = f32x4.add(z1, f32x4.mul(by, v128.load(columns, 16)));
    z2 = f32x4.add(z2, f32x4.mul(by, v128.load(columns, 32)));
    z3 = f32x4.add(z3, f32x4.mul(by, v128.load(columns, 48)));
  }
  v128.store(out, z0);
  v128.store(out, z1, 16);
  v128.store(out, z2, 32);
  v128.store(out, z3, 48);
}

/**
 * out[t][16] = b + Σ over the spiking inputs of their columns, for `n` time steps of 16-bit spike words.
 * @param next bytes from b to that of the next time step.
 */
export function spikeCurrents(
  bias: usize,
  next: usize,
  columns: usize,
  bits: usize,
  stride: usize,
  n: i32,
  out: usize,
): void {
  const end = bits + <usize>n * stride;
  for (; bits < end; bits += stride, bias += next, out += TILE_BYTES) {
    let z0 = v128.load(bias);
    let z1 = v128.load(bias, 16);
    let z2 = v128.load(bias, 32);
    let z3 = v128.load(bias, 48);
    let base = columns;
    for (let at = bits; at < bits + stride; at += 8, base += 64 * TILE_BYTES) {
      let word = load<u64>(at);
      while (word != 0) {
        const column = base + ((<usize>ctz(word)) << 6);
        word &= word - 1;
        z0 = f32x4.add(z0, v128.load(column));
        z1 = f32x4.add(z1, v128.load(column, 16));
        z2 = f32x4.add(z2, v128.load(column, 32));
        z3 = f32x4.add(z3, v128.load(column, 48));
      }
    }
    v128.store(out, z0);
    v128.store(out, z1, 16);
    v128.store(out, z2, 32);
    v128.store(out, z3, 48);
  }
}

/** Bytes of the table of one tile for a word of 16 inputs: two groups of 256 sums. */
export const TABLE_BYTES: usize = 2 * 256 * TILE_BYTES;

/**
 * The same from a table of the sums of every 8 columns: no branch depends on the spikes. `words` 16-bit words
 * a step.
 */
export function tabledCurrents(
  bias: usize,
  table: usize,
  bits: usize,
  stride: usize,
  words: i32,
  n: i32,
  out: usize,
): void {
  const end = bits + <usize>n * stride;
  for (; bits < end; bits += stride, out += TILE_BYTES) {
    let z0 = v128.load(bias);
    let z1 = v128.load(bias, 16);
    let z2 = v128.load(bias, 32);
    let z3 = v128.load(bias, 48);
    let group = table;
    for (let at = bits; at < bits + ((<usize>words) << 1); at += 2, group += TABLE_BYTES) {
      const a = group + ((<usize>load<u8>(at)) << 6);
      const b = group + ((<usize>load<u8>(at, 1)) << 6);
      z0 = f32x4.add(f32x4.add(z0, v128.load(a)), v128.load(b, 16384));
      z1 = f32x4.add(f32x4.add(z1, v128.load(a, 16)), v128.load(b, 16400));
      z2 = f32x4.add(f32x4.add(z2, v128.load(a, 32)), v128.load(b, 16416));
      z3 = f32x4.add(f32x4.add(z3, v128.load(a, 48)), v128.load(b, 16432));
    }
    v128.store(out, z0);
    v128.store(out, z1, 16);
    v128.store(out, z2, 32);
    v128.store(out, z3, 48);
  }
}

/** Fills the table of one tile, [group of 8 inputs][pattern][16], from its columns. */
export function buildTable(columns: usize, inputs: i32, table: usize): void {
  for (let group = 0; group < inputs; group += 8, table += 256 * TILE_BYTES, columns += 8 * TILE_BYTES) {
    const left = inputs - group;
    sumsOfFour(columns, min(4, left), table, TILE_BYTES);
    if (left <= 4) continue;
    sumsOfFour(columns + 4 * TILE_BYTES, min(4, left - 4), table, 16 * TILE_BYTES);
    const end = table + (((<usize>16) << min(4, left - 4)) << 6);
    for (let upper = table + 16 * TILE_BYTES; upper < end; upper += 16 * TILE_BYTES) {
      const u0 = v128.load(upper);
      const u1 = v128.load(upper, 16);
      const u2 = v128.load(upper, 32);
      const u3 = v128.load(upper, 48);
      for (let at: usize = TILE_BYTES; at < 16 * TILE_BYTES; at += TILE_BYTES) {
        const lower = table + at;
        const out = upper + at;
        v128.store(out, f32x4.add(v128.load(lower), u0));
        v128.store(out, f32x4.add(v128.load(lower, 16), u1), 16);
        v128.store(out, f32x4.add(v128.load(lower, 32), u2), 32);
        v128.store(out, f32x4.add(v128.load(lower, 48), u3), 48);
      }
    }
  }
}

/** Sums of up to four columns, pattern by pattern, each `step` bytes after the one before. */
function sumsOfFour(columns: usize, width: i32, table: usize, step: usize): void {
  for (let pattern = 1; pattern < 1 << width; pattern++) {
    const column = columns + ((<usize>ctz(pattern)) << 6);
    const rest = table + <usize>(pattern & (pattern - 1)) * step;
    const out = table + <usize>pattern * step;
    for (let j: usize = 0; j < TILE_BYTES; j += 16)
      v128.store(out + j, f32x4.add(v128.load(rest + j), v128.load(column + j)));
  }
}

/**
 * out[t][16] += Σ_i source[t][i] W[:, i] for real-valued sources [tile][slot][16], `tileStride` bytes a tile;
 * two time steps share the loads of W (one too many when `n` is odd: both arrays have room for it).
 */
export function denseCurrents(
  columns: usize,
  source: usize,
  tileStride: usize,
  inputs: i32,
  n: i32,
  out: usize,
): void {
  for (let t = 0; t < n; t += 2, out += 2 * TILE_BYTES, source += 2 * TILE_BYTES) {
    let a0 = v128.load(out);
    let a1 = v128.load(out, 16);
    let a2 = v128.load(out, 32);
    let a3 = v128.load(out, 48);
    let b0 = v128.load(out, 64);
    let b1 = v128.load(out, 80);
    let b2 = v128.load(out, 96);
    let b3 = v128.load(out, 112);
    let column = columns;
    let tile = source;
    for (let left = inputs; left > 0; left -= 16, tile += tileStride) {
      const end = tile + ((<usize>min(left, 16)) << 2);
      for (let at = tile; at < end; at += 4, column += TILE_BYTES) {
        const a = v128.load_splat<f32>(at);
        const b = v128.load_splat<f32>(at, TILE_BYTES);
        const w0 = v128.load(column);
        a0 = f32x4.add(a0, f32x4.mul(a, w0));
        b0 = f32x4.add(b0, f32x4.mul(b, w0));
        const w1 = v128.load(column, 16);
        a1 = f32x4.add(a1, f32x4.mul(a, w1));
        b1 = f32x4.add(b1, f32x4.mul(b, w1));
        const w2 = v128.load(column, 32);
        a2 = f32x4.add(a2, f32x4.mul(a, w2));
        b2 = f32x4.add(b2, f32x4.mul(b, w2));
        const w3 = v128.load(column, 48);
        a3 = f32x4.add(a3, f32x4.mul(a, w3));
        b3 = f32x4.add(b3, f32x4.mul(b, w3));
      }
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    v128.store(out, a2, 32);
    v128.store(out, a3, 48);
    v128.store(out, b0, 64);
    v128.store(out, b1, 80);
    v128.store(out, b2, 96);
    v128.store(out, b3, 112);
  }
}

/** out[t][16] = weights[t] · x[16] for `n` time steps. */
export function weighTile(x: usize, weights: usize, n: i32, out: usize): void {
  for (const end = out + <usize>n * TILE_BYTES; out < end; out += TILE_BYTES, weights += 4) {
    const by = v128.load_splat<f32>(weights);
    for (let j: usize = 0; j < TILE_BYTES; j += 16) v128.store(out + j, f32x4.mul(by, v128.load(x + j)));
  }
}

/** out[t][16] = factor · x[16] for `n` time steps. */
export function repeatTile(x: usize, factor: f32, n: i32, out: usize): void {
  const by = f32x4.splat(factor);
  const x0 = f32x4.mul(by, v128.load(x));
  const x1 = f32x4.mul(by, v128.load(x, 16));
  const x2 = f32x4.mul(by, v128.load(x, 32));
  const x3 = f32x4.mul(by, v128.load(x, 48));
  const end = out + <usize>n * TILE_BYTES;
  for (; out < end; out += TILE_BYTES) {
    v128.store(out, x0);
    v128.store(out, x1, 16);
    v128.store(out, x2, 32);
    v128.store(out, x3, 48);
  }
}

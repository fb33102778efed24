/**
 * Neurons are computed sixteen at a time: a tile is four f32x4 vectors that stay in registers while time
 * runs, and its spikes of one time step are one 16-bit word. Every array over neurons is laid out tile by
 * tile, [tile] … [16].
 */
export const TILE: i32 = 16;
/** Bytes of one number a neuron of a tile. */
export const TILE_BYTES: usize = 64;

/** Zeroes a multiple of 16 bytes: for a few tiles at once it takes less than memory.fill, which leaves the module. */
export function clear(at: usize, bytes: usize): void {
  const zero = i32x4.splat(0);
  for (const end = at + bytes; at < end; at += 16) v128.store(at, zero);
}

/** Copies a multiple of 16 bytes, as clear does. */
export function copy(out: usize, source: usize, bytes: usize): void {
  for (const end = out + bytes; out < end; out += 16, source += 16) v128.store(out, v128.load(source));
}

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sumOf(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Σ_j a[j] b[j] over `tiles` tiles. */
export function dotTiles(a: usize, b: usize, tiles: i32): f32 {
  let sum = f32x4.splat(0);
  const end = a + <usize>tiles * TILE_BYTES;
  for (; a < end; a += 16, b += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(a), v128.load(b)));
  return sumOf(sum);
}

/** Σ_j a[j] over `tiles` tiles. */
export function sumOfTiles(a: usize, tiles: i32): f32 {
  let sum = f32x4.splat(0);
  const end = a + <usize>tiles * TILE_BYTES;
  for (; a < end; a += 16) sum = f32x4.add(sum, v128.load(a));
  return sumOf(sum);
}

/** y += factor · x over `tiles` tiles. */
export function addScaledTiles(y: usize, x: usize, factor: f32, tiles: i32): void {
  const by = f32x4.splat(factor);
  const end = y + <usize>tiles * TILE_BYTES;
  for (; y < end; y += 16, x += 16) v128.store(y, f32x4.add(v128.load(y), f32x4.mul(by, v128.load(x))));
}

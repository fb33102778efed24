import { task } from './access';
import { Surrogate } from './records';
import { TILE_BYTES } from './tile';

/**
 * Turns the distances x = U - ϑ of one tile and `n` time steps into surrogate derivatives f(x), in place;
 * under WSG with the samples that findSamples has found.
 */
export function derivatives(x: usize, n: i32, tile: i32): void {
  if (task.surrogate == Surrogate.SG) gaussian(x, x + <usize>n * TILE_BYTES);
  else weakForm(x, n, tile);
}

/** SG of all numbers from x to `end`, in place. */
function gaussian(x: usize, end: usize): void {
  // All from memory: constants in the code would be built anew at each use.
  const at = task.gaussian;
  const exponent = v128.load_splat<f32>(at);
  const lowest = v128.load_splat<f32>(at, 4);
  const shift = v128.load_splat<f32>(at, 8);
  const c0 = v128.load_splat<f32>(at, 12);
  const c1 = v128.load_splat<f32>(at, 16);
  const c2 = v128.load_splat<f32>(at, 20);
  const c3 = v128.load_splat<f32>(at, 24);
  const c4 = v128.load_splat<f32>(at, 28);
  const c5 = v128.load_splat<f32>(at, 32);
  for (; x < end; x += 32) {
    const f0 = gaussianOf(v128.load(x), exponent, lowest, shift, c0, c1, c2, c3, c4, c5);
    const f1 = gaussianOf(v128.load(x, 16), exponent, lowest, shift, c0, c1, c2, c3, c4, c5);
    v128.store(x, f0);
    v128.store(x, f1, 16);
  }
}

/**
 * SG, f(x) = exp(-x²/2σ²)/(σ √(2π)), as 2^y with y = exponent · x²: the whole part of y goes into the
 * exponent bits, the rest in [-½, ½] into a polynomial of degree 5 that carries the factor 1/(σ √(2π));
 * relative error below 3e-7. It stays at 2^lowest where it is less.
 */
// @ts-ignore: decorator
@inline
function gaussianOf(
  x: v128,
  exponent: v128,
  lowest: v128,
  shift: v128,
  c0: v128,
  c1: v128,
  c2: v128,
  c3: v128,
  c4: v128,
  c5: v128,
): v128 {
  const y = f32x4.pmax(f32x4.mul(f32x4.mul(x, x), exponent), lowest);
  // Adding 1.5 · 2²³ leaves the nearest whole number in the low bits.
  const shifted = f32x4.add(y, shift);
  const r = f32x4.sub(y, f32x4.sub(shifted, shift));
  let p = f32x4.add(f32x4.mul(c5, r), c4);
  p = f32x4.add(f32x4.mul(p, r), c3);
  p = f32x4.add(f32x4.mul(p, r), c2);
  p = f32x4.add(f32x4.mul(p, r), c1);
  p = f32x4.add(f32x4.mul(p, r), c0);
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

/**
 * WSG, f(x) = (1/K) Σ_k δ_k/σ² (H(x + δ_k) - H(x)): the mean of |δ|/σ² over the samples that carry x across
 * the threshold.
 */
function weakForm(x: usize, n: i32, tile: i32): void {
  const at = <usize>tile * TILE_BYTES;
  const sigma = f32x4.splat(task.sigma);
  const scale = f32x4.splat(task.weakScale);
  const bytes = (<usize>task.samples) << 2;
  let samples = task.sampleRows;
  const end = x + <usize>n * TILE_BYTES;
  for (; x < end; x += TILE_BYTES) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    const x2 = v128.load(x, 32);
    const x3 = v128.load(x, 48);
    let f0 = f32x4.splat(0);
    let f1 = f0;
    let f2 = f0;
    let f3 = f0;
    const last = samples + bytes;
    for (; samples < last; samples += 4) {
      const delta = load<usize>(samples) + at;
      f0 = f32x4.add(f0, weakTerm(x0, f32x4.mul(v128.load(delta), sigma)));
      f1 = f32x4.add(f1, weakTerm(x1, f32x4.mul(v128.load(delta, 16), sigma)));
      f2 = f32x4.add(f2, weakTerm(x2, f32x4.mul(v128.load(delta, 32), sigma)));
      f3 = f32x4.add(f3, weakTerm(x3, f32x4.mul(v128.load(delta, 48), sigma)));
    }
    v128.store(x, f32x4.mul(f0, scale));
    v128.store(x, f32x4.mul(f1, scale), 16);
    v128.store(x, f32x4.mul(f2, scale), 32);
    v128.store(x, f32x4.mul(f3, scale), 48);
  }
}

/** |δ| where δ carries x across the threshold, else 0. */
// @ts-ignore: decorator
@inline
function weakTerm(x: v128, delta: v128): v128 {
  const zero = f32x4.splat(0);
  const crossed = v128.xor(f32x4.ge(f32x4.add(x, delta), zero), f32x4.ge(x, zero));
  return v128.and(f32x4.abs(delta), crossed);
}

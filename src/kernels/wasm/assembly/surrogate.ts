import { Factor, Layer, Surrogate, task } from './records';
import { threefry4 } from './random';
import { TILE, TILE_BYTES } from './tile';

/**
 * Turns the distances x = U - ϑ of one tile and `n` time steps into surrogate derivatives f(x), in place;
 * under WSG with the samples that findSamples has found.
 */
export function derivatives(x: usize, n: i32, tile: i32): void {
  if (task.surrogate == Surrogate.SG) gaussian(x, x + <usize>n * TILE_BYTES);
  else weakForm(x, n, tile);
}

/**
 * SG, f(x) = exp(-x²/2σ²)/(σ √(2π)), as 2^y with y = exponent · x²: the whole part of y goes into the exponent bits, the
 * rest in [-½, ½] into a polynomial of degree 5 that carries the factor 1/(σ √(2π)); relative error below 3e-7. It stays
 * at 2^-100 where it is less.
 */
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
  for (; x < end; x += 16) {
    const value = v128.load(x);
    const y = f32x4.pmax(f32x4.mul(f32x4.mul(value, value), exponent), lowest);
    // Adding 1.5 · 2²³ leaves the nearest whole number in the low bits.
    const shifted = f32x4.add(y, shift);
    const r = f32x4.sub(y, f32x4.sub(shifted, shift));
    let p = f32x4.add(f32x4.mul(c5, r), c4);
    p = f32x4.add(f32x4.mul(p, r), c3);
    p = f32x4.add(f32x4.mul(p, r), c2);
    p = f32x4.add(f32x4.mul(p, r), c1);
    p = f32x4.add(f32x4.mul(p, r), c0);
    v128.store(x, i32x4.add(p, i32x4.shl(shifted, 23)));
  }
}

/** WSG, f(x) = (1/K) Σ_k δ_k/σ² (H(x + δ_k) - H(x)): the mean of |δ|/σ² over the samples that carry x across the threshold. */
function weakForm(x: usize, n: i32, tile: i32): void {
  const at = <usize>tile * TILE_BYTES;
  const sigma = f32x4.splat(task.sigma);
  const scale = f32x4.splat(task.weakScale);
  const bytes = <usize>task.samples << 2;
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

/**
 * Under a constant current Z the tangent of U[t] is Σ_{s ≤ t} λ^(t-s) =: growth[t] times that of Z: multiplies f[t] by it,
 * which makes it dS[t]/dZ, and adds the sum over time to `slope`.
 */
export function perCurrent(f: usize, t0: i32, n: i32, slope: usize): void {
  let d0 = v128.load(slope);
  let d1 = v128.load(slope, 16);
  let d2 = v128.load(slope, 32);
  let d3 = v128.load(slope, 48);
  const end = f + <usize>n * TILE_BYTES;
  for (let growth = task.growth + (<usize>t0 << 2); f < end; f += TILE_BYTES, growth += 4) {
    const by = v128.load_splat<f32>(growth);
    const f0 = f32x4.mul(by, v128.load(f));
    const f1 = f32x4.mul(by, v128.load(f, 16));
    const f2 = f32x4.mul(by, v128.load(f, 32));
    const f3 = f32x4.mul(by, v128.load(f, 48));
    d0 = f32x4.add(d0, f0);
    d1 = f32x4.add(d1, f1);
    d2 = f32x4.add(d2, f2);
    d3 = f32x4.add(d3, f3);
    v128.store(f, f0);
    v128.store(f, f1, 16);
    v128.store(f, f2, 32);
    v128.store(f, f3, 48);
  }
  v128.store(slope, d0);
  v128.store(slope, d1, 16);
  v128.store(slope, d2, 32);
  v128.store(slope, d3, 48);
}

const WSG_STREAM: u32 = 4;

/**
 * Addresses of the samples δ of one layer and row for `n` time steps, [step][sample], each a row of numbers, one a neuron:
 * into task.sampleRows. The word at index (t · rows + row) · K + sample of stream (wsg, layer)
 * is an offset into the table of normal samples, as in drawnSamples of src/snn/surrogate.ts.
 */
export function findSamples(factor: Factor, layer: Layer, row: i32, t0: i32, n: i32): void {
  const K = task.samples;
  let out = task.sampleRows;
  if (layer.explicitSamples != 0) {
    const bytes = <usize>layer.tiles * TILE_BYTES;
    for (let t = t0; t < t0 + n; t++) {
      let at = layer.explicitSamples + <usize>((t * factor.rows + row) * K) * bytes;
      for (let k = 0; k < K; k++, at += bytes, out += 4) store<usize>(out, at);
    }
    return;
  }
  // Each time step needs the words of `pairs` consecutive counters.
  const pairs = (K + 1) >> 1;
  const words = task.words;
  const total = n * pairs;
  const counters = words + (<usize>(total + 4) << 3);
  let c = counters;
  for (let t = t0; t < t0 + n; t++) {
    const first = ((t * factor.rows + row) * K) >> 1;
    for (let p = 0; p < pairs; p++, c += 4) store<u32>(c, first + p);
  }
  const key = WSG_STREAM | (<u32>layer.index << 8);
  const step = stepNow;
  for (let i = 0; i < total; i += 4) {
    threefry4(task.seed, key, step, counters + (<usize>i << 2), words + (<usize>i << 3));
  }
  let word = words;
  for (let t = t0; t < t0 + n; t++, word += <usize>pairs << 3) {
    const odd = <usize>(((t * factor.rows + row) * K) & 1) << 2;
    for (let k = 0; k < K; k++, out += 4) {
      const offset = load<u32>(word + odd + (<usize>k << 2)) & 0xffff;
      store<usize>(out, task.normals + (<usize>offset << 2));
    }
  }
}

/** Training step whose samples are drawn. */
export let stepNow: u32 = 0;
export function setStep(step: u32): void {
  stepNow = step;
}

/** Room that findSamples needs for `n` steps of `samples` samples: words with counters, and addresses. */
export function sampleScratchBytes(n: i32, samples: i32): i32 {
  return n * ((samples + 1) >> 1) * 12 + 64 + TILE;
}

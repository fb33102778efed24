import { Factor, Layer, task } from './records';
import { threefry4 } from './random';
import { TILE, TILE_BYTES } from './tile';

/**
 * SG, f(x) = exp(-x²/2σ²)/(σ √(2π)), as 2^y with y = exponent · x²: the whole part of y goes into the exponent bits, the
 * rest in [-½, ½] into a polynomial of degree 5 that carries the factor 1/(σ √(2π)); relative error below 3e-7.
 * Below 2^-100 it stays at 2^-100.
 */
// @ts-ignore: decorator
@inline
export function gaussian(x: v128, exponent: v128, c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, c5: v128): v128 {
  const y = f32x4.pmax(f32x4.mul(f32x4.mul(x, x), exponent), f32x4.splat(-100));
  // Adding 1.5 · 2²³ leaves the nearest whole number in the low bits.
  const shifted = f32x4.add(y, f32x4.splat(12582912));
  const r = f32x4.sub(y, f32x4.sub(shifted, f32x4.splat(12582912)));
  let p = f32x4.add(f32x4.mul(c5, r), c4);
  p = f32x4.add(f32x4.mul(p, r), c3);
  p = f32x4.add(f32x4.mul(p, r), c2);
  p = f32x4.add(f32x4.mul(p, r), c1);
  p = f32x4.add(f32x4.mul(p, r), c0);
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

/** |δ| where δ carries x across the threshold, else 0: a term of WSG up to the factor 1/σ². `spike` is H(x) as a mask. */
// @ts-ignore: decorator
@inline
export function weakTerm(x: v128, delta: v128, spike: v128): v128 {
  const crossed = v128.xor(f32x4.ge(f32x4.add(x, delta), f32x4.splat(0)), spike);
  return v128.and(f32x4.abs(delta), crossed);
}

/** Addresses of the samples δ of the layer at hand, [step of the block][sample]; each is a row of numbers, one a neuron. */
export let samplePointers: usize = 0;

const WSG_STREAM: u32 = 4;

/**
 * Finds the samples of one layer and row for `n` time steps: the word at index (t · rows + row) · K + sample of
 * stream (wsg, layer) is an offset into the table of normal samples, as in drawnSamples of src/snn/surrogate.ts.
 */
export function findSamples(factor: Factor, layer: Layer, row: i32, t0: i32, n: i32): void {
  const K = task.samples;
  samplePointers = task.sampleRows;
  let out = samplePointers;
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

import { task } from './access';
import { Layer, Reset } from './records';
import { leakOf } from './synapse';
import { clear, TILE_BYTES } from './tile';

/**
 * The neuron's equations for a tile of sixteen: step, tangent and adjoint, and the tangent under a constant current.
 * See src/snn/neuron.ts. What a loop asks at every time step has the same answer each time, which the processor foresees: compiled
 * for each answer on its own it is hardly faster, and the module larger. Only the step, in which each operation waits for the one
 * before, is compiled for both resets, and without λ where that is 1.
 */

/**
 * Runs one tile of neurons from time step t0 through `n` steps:
 *
 *     U[t] = λ U⁺[t-1] + Z[t],   S[t] = H(U[t] - ϑ),   U⁺[t] = U[t] - S[t] ϑ   or   (1 - S[t]) U[t] ,
 *
 * from the currents [t][16] in task.currents or, with `constant`, the layer's at every time step. Stores spikes and spike counts,
 * and with `distance` x = U - ϑ: where the surrogate derivative will stand, or for a trace.
 */
export function integrate(constant: bool, distance: bool, layer: Layer, tile: i32, t0: i32, n: i32): void {
  if (task.reset == Reset.zero) integrateToZero(constant, distance, layer, tile, t0, n);
  else if (task.leak == 1 && !layer.kernels) integrateWith(false, false, constant, distance, layer, tile, t0, n);
  else integrateLeaky(constant, distance, layer, tile, t0, n);
}

function integrateToZero(constant: bool, distance: bool, layer: Layer, tile: i32, t0: i32, n: i32): void {
  integrateWith(true, true, constant, distance, layer, tile, t0, n);
}

function integrateLeaky(constant: bool, distance: bool, layer: Layer, tile: i32, t0: i32, n: i32): void {
  integrateWith(false, true, constant, distance, layer, tile, t0, n);
}

// @ts-ignore: decorator
@inline
function integrateWith(
  toZero: bool,
  leaky: bool,
  constant: bool,
  distance: bool,
  layer: Layer,
  tile: i32,
  t0: i32,
  n: i32,
): void {
  const at = <usize>tile * TILE_BYTES;
  const slot = task.keep ? t0 : 0;
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
  let current = constant ? layer.current + at : task.currents;
  const next: usize = constant ? 0 : TILE_BYTES;

  const history = (<usize>tile * <usize>task.slots + <usize>slot) * TILE_BYTES;
  let out = history + (task.trace ? layer.traceDistance : layer.derivative);
  const stride = layer.bitsStride;
  let bits = layer.bits + <usize>slot * stride + ((<usize>tile) << 1);
  let silences = i8x16.splat(0);

  for (let t = 0; t < n; t++) {
    u0 = f32x4.add(leaky ? f32x4.mul(u0, l0) : u0, v128.load(current));
    u1 = f32x4.add(leaky ? f32x4.mul(u1, l1) : u1, v128.load(current, 16));
    u2 = f32x4.add(leaky ? f32x4.mul(u2, l2) : u2, v128.load(current, 32));
    u3 = f32x4.add(leaky ? f32x4.mul(u3, l3) : u3, v128.load(current, 48));
    current += next;
    const x0 = f32x4.sub(u0, threshold);
    const x1 = f32x4.sub(u1, threshold);
    const x2 = f32x4.sub(u2, threshold);
    const x3 = f32x4.sub(u3, threshold);
    if (distance) {
      v128.store(out, x0);
      v128.store(out, x1, 16);
      v128.store(out, x2, 32);
      v128.store(out, x3, 48);
      out += TILE_BYTES;
    }
    const signs = signsOf(x0, x1, x2, x3);
    store<u16>(bits, <u16>~i8x16.bitmask(signs));
    bits += stride;
    silences = i8x16.add(silences, i8x16.lt_s(signs, i8x16.splat(0)));
    if (toZero) {
      u0 = v128.and(u0, i32x4.shr_s(x0, 31));
      u1 = v128.and(u1, i32x4.shr_s(x1, 31));
      u2 = v128.and(u2, i32x4.shr_s(x2, 31));
      u3 = v128.and(u3, i32x4.shr_s(x3, 31));
    } else {
      // x where it is not negative, else u: as unsigned integers floats of one sign are ordered by size and negative ones lie above
      // all others, so that the smaller one of u and x is wanted.
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

/** Bytes whose signs are those of sixteen numbers: a neuron whose U - ϑ has none has spiked. */
// @ts-ignore: decorator
@inline
export function signsOf(x0: v128, x1: v128, x2: v128, x3: v128): v128 {
  return i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(x0, x1), i16x8.narrow_i32x4_s(x2, x3));
}

/** Adds to a tile's counts the `n` steps of a block less the silent ones, given as a negative number a byte. */
// @ts-ignore: decorator
@inline
export function addSpikes(counts: usize, n: i32, silences: v128): void {
  const spikes = i8x16.add(i8x16.splat(<i8>n), silences);
  const low = i16x8.extend_low_i8x16_s(spikes);
  const high = i16x8.extend_high_i8x16_s(spikes);
  v128.store(counts, i32x4.add(v128.load(counts), i32x4.extend_low_i16x8_s(low)));
  v128.store(counts, i32x4.add(v128.load(counts, 16), i32x4.extend_high_i16x8_s(low)), 16);
  v128.store(counts, i32x4.add(v128.load(counts, 32), i32x4.extend_low_i16x8_s(high)), 32);
  v128.store(counts, i32x4.add(v128.load(counts, 48), i32x4.extend_high_i16x8_s(high)), 48);
}

/** Of a tile whose block of `n` steps from t0 on has just been run: a word for each neuron, whose bit t is its spike at step t0 + t. */
export function spikeTimes(layer: Layer, tile: i32, t0: i32, n: i32): void {
  // The currents have been used.
  const words = task.currents;
  clear(words, 64);
  let bits = layer.bits + <usize>t0 * layer.bitsStride + ((<usize>tile) << 1);
  const end = words + ((<usize>n) << 1);
  for (let word = words; word < end; word += 2, bits += layer.bitsStride) store<u16>(word, load<u16>(bits));
  const times = layer.times + <usize>((t0 >> 5) * layer.tiles + tile) * TILE_BYTES;
  sixteenSteps(words, times);
  sixteenSteps(words + 32, times + 2);
}

function sixteenSteps(words: usize, out: usize): void {
  const a = v128.load(words);
  const b = v128.load(words, 16);
  let low = i8x16.shuffle(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  let high = i8x16.shuffle(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
  for (let at = out + 28; at >= out; at -= 4) {
    store<u16>(at, <u16>i8x16.bitmask(low));
    store<u16>(at, <u16>i8x16.bitmask(high), 32);
    low = i8x16.add(low, low);
    high = i8x16.add(high, high);
  }
}

/** What passes a reset to zero: lanes that are four bits of a spike word, 0 where the bit is set. */
// @ts-ignore: decorator
@inline
function whereSilent(value: v128, word: v128, bits: v128): v128 {
  return v128.and(value, i32x4.eq(v128.and(word, bits), i32x4.splat(0)));
}

/**
 * Tangents of one tile and `n` time steps from the currents Ż in task.currents:
 *
 *     U̇[t] = λ U̇⁺[t-1] + Ż[t],   Ṡ[t] = f(U[t] - ϑ) U̇[t],   U̇⁺[t] = U̇[t]   or   (1 - S[t]) U̇[t] ,
 *
 * and Σ_t Ṡ, or Σ_t ω[t] Ṡ, added to the tangent's rates; Ṡ is stored where a layer follows (`feedsOn`).
 */
export function integrateTangent(layer: Layer, tile: i32, tangent: i32, t0: i32, n: i32, feedsOn: bool): void {
  const toZero = task.reset == Reset.zero;
  const l0 = leakOf(layer, tile, 0);
  const l1 = leakOf(layer, tile, 16);
  const l2 = leakOf(layer, tile, 32);
  const l3 = leakOf(layer, tile, 48);
  let weight = task.timeWeights + ((<usize>t0) << 2);
  const state = <usize>(tangent * layer.tiles + tile) * TILE_BYTES;
  const membrane = layer.tangentMembrane + state;
  let u0 = v128.load(membrane);
  let u1 = v128.load(membrane, 16);
  let u2 = v128.load(membrane, 32);
  let u3 = v128.load(membrane, 48);
  let r0 = f32x4.splat(0);
  let r1 = r0;
  let r2 = r0;
  let r3 = r0;
  const at = <usize>(tile * task.slots) * TILE_BYTES;
  let out = layer.tangentSpikes + at;
  let f = layer.derivative + at;
  let bits = layer.bits + ((<usize>tile) << 1);
  const end = f + <usize>n * TILE_BYTES;
  for (let z = task.currents; f < end; f += TILE_BYTES, z += TILE_BYTES) {
    u0 = f32x4.add(f32x4.mul(u0, l0), v128.load(z));
    u1 = f32x4.add(f32x4.mul(u1, l1), v128.load(z, 16));
    u2 = f32x4.add(f32x4.mul(u2, l2), v128.load(z, 32));
    u3 = f32x4.add(f32x4.mul(u3, l3), v128.load(z, 48));
    const s0 = f32x4.mul(u0, v128.load(f));
    const s1 = f32x4.mul(u1, v128.load(f, 16));
    const s2 = f32x4.mul(u2, v128.load(f, 32));
    const s3 = f32x4.mul(u3, v128.load(f, 48));
    if (task.timeWeights) {
      const by = v128.load_splat<f32>(weight);
      r0 = f32x4.add(r0, f32x4.mul(by, s0));
      r1 = f32x4.add(r1, f32x4.mul(by, s1));
      r2 = f32x4.add(r2, f32x4.mul(by, s2));
      r3 = f32x4.add(r3, f32x4.mul(by, s3));
      weight += 4;
    } else {
      r0 = f32x4.add(r0, s0);
      r1 = f32x4.add(r1, s1);
      r2 = f32x4.add(r2, s2);
      r3 = f32x4.add(r3, s3);
    }
    if (feedsOn) {
      v128.store(out, s0);
      v128.store(out, s1, 16);
      v128.store(out, s2, 32);
      v128.store(out, s3, 48);
      out += TILE_BYTES;
    }
    if (toZero) {
      const word = i32x4.splat(load<u16>(bits));
      u0 = whereSilent(u0, word, i32x4(1, 2, 4, 8));
      u1 = whereSilent(u1, word, i32x4(1 << 4, 2 << 4, 4 << 4, 8 << 4));
      u2 = whereSilent(u2, word, i32x4(1 << 8, 2 << 8, 4 << 8, 8 << 8));
      u3 = whereSilent(u3, word, i32x4(1 << 12, 2 << 12, 4 << 12, 8 << 12));
      bits += layer.bitsStride;
    }
  }
  v128.store(membrane, u0);
  v128.store(membrane, u1, 16);
  v128.store(membrane, u2, 32);
  v128.store(membrane, u3, 48);
  if (layer.read) {
    const rates = layer.tangentRates + state;
    v128.store(rates, f32x4.add(v128.load(rates), r0));
    v128.store(rates, f32x4.add(v128.load(rates, 16), r1), 16);
    v128.store(rates, f32x4.add(v128.load(rates, 32), r2), 32);
    v128.store(rates, f32x4.add(v128.load(rates, 48), r3), 48);
  }
}

/**
 * Adjoints of one tile for all time steps, from the last to the first, from S̄ in task.currents:
 *
 *     Ū[t] = λ Ū[t+1] + f(U[t] - ϑ) S̄[t]   or   (1 - S[t]) λ Ū[t+1] + f(U[t] - ϑ) S̄[t] ,
 *
 * and Σ_t Ū added to the gradient of the bias.
 */
export function integrateAdjoint(layer: Layer, tile: i32): void {
  const toZero = task.reset == Reset.zero;
  const l0 = leakOf(layer, tile, 0);
  const l1 = leakOf(layer, tile, 16);
  const l2 = leakOf(layer, tile, 32);
  const l3 = leakOf(layer, tile, 48);
  const start = <usize>(tile * task.slots) * TILE_BYTES;
  const last = <usize>(task.T - 1) * TILE_BYTES;
  let u0 = f32x4.splat(0);
  let u1 = u0;
  let u2 = u0;
  let u3 = u0;
  let b0 = u0;
  let b1 = u0;
  let b2 = u0;
  let b3 = u0;
  let f = layer.derivative + start + last;
  let out = layer.adjoint + start + last;
  let bits = layer.bits + <usize>(task.T - 1) * layer.bitsStride + ((<usize>tile) << 1);
  for (
    let s = task.currents + last;
    s >= task.currents;
    s -= TILE_BYTES, f -= TILE_BYTES, out -= TILE_BYTES
  ) {
    if (toZero) {
      const word = i32x4.splat(load<u16>(bits));
      u0 = whereSilent(u0, word, i32x4(1, 2, 4, 8));
      u1 = whereSilent(u1, word, i32x4(1 << 4, 2 << 4, 4 << 4, 8 << 4));
      u2 = whereSilent(u2, word, i32x4(1 << 8, 2 << 8, 4 << 8, 8 << 8));
      u3 = whereSilent(u3, word, i32x4(1 << 12, 2 << 12, 4 << 12, 8 << 12));
      bits -= layer.bitsStride;
    }
    u0 = f32x4.add(f32x4.mul(u0, l0), f32x4.mul(v128.load(f), v128.load(s)));
    u1 = f32x4.add(f32x4.mul(u1, l1), f32x4.mul(v128.load(f, 16), v128.load(s, 16)));
    u2 = f32x4.add(f32x4.mul(u2, l2), f32x4.mul(v128.load(f, 32), v128.load(s, 32)));
    u3 = f32x4.add(f32x4.mul(u3, l3), f32x4.mul(v128.load(f, 48), v128.load(s, 48)));
    v128.store(out, u0);
    v128.store(out, u1, 16);
    v128.store(out, u2, 32);
    v128.store(out, u3, 48);
    b0 = f32x4.add(b0, u0);
    b1 = f32x4.add(b1, u1);
    b2 = f32x4.add(b2, u2);
    b3 = f32x4.add(b3, u3);
  }
  // A synapse has a share of its own for the bias.
  if (layer.kernels) return;
  const bias = layer.gradientBias + <usize>tile * TILE_BYTES;
  v128.store(bias, f32x4.add(v128.load(bias), b0));
  v128.store(bias, f32x4.add(v128.load(bias, 16), b1), 16);
  v128.store(bias, f32x4.add(v128.load(bias, 32), b2), 32);
  v128.store(bias, f32x4.add(v128.load(bias, 48), b3), 48);
}

/**
 * Under a constant current Z the tangent of U[t] is that of Z times a number: Σ_{s ≤ t} λ^(t-s) =: growth[t], or what has
 * grown so since the neuron's last reset to zero. Multiplies f[t] by it, which makes it dS[t]/dZ, and adds the sum over
 * time, weighted where read-outs see it so, to `slope`.
 */
export function perCurrent(layer: Layer, tile: i32, f: usize, t0: i32, n: i32, slope: usize): void {
  const toZero = task.reset == Reset.zero;
  const leak = f32x4.splat(task.leak);
  const one = f32x4.splat(1);
  const state = layer.grown + <usize>tile * TILE_BYTES;
  let g0 = f32x4.splat(0);
  let g1 = g0;
  let g2 = g0;
  let g3 = g0;
  if (toZero && t0 > 0) {
    g0 = v128.load(state);
    g1 = v128.load(state, 16);
    g2 = v128.load(state, 32);
    g3 = v128.load(state, 48);
  }
  let weight = task.timeWeights + ((<usize>t0) << 2);
  let d0 = v128.load(slope);
  let d1 = v128.load(slope, 16);
  let d2 = v128.load(slope, 32);
  let d3 = v128.load(slope, 48);
  let bits = layer.bits + (task.keep ? <usize>t0 : 0) * layer.bitsStride + ((<usize>tile) << 1);
  const end = f + <usize>n * TILE_BYTES;
  for (let growth = task.growth + ((<usize>t0) << 2); f < end; f += TILE_BYTES, growth += 4) {
    if (toZero) {
      g0 = f32x4.add(f32x4.mul(g0, leak), one);
      g1 = f32x4.add(f32x4.mul(g1, leak), one);
      g2 = f32x4.add(f32x4.mul(g2, leak), one);
      g3 = f32x4.add(f32x4.mul(g3, leak), one);
    } else {
      g0 = v128.load_splat<f32>(growth);
      g1 = g0;
      g2 = g0;
      g3 = g0;
    }
    const f0 = f32x4.mul(g0, v128.load(f));
    const f1 = f32x4.mul(g1, v128.load(f, 16));
    const f2 = f32x4.mul(g2, v128.load(f, 32));
    const f3 = f32x4.mul(g3, v128.load(f, 48));
    if (task.timeWeights) {
      const by = v128.load_splat<f32>(weight);
      d0 = f32x4.add(d0, f32x4.mul(by, f0));
      d1 = f32x4.add(d1, f32x4.mul(by, f1));
      d2 = f32x4.add(d2, f32x4.mul(by, f2));
      d3 = f32x4.add(d3, f32x4.mul(by, f3));
      weight += 4;
    } else {
      d0 = f32x4.add(d0, f0);
      d1 = f32x4.add(d1, f1);
      d2 = f32x4.add(d2, f2);
      d3 = f32x4.add(d3, f3);
    }
    v128.store(f, f0);
    v128.store(f, f1, 16);
    v128.store(f, f2, 32);
    v128.store(f, f3, 48);
    if (toZero) {
      const word = i32x4.splat(load<u16>(bits));
      g0 = whereSilent(g0, word, i32x4(1, 2, 4, 8));
      g1 = whereSilent(g1, word, i32x4(1 << 4, 2 << 4, 4 << 4, 8 << 4));
      g2 = whereSilent(g2, word, i32x4(1 << 8, 2 << 8, 4 << 8, 8 << 8));
      g3 = whereSilent(g3, word, i32x4(1 << 12, 2 << 12, 4 << 12, 8 << 12));
      bits += layer.bitsStride;
    }
  }
  if (toZero) {
    v128.store(state, g0);
    v128.store(state, g1, 16);
    v128.store(state, g2, 32);
    v128.store(state, g3, 48);
  }
  v128.store(slope, d0);
  v128.store(slope, d1, 16);
  v128.store(slope, d2, 32);
  v128.store(slope, d3, 48);
}

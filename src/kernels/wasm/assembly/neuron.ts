import { Layer, Surrogate, task } from './records';
import { gaussian, samplePointers, weakTerm } from './surrogate';
import { TILE_BYTES } from './tile';

/** Where the currents of integrate come from. */
export const enum Current {
  /** The first layer: the same at every time step. Its derivatives are those with respect to that current. */
  constant,
  /** [t][16]. */
  varying,
}

/**
 * Runs one tile of neurons from time step t0 through `n` steps:
 *
 *     U[t] = λ U[t-1] + Z[t],   S[t] = H(U[t] - ϑ),   U[t] ← U[t] - S[t] ϑ ,
 *
 * and stores spikes, spike counts and, when a surrogate is asked for, f(U - ϑ). Under a constant current Z the tangent
 * of U[t] is Σ_{s ≤ t} λ^(t-s) =: growth[t] times that of Z, so f · growth is stored: dS[t]/dZ.
 * `kind`, `source` and `trace` are constants: each combination is compiled on its own.
 */
// @ts-ignore: decorator
@inline
export function integrate(
  kind: Surrogate,
  source: Current,
  trace: bool,
  layer: Layer,
  tile: i32,
  t0: i32,
  n: i32,
  slope: usize,
): void {
  const at = <usize>tile * TILE_BYTES;
  const slot = task.keep ? t0 : 0;
  const leak = f32x4.splat(task.leak);
  const threshold = f32x4.splat(task.threshold);
  const membrane = layer.membrane + at;
  let u0 = v128.load(membrane);
  let u1 = v128.load(membrane, 16);
  let u2 = v128.load(membrane, 32);
  let u3 = v128.load(membrane, 48);
  let current = source == Current.constant ? layer.current + at : task.currents;
  let z0 = v128.load(current);
  let z1 = v128.load(current, 16);
  let z2 = v128.load(current, 32);
  let z3 = v128.load(current, 48);

  const row = (<usize>tile * <usize>task.slots + <usize>slot) * TILE_BYTES;
  let derivative = layer.derivative + row;
  let traced = layer.traceMembrane + row;
  const storeDerivative = layer.derivative != 0;
  const stride = layer.bitsStride;
  let bits = layer.bits + <usize>slot * stride + (<usize>tile << 1);
  let samples = samplePointers;
  let growth = task.growth + (<usize>t0 << 2);
  let now = i32x4.splat(1);
  let times0 = i32x4.splat(0);
  let times1 = i32x4.splat(0);
  let times2 = i32x4.splat(0);
  let times3 = i32x4.splat(0);
  let d0 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  let d2 = f32x4.splat(0);
  let d3 = f32x4.splat(0);

  const gauss = task.gaussian;
  const exponent = v128.load_splat<f32>(gauss);
  const c0 = v128.load_splat<f32>(gauss, 4);
  const c1 = v128.load_splat<f32>(gauss, 8);
  const c2 = v128.load_splat<f32>(gauss, 12);
  const c3 = v128.load_splat<f32>(gauss, 16);
  const c4 = v128.load_splat<f32>(gauss, 20);
  const c5 = v128.load_splat<f32>(gauss, 24);
  const sigma = f32x4.splat(task.sigma);
  const weakScale = f32x4.splat(task.weakScale);

  for (let t = 0; t < n; t++) {
    if (source == Current.varying) {
      z0 = v128.load(current);
      z1 = v128.load(current, 16);
      z2 = v128.load(current, 32);
      z3 = v128.load(current, 48);
      current += TILE_BYTES;
    }
    u0 = f32x4.add(f32x4.mul(u0, leak), z0);
    u1 = f32x4.add(f32x4.mul(u1, leak), z1);
    u2 = f32x4.add(f32x4.mul(u2, leak), z2);
    u3 = f32x4.add(f32x4.mul(u3, leak), z3);
    if (trace) {
      v128.store(traced, u0);
      v128.store(traced, u1, 16);
      v128.store(traced, u2, 32);
      v128.store(traced, u3, 48);
      traced += TILE_BYTES;
    }
    const s0 = f32x4.ge(u0, threshold);
    const s1 = f32x4.ge(u1, threshold);
    const s2 = f32x4.ge(u2, threshold);
    const s3 = f32x4.ge(u3, threshold);
    const word =
      i32x4.bitmask(s0) | (i32x4.bitmask(s1) << 4) | (i32x4.bitmask(s2) << 8) | (i32x4.bitmask(s3) << 12);
    store<u16>(bits, <u16>word);
    bits += stride;
    times0 = v128.or(times0, v128.and(s0, now));
    times1 = v128.or(times1, v128.and(s1, now));
    times2 = v128.or(times2, v128.and(s2, now));
    times3 = v128.or(times3, v128.and(s3, now));
    now = i32x4.shl(now, 1);

    if (kind != Surrogate.none) {
      const x0 = f32x4.sub(u0, threshold);
      const x1 = f32x4.sub(u1, threshold);
      const x2 = f32x4.sub(u2, threshold);
      const x3 = f32x4.sub(u3, threshold);
      let f0: v128, f1: v128, f2: v128, f3: v128;
      if (kind == Surrogate.SG) {
        f0 = gaussian(x0, exponent, c0, c1, c2, c3, c4, c5);
        f1 = gaussian(x1, exponent, c0, c1, c2, c3, c4, c5);
        f2 = gaussian(x2, exponent, c0, c1, c2, c3, c4, c5);
        f3 = gaussian(x3, exponent, c0, c1, c2, c3, c4, c5);
      } else {
        f0 = f32x4.splat(0);
        f1 = f0;
        f2 = f0;
        f3 = f0;
        const end = samples + (<usize>task.samples << 2);
        for (; samples < end; samples += 4) {
          const delta = load<usize>(samples) + at;
          f0 = f32x4.add(f0, weakTerm(x0, f32x4.mul(v128.load(delta), sigma), s0));
          f1 = f32x4.add(f1, weakTerm(x1, f32x4.mul(v128.load(delta, 16), sigma), s1));
          f2 = f32x4.add(f2, weakTerm(x2, f32x4.mul(v128.load(delta, 32), sigma), s2));
          f3 = f32x4.add(f3, weakTerm(x3, f32x4.mul(v128.load(delta, 48), sigma), s3));
        }
        f0 = f32x4.mul(f0, weakScale);
        f1 = f32x4.mul(f1, weakScale);
        f2 = f32x4.mul(f2, weakScale);
        f3 = f32x4.mul(f3, weakScale);
      }
      if (source == Current.constant) {
        const by = v128.load_splat<f32>(growth);
        growth += 4;
        f0 = f32x4.mul(f0, by);
        f1 = f32x4.mul(f1, by);
        f2 = f32x4.mul(f2, by);
        f3 = f32x4.mul(f3, by);
        d0 = f32x4.add(d0, f0);
        d1 = f32x4.add(d1, f1);
        d2 = f32x4.add(d2, f2);
        d3 = f32x4.add(d3, f3);
      }
      if (source == Current.varying || storeDerivative) {
        v128.store(derivative, f0);
        v128.store(derivative, f1, 16);
        v128.store(derivative, f2, 32);
        v128.store(derivative, f3, 48);
        derivative += TILE_BYTES;
      }
    }
    u0 = f32x4.sub(u0, v128.and(s0, threshold));
    u1 = f32x4.sub(u1, v128.and(s1, threshold));
    u2 = f32x4.sub(u2, v128.and(s2, threshold));
    u3 = f32x4.sub(u3, v128.and(s3, threshold));
  }

  v128.store(membrane, u0);
  v128.store(membrane, u1, 16);
  v128.store(membrane, u2, 32);
  v128.store(membrane, u3, 48);
  const counts = layer.counts + at;
  v128.store(counts, i32x4.add(v128.load(counts), ones(times0)));
  v128.store(counts, i32x4.add(v128.load(counts, 16), ones(times1)), 16);
  v128.store(counts, i32x4.add(v128.load(counts, 32), ones(times2)), 32);
  v128.store(counts, i32x4.add(v128.load(counts, 48), ones(times3)), 48);
  if (task.keep) {
    const times = layer.times + <usize>(t0 >> 5) * <usize>layer.tiles * TILE_BYTES + at;
    v128.store(times, times0);
    v128.store(times, times1, 16);
    v128.store(times, times2, 32);
    v128.store(times, times3, 48);
  }
  if (kind != Surrogate.none && source == Current.constant) {
    const sum = slope + at;
    v128.store(sum, f32x4.add(v128.load(sum), d0));
    v128.store(sum, f32x4.add(v128.load(sum, 16), d1), 16);
    v128.store(sum, f32x4.add(v128.load(sum, 32), d2), 32);
    v128.store(sum, f32x4.add(v128.load(sum, 48), d3), 48);
  }
}

/** Number of one-bits of each 32-bit lane. */
// @ts-ignore: decorator
@inline
function ones(v: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(i8x16.popcnt(v)));
}

import { hiddenAt, task } from './access';
import { Factor, Layer, Perturbation } from './records';
import { rowNumbers } from './rows';
import { clear, TILE_BYTES } from './tile';

/**
 * Tangents of a row along many directions at once, for a factor of two hidden layers whose reset is by subtraction. Its membranes are
 * linear filters of their currents, so that of the second layer's rates, Z being the first layer's constant current,
 *
 *     ∂r̄_j/∂Z_i = W_ji (1/T) Σ_t f_j[t] Σ_{s ≤ t} λ^(t-s) dS_i[s]/dZ_i ,   ∂r̄_j/∂W_ji = (1/T) Σ_t f_j[t] Σ_{s ≤ t} λ^(t-s) S_i[s] .
 *
 * The sums are made once, forward in time, as the row is simulated. A direction then takes one product with them and goes through no
 * time step of its own.
 */

/** Before a row's first time step. */
export function clearJacobian(factor: Factor): void {
  const first = hiddenAt(factor, 0);
  const layer = hiddenAt(factor, 1);
  const bytes = <usize>layer.tiles * TILE_BYTES;
  clear(first.filtered, 2 * (<usize>first.tiles * TILE_BYTES));
  clear(layer.byBias, bytes);
  clear(layer.byCurrents, bytes * <usize>layer.inputs);
  clear(layer.byWeights, bytes * <usize>layer.inputs);
}

/** Adds time steps t0 … t0+n-1, whose spikes and surrogates have just been computed. */
export function addToJacobian(factor: Factor, t0: i32, n: i32): void {
  const first = hiddenAt(factor, 0);
  const layer = hiddenAt(factor, 1);
  const trace = <usize>task.slots * TILE_BYTES;
  const weights = task.perturbation != Perturbation.activity;
  for (let tile = 0; tile < first.tiles; tile++) filter(first, tile, n);
  for (let tile = 0; tile < layer.tiles; tile++) {
    const f = layer.derivative + <usize>tile * trace;
    addBias(f, task.growth + ((<usize>t0) << 2), n, layer.byBias + <usize>tile * TILE_BYTES);
    let at = <usize>(tile * layer.inputs) * TILE_BYTES;
    for (let i = 0; i < layer.inputs; i++, at += TILE_BYTES) {
      const source = first.traces + <usize>(i >> 4) * 2 * trace + ((<usize>(i & 15)) << 2);
      if (weights) correlate(f, n, source, layer.byCurrents + at, source + trace, layer.byWeights + at);
      else if (!(i & 1)) {
        // An input without a neighbour is summed up once more beside the sums.
        const pair = i + 1 < layer.inputs;
        const other = pair ? layer.byCurrents + at + TILE_BYTES : layer.byWeights;
        correlate(f, n, source, layer.byCurrents + at, pair ? source + 4 : source, other);
      }
    }
  }
}

/** Filtered dS/dZ, and behind it filtered spikes, of a tile of the first layer: into its traces. */
function filter(layer: Layer, tile: i32, n: i32): void {
  const leak = f32x4.splat(task.leak);
  const trace = <usize>task.slots * TILE_BYTES;
  let own = i32x4(1, 2, 4, 8);
  for (let quarter: usize = 0; quarter < TILE_BYTES; quarter += 16, own = i32x4.shl(own, 4)) {
    const state = layer.filtered + 2 * (<usize>tile * TILE_BYTES) + quarter;
    let p = v128.load(state);
    let q = v128.load(state, TILE_BYTES);
    let d = layer.derivative + <usize>tile * trace + quarter;
    let bits = layer.bits + ((<usize>tile) << 1);
    let out = layer.traces + 2 * <usize>tile * trace + quarter;
    for (const end = out + <usize>n * TILE_BYTES; out < end; out += TILE_BYTES, d += TILE_BYTES) {
      p = f32x4.add(f32x4.mul(p, leak), v128.load(d));
      const word = i32x4.splat(load<u16>(bits));
      const spikes = v128.and(f32x4.splat(1), i32x4.eq(v128.and(word, own), own));
      q = f32x4.add(f32x4.mul(q, leak), spikes);
      v128.store(out, p);
      v128.store(out + trace, q);
      bits += layer.bitsStride;
    }
    v128.store(state, p);
    v128.store(state, q, TILE_BYTES);
  }
}

/** column[16] += Σ_t f[t][16] · source[t] for two sources and their columns. */
function correlate(f: usize, n: i32, a: usize, columnA: usize, b: usize, columnB: usize): void {
  let a0 = v128.load(columnA);
  let a1 = v128.load(columnA, 16);
  let a2 = v128.load(columnA, 32);
  let a3 = v128.load(columnA, 48);
  let b0 = v128.load(columnB);
  let b1 = v128.load(columnB, 16);
  let b2 = v128.load(columnB, 32);
  let b3 = v128.load(columnB, 48);
  const end = f + <usize>n * TILE_BYTES;
  for (; f < end; f += TILE_BYTES, a += TILE_BYTES, b += TILE_BYTES) {
    const byA = v128.load_splat<f32>(a);
    const byB = v128.load_splat<f32>(b);
    const f0 = v128.load(f);
    a0 = f32x4.add(a0, f32x4.mul(byA, f0));
    b0 = f32x4.add(b0, f32x4.mul(byB, f0));
    const f1 = v128.load(f, 16);
    a1 = f32x4.add(a1, f32x4.mul(byA, f1));
    b1 = f32x4.add(b1, f32x4.mul(byB, f1));
    const f2 = v128.load(f, 32);
    a2 = f32x4.add(a2, f32x4.mul(byA, f2));
    b2 = f32x4.add(b2, f32x4.mul(byB, f2));
    const f3 = v128.load(f, 48);
    a3 = f32x4.add(a3, f32x4.mul(byA, f3));
    b3 = f32x4.add(b3, f32x4.mul(byB, f3));
  }
  v128.store(columnA, a0);
  v128.store(columnA, a1, 16);
  v128.store(columnA, a2, 32);
  v128.store(columnA, a3, 48);
  v128.store(columnB, b0);
  v128.store(columnB, b1, 16);
  v128.store(columnB, b2, 32);
  v128.store(columnB, b3, 48);
}

/** out[16] += Σ_t f[t][16] · growth[t]. */
function addBias(f: usize, growth: usize, n: i32, out: usize): void {
  const end = f + <usize>n * TILE_BYTES;
  for (; f < end; f += TILE_BYTES, growth += 4) {
    const by = v128.load_splat<f32>(growth);
    for (let j: usize = 0; j < TILE_BYTES; j += 16)
      v128.store(out + j, f32x4.add(v128.load(out + j), f32x4.mul(by, v128.load(f + j))));
  }
}

/**
 * T ṙ of the second layer for every tangent, as integrateTangent would leave it: once all time steps are through.
 * @param sets of the directions, task.directionBytes each.
 */
export function tangentsByJacobian(factor: Factor, row: i32, sets: usize): void {
  const first = hiddenAt(factor, 0);
  const layer = hiddenAt(factor, 1);
  const bytes = <usize>layer.tiles * TILE_BYTES;
  timesWeights(layer);
  let out = layer.tangentRates;
  for (let k = 0; k < task.directionCount; k++, sets += task.directionBytes) {
    const current = first.tangentMembrane + <usize>k * (<usize>first.tiles * TILE_BYTES);
    const xi = task.perturbation == Perturbation.activity ? rowNumbers(layer, k, row) : 0;
    clear(out, bytes);
    alongCurrents(layer, current, out);
    if (!task.global) {
      out += bytes;
      clear(out, bytes);
    }
    if (xi) alongBias(layer, xi, out);
    else {
      alongBias(layer, sets + layer.bias, out);
      alongWeights(layer, sets + layer.columns, out);
    }
    out += bytes;
  }
}

/** Makes ∂r̄/∂Z of the sums, which lack W. */
function timesWeights(layer: Layer): void {
  const columns = task.thetaSet + layer.columns;
  const bytes = <usize>(layer.tiles * layer.inputs) * TILE_BYTES;
  for (let j: usize = 0; j < bytes; j += 16) {
    const at = layer.byCurrents + j;
    v128.store(at, f32x4.mul(v128.load(at), v128.load(columns + j)));
  }
}

function alongCurrents(layer: Layer, current: usize, out: usize): void {
  let column = layer.byCurrents;
  for (let tile = 0; tile < layer.tiles; tile++, out += TILE_BYTES) {
    let r0 = v128.load(out);
    let r1 = v128.load(out, 16);
    let r2 = v128.load(out, 32);
    let r3 = v128.load(out, 48);
    const end = current + ((<usize>layer.inputs) << 2);
    for (let z = current; z < end; z += 4, column += TILE_BYTES) {
      const by = v128.load_splat<f32>(z);
      r0 = f32x4.add(r0, f32x4.mul(by, v128.load(column)));
      r1 = f32x4.add(r1, f32x4.mul(by, v128.load(column, 16)));
      r2 = f32x4.add(r2, f32x4.mul(by, v128.load(column, 32)));
      r3 = f32x4.add(r3, f32x4.mul(by, v128.load(column, 48)));
    }
    v128.store(out, r0);
    v128.store(out, r1, 16);
    v128.store(out, r2, 32);
    v128.store(out, r3, 48);
  }
}

function alongWeights(layer: Layer, moved: usize, out: usize): void {
  let column = layer.byWeights;
  for (let tile = 0; tile < layer.tiles; tile++, out += TILE_BYTES) {
    let r0 = v128.load(out);
    let r1 = v128.load(out, 16);
    let r2 = v128.load(out, 32);
    let r3 = v128.load(out, 48);
    const end = column + <usize>layer.inputs * TILE_BYTES;
    for (; column < end; column += TILE_BYTES, moved += TILE_BYTES) {
      r0 = f32x4.add(r0, f32x4.mul(v128.load(moved), v128.load(column)));
      r1 = f32x4.add(r1, f32x4.mul(v128.load(moved, 16), v128.load(column, 16)));
      r2 = f32x4.add(r2, f32x4.mul(v128.load(moved, 32), v128.load(column, 32)));
      r3 = f32x4.add(r3, f32x4.mul(v128.load(moved, 48), v128.load(column, 48)));
    }
    v128.store(out, r0);
    v128.store(out, r1, 16);
    v128.store(out, r2, 32);
    v128.store(out, r3, 48);
  }
}

function alongBias(layer: Layer, moved: usize, out: usize): void {
  const bytes = <usize>layer.tiles * TILE_BYTES;
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(
      out + j,
      f32x4.add(v128.load(out + j), f32x4.mul(v128.load(moved + j), v128.load(layer.byBias + j))),
    );
}

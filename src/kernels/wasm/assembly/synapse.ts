import { inputsOf, readStep, task } from './access';
import { Factor, Layer } from './records';
import { clear, copy, TILE_BYTES } from './tile';

/**
 * Synapses of a tile of neurons, between its currents and its membranes, and their transpose: see src/snn/synapse.ts. Constants lie in
 * layer.kernels, [tile][α, g, ζ, λ, 1 - ζ][16]. Path 0 is that of the currents themselves, path 1 + n that of tangent n.
 */
const CONSTANTS: usize = 5 * TILE_BYTES;

// @ts-ignore: decorator
@inline
function kernelsAt(layer: Layer, tile: i32): usize {
  return layer.kernels + <usize>tile * CONSTANTS;
}

/** λ of four neurons of a tile, `quarter` bytes from its first. */
// @ts-ignore: decorator
@inline
export function leakOf(layer: Layer, tile: i32, quarter: usize): v128 {
  return layer.kernels
    ? v128.load(kernelsAt(layer, tile) + quarter, 3 * TILE_BYTES)
    : f32x4.splat(task.leak);
}

/** Where the biases of currents are read: none where they do not pass the synapse. */
// @ts-ignore: decorator
@inline
export function filteredBiases(layer: Layer, biases: usize): usize {
  return layer.zeros ? layer.zeros : biases;
}

/** Bytes of what is on its way to one tile: the currents of the longest delay, and those of a block behind them. */
// @ts-ignore: decorator
@inline
function waitingBytes(layer: Layer): usize {
  return <usize>(layer.longestDelay + task.block) * TILE_BYTES;
}

/** Before a row's first time step. */
export function restSynapses(layer: Layer, path: i32): void {
  if (!layer.kernels) return;
  const first = path * layer.tiles;
  clear(layer.synapses + <usize>first * TILE_BYTES, <usize>layer.tiles * TILE_BYTES);
  if (layer.longestDelay)
    for (let tile = 0; tile < layer.tiles; tile++)
      clear(layer.waiting + <usize>(first + tile) * waitingBytes(layer), <usize>layer.longestDelay * TILE_BYTES);
}

/**
 * Currents of one tile in task.currents, from time step t0 on, become what charges its membranes:
 *
 *     I[t] = α I[t-1] + g Z[t-d],   I[t] - ζ I[t-1] ,   and b - ζ b, at the first step b, where the bias has not passed.
 *
 * @param biases b of the whole layer, or ḃ.
 */
export function charge(layer: Layer, tile: i32, path: i32, biases: usize, t0: i32, n: i32): void {
  if (!layer.kernels) return;
  const at = path * layer.tiles + tile;
  if (layer.longestDelay) arrive(layer, tile, layer.waiting + <usize>at * waitingBytes(layer), n);
  const kernels = kernelsAt(layer, tile);
  const bias = biases + <usize>tile * TILE_BYTES;
  const end = task.currents + <usize>n * TILE_BYTES;
  for (let quarter: usize = 0; quarter < TILE_BYTES; quarter += 16) {
    const decay = v128.load(kernels + quarter);
    const height = v128.load(kernels + quarter, TILE_BYTES);
    const before = v128.load(kernels + quarter, 2 * TILE_BYTES);
    const state = layer.synapses + <usize>at * TILE_BYTES + quarter;
    let outright = f32x4.splat(0);
    let later = outright;
    if (layer.zeros) {
      outright = v128.load(bias + quarter);
      later = f32x4.mul(outright, v128.load(kernels + quarter, 4 * TILE_BYTES));
      if (t0 > 0) outright = later;
    }
    let i = v128.load(state);
    for (let z = task.currents + quarter; z < end; z += TILE_BYTES) {
      const next = f32x4.add(f32x4.mul(decay, i), f32x4.mul(height, v128.load(z)));
      v128.store(z, f32x4.add(f32x4.sub(next, f32x4.mul(before, i)), outright));
      i = next;
      outright = later;
    }
    v128.store(state, i);
  }
}

/** Z[t] in task.currents becomes Z[t-d], each neuron with its own d. */
function arrive(layer: Layer, tile: i32, waiting: usize, n: i32): void {
  const delays = layer.delays + <usize>tile * TILE_BYTES;
  const past = <usize>layer.longestDelay * TILE_BYTES;
  copy(waiting + past, task.currents, <usize>n * TILE_BYTES);
  for (let j: usize = 0; j < TILE_BYTES; j += 4) {
    let from = waiting + past + j - <usize>load<u32>(delays + j) * TILE_BYTES;
    const end = task.currents + <usize>n * TILE_BYTES;
    for (let z = task.currents + j; z < end; z += TILE_BYTES, from += TILE_BYTES) store<f32>(z, load<f32>(from));
  }
  // Towards lower addresses: what is read has not been written yet.
  copy(waiting, waiting + <usize>n * TILE_BYTES, past);
}

/**
 * Of one tile ∂L/∂U of all time steps, in layer.adjoint, becomes ∂L/∂Z,
 *
 *     Ī[t] = Ū[t] - ζ Ū[t+1] + α Ī[t+1],   Z̄[t] = g Ī[t+d] ,
 *
 * and ∂L/∂b, Σ_t Z̄[t] or Ū[0] + Σ_{t>0} (1 - ζ) Ū[t], is added to its gradient.
 */
export function synapseAdjoint(layer: Layer, tile: i32): void {
  const kernels = kernelsAt(layer, tile);
  const first = layer.adjoint + <usize>(tile * task.slots) * TILE_BYTES;
  const last = <usize>(task.T - 1) * TILE_BYTES;
  const bias = layer.gradientBias + <usize>tile * TILE_BYTES;
  for (let quarter: usize = 0; quarter < TILE_BYTES; quarter += 16) {
    const decay = v128.load(kernels + quarter);
    const before = v128.load(kernels + quarter, 2 * TILE_BYTES);
    const share = v128.load(kernels + quarter, 4 * TILE_BYTES);
    const begin = first + quarter;
    let later = f32x4.splat(0);
    let next = later;
    let sum = later;
    for (let at = begin + last; at >= begin; at -= TILE_BYTES) {
      const u = v128.load(at);
      const i = f32x4.add(f32x4.sub(u, f32x4.mul(before, later)), f32x4.mul(decay, next));
      sum = f32x4.add(sum, at == begin ? u : f32x4.mul(share, u));
      v128.store(at, i);
      later = u;
      next = i;
    }
    if (layer.zeros) v128.store(bias + quarter, f32x4.add(v128.load(bias + quarter), sum));
  }
  if (layer.longestDelay) depart(layer, tile, first);
  for (let quarter: usize = 0; quarter < TILE_BYTES; quarter += 16) {
    const height = v128.load(kernels + quarter, TILE_BYTES);
    const begin = first + quarter;
    let sum = f32x4.splat(0);
    for (let at = begin; at <= begin + last; at += TILE_BYTES) {
      const z = f32x4.mul(height, v128.load(at));
      sum = f32x4.add(sum, z);
      v128.store(at, z);
    }
    if (!layer.zeros) v128.store(bias + quarter, f32x4.add(v128.load(bias + quarter), sum));
  }
}

/** Ī[t] becomes Ī[t+d], 0 beyond the last time step. */
function depart(layer: Layer, tile: i32, first: usize): void {
  const delays = layer.delays + <usize>tile * TILE_BYTES;
  const end = first + <usize>task.T * TILE_BYTES;
  for (let j: usize = 0; j < TILE_BYTES; j += 4) {
    let from = first + j + <usize>load<u32>(delays + j) * TILE_BYTES;
    for (let at = first + j; at < end; at += TILE_BYTES, from += TILE_BYTES)
      store<f32>(at, from < end ? load<f32>(from) : 0);
  }
}

/** Adds ω[t] S[t] of `n` time steps from t0 on, whose spike words begin at `bits`, to a tile's filtered rates. */
export function weighSpikes(layer: Layer, tile: i32, t0: i32, n: i32, bits: usize): void {
  let own = i32x4(1, 2, 4, 8);
  for (let quarter: usize = 0; quarter < TILE_BYTES; quarter += 16, own = i32x4.shl(own, 4)) {
    const out = layer.weighed + <usize>tile * TILE_BYTES + quarter;
    let sum = v128.load(out);
    let word = bits + ((<usize>tile) << 1);
    let weight = layer.timeWeights + ((<usize>t0) << 2);
    for (const end = weight + ((<usize>n) << 2); weight < end; weight += 4, word += layer.bitsStride) {
      const spikes = i32x4.eq(v128.and(i32x4.splat(load<u16>(word)), own), own);
      sum = f32x4.add(sum, v128.and(v128.load_splat<f32>(weight), spikes));
    }
    v128.store(out, sum);
  }
}

/** Σ_t Ω[t] x[t] of a row up to the time step at which it is read, for every neuron of the first layer, as its columns: into factor.means. */
export function meanInputs(factor: Factor, layer: Layer, row: i32): void {
  const read = readStep(factor, row);
  const step = <usize>factor.inputStep;
  const x = inputsOf(factor, row);
  // Ω counts its time steps from the one at which a row is read.
  const unread = <usize>(task.T - 1 - read) * TILE_BYTES;
  let gains = factor.sequenceGains + <usize>(read * layer.tiles) * TILE_BYTES;
  let weights = factor.sequenceWeights;
  let out = factor.means;
  for (let tile = 0; tile < layer.tiles; tile++, gains += TILE_BYTES) {
    const end = weights + <usize>task.T * TILE_BYTES;
    for (let i = 0; i < layer.inputs; i++, out += TILE_BYTES)
      for (let quarter: usize = 0; quarter < TILE_BYTES; quarter += 16) {
        let sum = f32x4.splat(0);
        let at = x + ((<usize>i) << 2);
        for (let w = weights + unread + quarter; w < end; w += TILE_BYTES, at += step)
          sum = f32x4.add(sum, f32x4.mul(v128.load_splat<f32>(at), v128.load(w)));
        if (factor.sequenceGains) sum = f32x4.mul(sum, v128.load(gains + quarter));
        v128.store(out + quarter, sum);
      }
    weights = end;
  }
}

import { hiddenAt, inputsOf, isHeld, task } from './access';
import { denseCurrents, repeatTile, weighTile } from './currents';
import { integrateAdjoint } from './neuron';
import { Factor, Layer } from './records';
import { synapseAdjoint } from './synapse';
import { TILE_BYTES } from './tile';

/**
 * The scan back through time of one row, from ∂L/∂r̄ in the factor's rate adjoint: layer by layer, with
 * S̄[t] = ω[t] ∂L/∂r̄ + W_nextᵀ Z̄_next[t], Ū[t] by the neurons' adjoint and Z̄[t] by that of their synapses,
 *
 *     ∂L/∂W += Ū[t] S_prev[t]ᵀ,   ∂L/∂b += Ū[t] .
 */
export function reverseRow(factor: Factor, row: i32): void {
  const held = isHeld(factor, 0);
  for (let depth = factor.depths - 1; depth >= (held ? 1 : 0); depth--) {
    const layer = hiddenAt(factor, depth);
    for (let tile = 0; tile < layer.tiles; tile++) {
      spikeAdjoints(factor, depth, tile);
      integrateAdjoint(layer, tile);
      if (layer.kernels) synapseAdjoint(layer, tile);
      if (depth > 0) weightGradient(layer, hiddenAt(factor, depth - 1), tile);
      else inputGradient(factor, row, tile);
    }
  }
  if (held) firstLayer(factor, row);
}

/** S̄[t] of one tile for all t, into task.currents. */
function spikeAdjoints(factor: Factor, depth: i32, tile: i32): void {
  const layer = hiddenAt(factor, depth);
  const rateAdjoint = factor.rateAdjoint + layer.ratesAt + <usize>tile * TILE_BYTES;
  if (task.timeWeights) weighTile(rateAdjoint, task.timeWeights, task.T, task.currents);
  else repeatTile(rateAdjoint, task.perStep, task.T, task.currents);
  if (depth + 1 == factor.depths) return;
  const next = hiddenAt(factor, depth + 1);
  const rows = next.transposed + <usize>(tile * next.outputs) * TILE_BYTES;
  denseCurrents(rows, next.adjoint, <usize>task.slots * TILE_BYTES, next.outputs, task.T, task.currents);
}

/** ∂L/∂W[:, i] += Σ over the time steps at which input i spiked of Ū[t], for one tile of outputs. */
function weightGradient(layer: Layer, previous: Layer, tile: i32): void {
  const adjoint = layer.adjoint + <usize>(tile * task.slots) * TILE_BYTES;
  let column = layer.gradientColumns + <usize>(tile * layer.inputs) * TILE_BYTES;
  const chunkBytes = <usize>previous.tiles * TILE_BYTES;
  for (let i = 0; i < layer.inputs; i++, column += TILE_BYTES) {
    let g0 = v128.load(column);
    let g1 = v128.load(column, 16);
    let g2 = v128.load(column, 32);
    let g3 = v128.load(column, 48);
    let times = previous.times + ((<usize>i) << 2);
    let chunk = adjoint;
    for (let t0 = 0; t0 < task.T; t0 += 32, times += chunkBytes, chunk += 32 * TILE_BYTES) {
      let word = load<u32>(times);
      while (word != 0) {
        const at = chunk + ((<usize>ctz(word)) << 6);
        word &= word - 1;
        g0 = f32x4.add(g0, v128.load(at));
        g1 = f32x4.add(g1, v128.load(at, 16));
        g2 = f32x4.add(g2, v128.load(at, 32));
        g3 = f32x4.add(g3, v128.load(at, 48));
      }
    }
    v128.store(column, g0);
    v128.store(column, g1, 16);
    v128.store(column, g2, 32);
    v128.store(column, g3, 48);
  }
}

/** ∂L/∂W[:, i] += Σ_t x[t][i] Ū[t] of a first layer whose current is not held, for one tile of outputs. */
function inputGradient(factor: Factor, row: i32, tile: i32): void {
  const layer = hiddenAt(factor, 0);
  const adjoint = layer.adjoint + <usize>(tile * task.slots) * TILE_BYTES;
  const end = adjoint + <usize>task.T * TILE_BYTES;
  const bytes = <usize>factor.inputStep;
  let column = layer.gradientColumns + <usize>(tile * layer.inputs) * TILE_BYTES;
  for (let i = 0; i < layer.inputs; i++, column += TILE_BYTES) {
    let g0 = v128.load(column);
    let g1 = v128.load(column, 16);
    let g2 = v128.load(column, 32);
    let g3 = v128.load(column, 48);
    let x = inputsOf(factor, row) + ((<usize>i) << 2);
    for (let at = adjoint; at < end; at += TILE_BYTES, x += bytes) {
      const by = v128.load_splat<f32>(x);
      g0 = f32x4.add(g0, f32x4.mul(by, v128.load(at)));
      g1 = f32x4.add(g1, f32x4.mul(by, v128.load(at, 16)));
      g2 = f32x4.add(g2, f32x4.mul(by, v128.load(at, 32)));
      g3 = f32x4.add(g3, f32x4.mul(by, v128.load(at, 48)));
    }
    v128.store(column, g0);
    v128.store(column, g1, 16);
    v128.store(column, g2, 32);
    v128.store(column, g3, 48);
  }
}

/**
 * A first layer's spikes under held inputs depend on its constant current alone: ∂L/∂Z = Σ_t dS[t]/dZ S̄[t], which is slope ·
 * ∂L/∂r̄ when no layer follows. Then ∂L/∂W = ∂L/∂Z xᵀ, ∂L/∂b = ∂L/∂Z.
 */
function firstLayer(factor: Factor, row: i32): void {
  const layer = hiddenAt(factor, 0);
  const x = inputsOf(factor, row);
  for (let tile = 0; tile < layer.tiles; tile++) {
    const at = <usize>tile * TILE_BYTES;
    let z0 = f32x4.splat(0);
    let z1 = z0;
    let z2 = z0;
    let z3 = z0;
    if (factor.depths == 1) {
      const slope = factor.slopes + <usize>row * factor.slopesStride + at;
      const adjoint = factor.rateAdjoint + at;
      z0 = f32x4.mul(v128.load(slope), v128.load(adjoint));
      z1 = f32x4.mul(v128.load(slope, 16), v128.load(adjoint, 16));
      z2 = f32x4.mul(v128.load(slope, 32), v128.load(adjoint, 32));
      z3 = f32x4.mul(v128.load(slope, 48), v128.load(adjoint, 48));
    } else {
      spikeAdjoints(factor, 0, tile);
      let f = layer.derivative + <usize>(tile * task.slots) * TILE_BYTES;
      const end = f + <usize>task.T * TILE_BYTES;
      for (let s = task.currents; f < end; f += TILE_BYTES, s += TILE_BYTES) {
        z0 = f32x4.add(z0, f32x4.mul(v128.load(f), v128.load(s)));
        z1 = f32x4.add(z1, f32x4.mul(v128.load(f, 16), v128.load(s, 16)));
        z2 = f32x4.add(z2, f32x4.mul(v128.load(f, 32), v128.load(s, 32)));
        z3 = f32x4.add(z3, f32x4.mul(v128.load(f, 48), v128.load(s, 48)));
      }
    }
    addColumn(layer.gradientBias + at, z0, z1, z2, z3, 1);
    const columns = layer.gradientColumns + <usize>(tile * layer.inputs) * TILE_BYTES;
    for (let i = 0; i < layer.inputs; i++) {
      addColumn(columns + <usize>i * TILE_BYTES, z0, z1, z2, z3, load<f32>(x + ((<usize>i) << 2)));
    }
  }
}

// @ts-ignore: decorator
@inline
export function addColumn(out: usize, z0: v128, z1: v128, z2: v128, z3: v128, factor: f32): void {
  const by = f32x4.splat(factor);
  v128.store(out, f32x4.add(v128.load(out), f32x4.mul(z0, by)));
  v128.store(out, f32x4.add(v128.load(out, 16), f32x4.mul(z1, by)), 16);
  v128.store(out, f32x4.add(v128.load(out, 32), f32x4.mul(z2, by)), 32);
  v128.store(out, f32x4.add(v128.load(out, 48), f32x4.mul(z3, by)), 48);
}

import { factorAt, headAt, layerAt, poolRow, projectionAt, scaleOf, task } from './access';
import { Factor, Head, Layer, Perturbation, Projection } from './records';
import { addScaledTiles, clear, sumOf } from './tile';

/** Loss of the batch: the sum of the heads' mean squared errors by their weights. */
export let loss: f64 = 0;
export function setLoss(value: f64): void {
  loss = value;
}

/**
 * scale · (W (r̄ - centre) + b) of one row in every head that the factor takes part in, from the row's rates.
 */
export function projectRow(factorIndex: i32, set: usize, row: i32, rates: usize): void {
  for (let h = 0; h < task.headCount; h++) {
    const projection = projectionAt(headAt(h), factorIndex);
    projectHead(projection, factorAt(factorIndex), set, row, rates);
  }
}

function projectHead(projection: Projection, factor: Factor, set: usize, row: i32, rates: usize): void {
  const layer = layerAt(projection.layer);
  const centre = f32x4.splat(task.centre);
  const scale = scaleOf(factor, row);
  const bytes = (<usize>layer.inputTiles) << 6;
  const r = rates + layer.ratesAt;
  const out = projection.values + <usize>row * projection.stride;
  let w = set + layer.columns;
  for (let i = 0; i < layer.outputs; i++, w += bytes) {
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < bytes; j += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(w + j), f32x4.sub(v128.load(r + j), centre)));
    }
    const at = (<usize>i) << 2;
    store<f32>(out + at, scale * (load<f32>(set + layer.bias + at) + sumOf(sum)));
  }
}

/**
 * y[n₀ n₁ n₂] = Σ_i q₀[n₀]_i q₁[n₁]_i q₂[n₂]_i for rows from … to-1 of the last factor, its squared error
 * added to the loss and, with `adjoint`, ∂L/∂q to the projections' adjoints. Factors that the network does
 * not have are one row of ones.
 */
export function combineHead(h: i32, from: i32, to: i32, adjoint: bool): void {
  const head = headAt(h);
  const p0 = projectionAt(head, 0);
  const p1 = projectionAt(head, 1);
  const p2 = projectionAt(head, 2);
  const f0 = factorAt(0);
  const f1 = factorAt(1);
  const f2 = factorAt(2);
  const bytes = (<usize>head.quads) << 4;
  const product = task.rankScratch;
  const weighted = product + bytes;
  const points = <f64>f0.rows * <f64>f1.rows * <f64>f2.rows;
  const errorFactor = <f32>((<f64>head.weight * 2) / points);
  const output = h == 0 ? task.output : 0;
  let squares: f64 = 0;

  for (let n0 = 0; n0 < f0.rows; n0++) {
    const q0 = p0.values + <usize>n0 * p0.stride;
    for (let n1 = 0; n1 < f1.rows; n1++) {
      const q1 = p1.values + <usize>n1 * p1.stride;
      const targetRow = (poolRow(f0, n0) * <usize>f1.poolRows + poolRow(f1, n1)) * <usize>f2.poolRows;
      const outputRow = <usize>(n0 * f1.rows + n1) * <usize>f2.rows;
      for (let i: usize = 0; i < bytes; i += 16) {
        v128.store(product + i, f32x4.mul(v128.load(q0 + i), v128.load(q1 + i)));
        v128.store(weighted + i, f32x4.splat(0));
      }
      for (let n2 = from; n2 < to; n2++) {
        const q2 = p2.values + <usize>n2 * p2.stride;
        let sum = f32x4.splat(0);
        for (let i: usize = 0; i < bytes; i += 16)
          sum = f32x4.add(sum, f32x4.mul(v128.load(product + i), v128.load(q2 + i)));
        const y = sumOf(sum);
        if (output) store<f32>(output + ((outputRow + <usize>n2) << 2), y);
        if (!task.targets) continue;
        const difference = y - load<f32>(task.targets + ((targetRow + poolRow(f2, n2)) << 2));
        squares += <f64>difference * <f64>difference;
        if (!adjoint) continue;
        const error = f32x4.splat(errorFactor * difference);
        const a2 = p2.adjoint + <usize>n2 * p2.adjointStride;
        for (let i: usize = 0; i < bytes; i += 16) {
          v128.store(a2 + i, f32x4.add(v128.load(a2 + i), f32x4.mul(error, v128.load(product + i))));
          v128.store(weighted + i, f32x4.add(v128.load(weighted + i), f32x4.mul(error, v128.load(q2 + i))));
        }
      }
      if (!adjoint) continue;
      const a0 = p0.adjoint + <usize>n0 * p0.adjointStride;
      const a1 = p1.adjoint + <usize>n1 * p1.adjointStride;
      for (let i: usize = 0; i < bytes; i += 16) {
        const w = v128.load(weighted + i);
        v128.store(a0 + i, f32x4.add(v128.load(a0 + i), f32x4.mul(w, v128.load(q1 + i))));
        v128.store(a1 + i, f32x4.add(v128.load(a1 + i), f32x4.mul(w, v128.load(q0 + i))));
      }
    }
  }
  loss += (<f64>head.weight * squares) / points;
}

/** Zeroes the adjoints of rows from … to-1 of one factor in every head. */
export function clearAdjoints(factorIndex: i32, from: i32, to: i32): void {
  for (let h = 0; h < task.headCount; h++) {
    const head = headAt(h);
    const projection = projectionAt(head, factorIndex);
    const bytes = (<usize>head.quads) << 4;
    for (let row = from; row < to; row++)
      clear(projection.adjoint + <usize>row * projection.adjointStride, bytes);
  }
}

/**
 * Of one row, with p̄ = scale · ∂L/∂q: adds p̄ (r̄ - centre)ᵀ and p̄ to the gradients of the projecting
 * layers, and leaves ∂L/∂r̄ = Σ_heads Wᵀ p̄ in the factor's rate adjoint.
 */
export function adjointRow(factorIndex: i32, row: i32, rates: usize): void {
  const factor = factorAt(factorIndex);
  clear(factor.rateAdjoint, factor.rateBytes);
  const scale = scaleOf(factor, row);
  for (let h = 0; h < task.headCount; h++) {
    const projection = projectionAt(headAt(h), factorIndex);
    const adjoint = projection.adjoint + <usize>row * projection.adjointStride;
    adjointHead(layerAt(projection.layer), factor, scale, adjoint, rates);
  }
}

function adjointHead(layer: Layer, factor: Factor, scale: f32, adjoint: usize, rates: usize): void {
  const centre = f32x4.splat(task.centre);
  const bytes = (<usize>layer.inputTiles) << 6;
  const r = rates + layer.ratesAt;
  const rateAdjoint = factor.rateAdjoint + layer.ratesAt;
  for (let i = 0; i < layer.outputs; i++) {
    const p = scale * load<f32>(adjoint + ((<usize>i) << 2));
    // Flipout estimates this layer as well: its gradient sums that up.
    if (task.perturbation != Perturbation.flipout) {
      const bias = layer.gradientBias + ((<usize>i) << 2);
      store<f32>(bias, load<f32>(bias) + p);
      const by = f32x4.splat(p);
      const gradient = layer.gradientColumns + <usize>i * bytes;
      for (let j: usize = 0; j < bytes; j += 16) {
        const moved = f32x4.mul(by, f32x4.sub(v128.load(r + j), centre));
        v128.store(gradient + j, f32x4.add(v128.load(gradient + j), moved));
      }
    }
    addScaledTiles(rateAdjoint, task.thetaSet + layer.columns + <usize>i * bytes, p, layer.inputTiles);
  }
}

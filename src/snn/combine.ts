import type { Dataset, Head, Layer, Network } from './network.ts';

/** scale · p of one factor in one head: [row][i], i < rank. */
export type Projection = Float64Array;

/**
 * p[row] = W (r̄[row] - centre) + b, times the row's scale. With `tangent` given, its derivative
 * scale · (Ẇ (r̄ - centre) + W ṙ + ḃ); a missing ṙ counts as zero.
 */
export function project(
  layer: Layer,
  centre: number,
  theta: Float64Array,
  rates: Float64Array,
  scale: ArrayLike<number>,
  tangent?: { direction: Float64Array | ((row: number) => Float64Array); rates?: Float64Array },
): Projection {
  const rows = rates.length / layer.inputs;
  const out = new Float64Array(rows * layer.outputs);
  const vector = tangent ? tangent.direction : theta;
  const rateTangent = tangent?.rates;
  for (let row = 0; row < rows; row++) {
    const weights = typeof vector === 'function' ? vector(row) : vector;
    for (let i = 0; i < layer.outputs; i++) {
      let sum = weights[layer.biases + i];
      for (let j = 0; j < layer.inputs; j++) {
        const w = layer.weights + i * layer.inputs + j;
        sum += weights[w] * (rates[row * layer.inputs + j] - centre);
        if (rateTangent) sum += theta[w] * rateTangent[row * layer.inputs + j];
      }
      out[row * layer.outputs + i] = scale[row] * sum;
    }
  }
  return out;
}

/** y[n₁ … n_M] = Σ_i Π_m q_m[n_m]_i, last index fastest. */
export function product(projections: readonly Projection[], rank: number): Float64Array {
  let prefix = projections[0];
  for (let m = 1; m < projections.length; m++) prefix = khatriRao(prefix, projections[m], rank);
  const y = new Float64Array(prefix.length / rank);
  for (let n = 0; n < y.length; n++) {
    let sum = 0;
    for (let i = 0; i < rank; i++) sum += prefix[n * rank + i];
    y[n] = sum;
  }
  return y;
}

/** out[a, b]_i = left[a]_i · right[b]_i. */
function khatriRao(left: Float64Array, right: Float64Array, rank: number): Float64Array {
  const rowsLeft = left.length / rank;
  const rowsRight = right.length / rank;
  const out = new Float64Array(rowsLeft * rowsRight * rank);
  let at = 0;
  for (let a = 0; a < rowsLeft; a++)
    for (let b = 0; b < rowsRight; b++)
      for (let i = 0; i < rank; i++) out[at++] = left[a * rank + i] * right[b * rank + i];
  return out;
}

/** Derivative of `product` along q̇: ẏ = Σ_m (the product with q_m replaced by q̇_m); a missing q̇_m is zero. */
export function productTangent(
  projections: readonly Projection[],
  tangents: readonly (Projection | undefined)[],
  rank: number,
): Float64Array {
  const size = projections.reduce((n, q) => (n * q.length) / rank, 1);
  const sum = new Float64Array(size);
  tangents.forEach((tangent, m) => {
    if (!tangent) return;
    const part = product(
      projections.map((q, k) => (k === m ? tangent : q)),
      rank,
    );
    for (let n = 0; n < size; n++) sum[n] += part[n];
  });
  return sum;
}

/** ∂/∂q_m of Σ_n e[n] y[n]: [row of m][i] = Σ over the other factors' rows of e · Π_{k≠m} q_k. */
export function productAdjoint(
  error: Float64Array,
  projections: readonly Projection[],
  m: number,
  rank: number,
): Float64Array {
  const out = new Float64Array(projections[m].length);
  const rows = projections.map((q) => q.length / rank);
  const index = rows.map(() => 0);
  const others = new Float64Array(rank);
  for (let n = 0; n < error.length; n++) {
    others.fill(error[n]);
    for (let k = 0; k < rows.length; k++) {
      if (k === m) continue;
      const q = projections[k];
      const from = index[k] * rank;
      for (let i = 0; i < rank; i++) others[i] *= q[from + i];
    }
    const to = index[m] * rank;
    for (let i = 0; i < rank; i++) out[to + i] += others[i];
    for (let k = rows.length - 1; k >= 0 && ++index[k] === rows[k]; k--) index[k] = 0;
  }
  return out;
}

/**
 * Second derivative of ½ Σ_n y[n]² in one row of q_m, the same for every row: rank × rank, symmetric. A row takes part in the
 * points p of the other factors' rows, G = Σ_p v_p v_pᵀ with v_p = Π_{k≠m} q_k, and that sum is a product over the factors:
 * G_ij = Π_{k≠m} Σ_n q_k[n]_i q_k[n]_j.
 */
export function productCurvature(projections: readonly Projection[], m: number, rank: number): Float64Array {
  const out = new Float64Array(rank * rank).fill(1);
  projections.forEach((q, k) => {
    if (k === m) return;
    for (let i = 0; i < rank; i++)
      for (let j = 0; j < rank; j++) {
        let sum = 0;
        for (let n = 0; n < q.length; n += rank) sum += q[n + i] * q[n + j];
        out[i * rank + j] *= sum;
      }
  });
  return out;
}

/** Rates of every factor: [factor][depth] of [row][neuron]. */
export type Rates = readonly (readonly Float64Array[])[];

/** A head's output y, its loss, and ∂L/∂y. */
export interface HeadValue {
  readonly head: Head;
  readonly projections: readonly Projection[];
  /** y on the tensor product of the rows. */
  readonly output: Float64Array;
  /** Mean squared error against the target; 0 when the data hold no target. */
  readonly loss: number;
  /** ∂(weight · loss)/∂y. */
  readonly error: Float64Array;
}

/** All heads evaluated on the rates: the output first, then the local heads. */
export function combine(network: Network, theta: Float64Array, rates: Rates, data: Dataset): HeadValue[] {
  const { layout } = network;
  return layout.heads.map((head) => {
    const projections = head.layers.map((index, factor) => {
      const layer = layout.layers[index];
      return project(layer, network.centre, theta, rates[factor][layer.depth], data.factors[factor].scale);
    });
    const output = product(projections, head.rank);
    const error = new Float64Array(output.length);
    let loss = 0;
    if (data.target.length > 0) {
      for (let n = 0; n < output.length; n++) {
        const difference = output[n] - data.target[n];
        loss += (difference * difference) / output.length;
        error[n] = (head.weight * 2 * difference) / output.length;
      }
    }
    return { head, projections, output, loss, error };
  });
}

/** L = L_global + (1/N) Σ_n L_n: the sum of the heads' mean squared errors by their weights. */
export function totalLoss(values: readonly HeadValue[]): number {
  return values.reduce((sum, value) => sum + value.head.weight * value.loss, 0);
}

import { ridgeSolve } from '../../problems/linear-algebra.ts';
import { beat } from '../../snn/beat.ts';
import { productAdjoint } from '../../snn/combine.ts';
import type { Dataset, FactorData, Layer, Network } from '../../snn/network.ts';

/** Ridge relative to the mean diagonal of the matrix it is added to. */
export const RIDGE = 1e-6;
/** Rounds through the factors of an operator network; one factor needs a single one. */
export const ROUNDS = 4;

/**
 * Read-outs that fit the target on all rows of `data` for given mean rates of the last hidden layers: with
 * φ = scale · (r̄ - centre, 1) and all factors but one held, y is linear in that one's read-out W, and
 *
 *     W = (ΦᵀΦ + αI)⁻¹ Φᵀ X (G + βI)⁻¹ ,   X = ∂⟨u, y⟩/∂q ,   G = Π_{k≠m} q_kᵀ q_k  (entry by entry)
 *
 * is the least-squares fit with a ridge on either side: ridge regression for one factor, alternating least squares for several.
 * The rest of θ stays.
 * @param rates [factor] of [row][neuron] of the last hidden layer.
 */
export function fitReadouts(
  network: Network,
  theta: Float64Array,
  data: Dataset,
  rates: readonly Float64Array[],
): Float64Array {
  const { layout } = network;
  const next = theta.slice();
  const { layers, rank } = layout.heads[0];
  const readouts = layers.map((index) => layout.layers[index]);
  const features = readouts.map((layer, m) => featuresOf(layer, network.centre, rates[m], data.factors[m]));
  const grams = readouts.map((layer, m) => gram(features[m], layer.inputs + 1));
  const target = Float64Array.from(data.target);
  const q = readouts.map((layer, m) =>
    multiply(features[m], layer.inputs + 1, readoutOf(layer, theta), rank),
  );
  for (let round = 0; round < (readouts.length > 1 ? ROUNDS : 1); round++)
    readouts.forEach((layer, m) => {
      const width = layer.inputs + 1;
      const along = productAdjoint(target, q, m, rank);
      const right = transposedProduct(features[m], width, along, rank);
      const half = solve(grams[m], width, right, rank);
      const others = q.reduce(
        (all, values, k) => (k === m ? all : multiplied(all, gram(values, rank))),
        new Float64Array(rank * rank).fill(1),
      );
      const weights = solve(others, rank, transpose(half, width, rank), width);
      for (let i = 0; i < rank; i++) {
        for (let j = 0; j < layer.inputs; j++)
          next[layer.weights + i * layer.inputs + j] = weights[i * width + j];
        next[layer.biases + i] = weights[i * width + layer.inputs];
      }
      q[m] = multiply(features[m], width, weights, rank);
    });
  return next;
}

/** φ: [row][neuron, then 1]. */
function featuresOf(layer: Layer, centre: number, rates: Float64Array, { rows, scale }: FactorData) {
  const width = layer.inputs + 1;
  const out = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    beat();
    for (let j = 0; j < layer.inputs; j++)
      out[row * width + j] = scale[row] * (rates[row * layer.inputs + j] - centre);
    out[row * width + layer.inputs] = scale[row];
  }
  return out;
}

/** W and b side by side: [i][neuron, then b]. */
function readoutOf(layer: Layer, theta: Float64Array): Float64Array {
  const width = layer.inputs + 1;
  return Float64Array.from({ length: layer.outputs * width }, (_, at) => {
    const [i, j] = [Math.floor(at / width), at % width];
    return theta[j < layer.inputs ? layer.weights + i * layer.inputs + j : layer.biases + i];
  });
}

/** A Wᵀ of A[row][n] and W[m][n]: [row][m]. */
function multiply(a: Float64Array, n: number, w: Float64Array, m: number): Float64Array {
  const out = new Float64Array((a.length / n) * m);
  for (let row = 0; row * n < a.length; row++) {
    beat();
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += a[row * n + j] * w[i * n + j];
      out[row * m + i] = sum;
    }
  }
  return out;
}

/** AᵀA of A[row][n]. */
function gram(a: Float64Array, n: number): Float64Array {
  return transposedProduct(a, n, a, n);
}

/** AᵀB of A[row][n] and B[row][m]. */
function transposedProduct(a: Float64Array, n: number, b: Float64Array, m: number): Float64Array {
  const out = new Float64Array(n * m);
  const rows = a.length / n;
  // Four rows at a time: every sum is fetched and put back a quarter as often.
  const blocks = rows - (rows % 4);
  for (let row = 0; row < blocks; row += 4) {
    beat();
    const k = row * m;
    for (let i = 0; i < n; i++) {
      const at = row * n + i;
      const [a0, a1, a2, a3] = [a[at], a[at + n], a[at + 2 * n], a[at + 3 * n]];
      for (let j = 0; j < m; j++)
        out[i * m + j] += a0 * b[k + j] + a1 * b[k + m + j] + a2 * b[k + 2 * m + j] + a3 * b[k + 3 * m + j];
    }
  }
  for (let row = blocks; row < rows; row++)
    for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[i * m + j] += a[row * n + i] * b[row * m + j];
  return out;
}

const multiplied = (a: Float64Array, b: Float64Array) => a.map((value, i) => value * b[i]);

function transpose(a: Float64Array, n: number, m: number): Float64Array {
  return Float64Array.from(a, (_, at) => a[(at % n) * m + Math.floor(at / n)]);
}

/** (A + αI)⁻¹ B for a symmetric A[n][n] and B[n][m], α relative to A's mean diagonal. */
function solve(a: Float64Array, n: number, b: Float64Array, m: number): Float64Array {
  const x = ridgeSolve(a, n, b, m, RIDGE);
  if (!x) throw new Error('the read-out cannot be fitted: the rates are not finite');
  return x;
}

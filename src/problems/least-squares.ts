import type { Dataset, FactorData } from '../snn/network.ts';
import { ridgeSolve } from './linear-algebra.ts';
import type { Parts } from './parts.ts';

/**
 * Relative to the mean diagonal. It changes no digit that is shown where the fit is well determined, and makes it defined where it is
 * not: more sensors than training functions, or sensors so close that they say the same.
 */
const RIDGE = 1e-10;
const ROWS_OF_PART = 64;

/** Numbers that are combined linearly, made from the inputs of a row of the first factor. */
interface Features {
  readonly count: number;
  /** Writes `count` numbers for `width` inputs from `from` on. */
  write(inputs: ArrayLike<number>, from: number, width: number, out: Float64Array): void;
}

/** The row's inputs as the network is fed them, and 1. */
export function inputFeatures(width: number): Features {
  return {
    count: width + 1,
    write(inputs, from, _, out) {
      for (let i = 0; i < width; i++) out[i] = inputs[from + i];
      out[width] = 1;
    },
  };
}

const HIGHEST_DEGREE = 24;

/** Degree of the greatest polynomial in two variables, of degree 24 at most, with no more coefficients than `parameters`. */
export function degreeFor(parameters: number): number {
  let degree = 0;
  while (degree < HIGHEST_DEGREE && coefficients(degree + 1) <= parameters) degree++;
  return degree;
}

const coefficients = (degree: number) => ((degree + 1) * (degree + 2)) / 2;

/** Products P_i(x) P_j(y), i + j ≤ degree, of Legendre polynomials: every polynomial in x and y of that total degree. */
export function polynomialFeatures(degree: number): Features {
  return {
    count: coefficients(degree),
    write(inputs, from, _, out) {
      const p = legendre(degree, inputs[from]);
      const q = legendre(degree, inputs[from + 1]);
      let at = 0;
      for (let i = 0; i <= degree; i++) for (let j = 0; i + j <= degree; j++) out[at++] = p[i] * q[j];
    },
  };
}

/** P_0(x) … P_degree(x): (n + 1) P_{n+1} = (2n + 1) x P_n - n P_{n-1}. */
function legendre(degree: number, x: number): Float64Array {
  const p = new Float64Array(degree + 2);
  p[0] = 1;
  p[1] = x;
  for (let n = 1; n < degree; n++) p[n + 1] = ((2 * n + 1) * x * p[n] - n * p[n - 1]) / (n + 1);
  return p;
}

/**
 * Linear least squares: W minimises  Σ (scale_row · φ_row · W_point - target_row,point)²  over all rows of the first factor and all
 * points of the other factors' product, one column of W for each point, φ being the features of the row. `train` and `test` share
 * their points. Returns the output on `test`, in parts.
 * @param ridge relative to the mean diagonal; where rounding takes a smaller one away it is the usual one
 */
export function* leastSquares(
  train: Dataset,
  test: Dataset,
  features: Features,
  ridge = RIDGE,
): Parts<Float64Array> {
  const rows = train.factors[0];
  const { count } = features;
  const points = train.target.length / rows.rows;
  const gram = new Float64Array(count * count);
  const right = new Float64Array(count * points);
  const phi = new Float64Array(count);
  for (let row = 0; row < rows.rows; row++) {
    scaledFeatures(features, rows, row, phi);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j <= i; j++) gram[i * count + j] += phi[i] * phi[j];
      for (let p = 0; p < points; p++) right[i * points + p] += phi[i] * train.target[row * points + p];
    }
    if (row % ROWS_OF_PART === ROWS_OF_PART - 1) yield;
  }
  const fitted = (relative: number) => ridgeSolve(gram, count, right, points, relative);
  const weights = fitted(ridge) ?? fitted(RIDGE);
  if (!weights)
    throw new RangeError(`${count} features cannot be fitted: they or the targets are not finite`);
  yield;
  const output = new Float64Array(test.target.length);
  for (let row = 0; row < test.factors[0].rows; row++) {
    scaledFeatures(features, test.factors[0], row, phi);
    for (let i = 0; i < count; i++)
      for (let p = 0; p < points; p++) output[row * points + p] += phi[i] * weights[i * points + p];
    if (row % ROWS_OF_PART === ROWS_OF_PART - 1) yield;
  }
  return output;
}

function scaledFeatures(
  features: Features,
  { inputs, width, scale }: FactorData,
  row: number,
  out: Float64Array,
) {
  features.write(inputs, row * width, width, out);
  for (let i = 0; i < out.length; i++) out[i] *= scale[row];
}

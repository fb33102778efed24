/**
 * Solves the symmetric tridiagonal system
 *
 *     off · x[i-1] + diagonal[i] · x[i] + off · x[i+1] = rhs[i] ,   x[-1] = x[n] = 0 ,
 *
 * by the Thomas algorithm: elimination without pivoting, safe for diagonally dominant systems. Writes x to
 * `out` (which may be `rhs`); `scratch` holds n numbers. Does not check for zero pivots: they show as
 * non-finite values.
 */
export function solveTridiagonal(
  diagonal: Float64Array,
  off: number,
  rhs: Float64Array,
  out: Float64Array,
  scratch: Float64Array,
): void {
  const n = diagonal.length;
  let above = 0;
  let previous = 0;
  for (let i = 0; i < n; i++) {
    const inverse = 1 / (diagonal[i] - off * above);
    above = off * inverse;
    previous = (rhs[i] - off * previous) * inverse;
    scratch[i] = above;
    out[i] = previous;
  }
  for (let i = n - 2; i >= 0; i--) out[i] -= scratch[i] * out[i + 1];
}

/**
 * Lower triangular L with L Lᵀ = A, n × n row by row, entries above the diagonal 0; undefined if A is not
 * numerically positive definite. Reads only the lower triangle of A.
 */
export function cholesky(a: Float64Array, n: number): Float64Array | undefined {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k];
      if (i !== j) l[i * n + j] = sum / l[j * n + j];
      else if (sum > 0) l[i * n + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return l;
}

/**
 * (A + αI)⁻¹ B for a symmetric A[n][n] and B[n][m], row by row; α is `ridge` times the mean of A's diagonal, or 1 where that is 0.
 * Undefined if that is not numerically positive definite.
 */
export function ridgeSolve(
  a: Float64Array,
  n: number,
  b: Float64Array,
  m: number,
  ridge: number,
): Float64Array | undefined {
  let mean = 0;
  for (let i = 0; i < n; i++) mean += a[i * n + i] / n;
  const ridged = a.slice();
  for (let i = 0; i < n; i++) ridged[i * n + i] += ridge * mean || 1;
  const l = cholesky(ridged, n);
  if (!l) return undefined;
  const x = b.slice();
  for (let i = 0; i < n; i++)
    for (let c = 0; c < m; c++) {
      let value = x[i * m + c];
      for (let k = 0; k < i; k++) value -= l[i * n + k] * x[k * m + c];
      x[i * m + c] = value / l[i * n + i];
    }
  for (let i = n - 1; i >= 0; i--)
    for (let c = 0; c < m; c++) {
      let value = x[i * m + c];
      for (let k = i + 1; k < n; k++) value -= l[k * n + i] * x[k * m + c];
      x[i * m + c] = value / l[i * n + i];
    }
  return x;
}

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

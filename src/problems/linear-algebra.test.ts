import { describe, expect, it } from 'vitest';
import { cholesky, solveTridiagonal } from './linear-algebra.ts';

describe('solveTridiagonal', () => {
  it('satisfies the equations, also in place', () => {
    const diagonal = Float64Array.of(3, 2.5, 4, 3.5, 2.1);
    const rhs = Float64Array.of(1, -2, 0.5, 3, -1);
    const x = rhs.slice();
    solveTridiagonal(diagonal, -0.7, x, x, new Float64Array(5));
    for (let i = 0; i < 5; i++) {
      expect(-0.7 * (x[i - 1] ?? 0) + diagonal[i] * x[i] - 0.7 * (x[i + 1] ?? 0)).toBeCloseTo(rhs[i], 14);
    }
  });
});

describe('cholesky', () => {
  it('factors a positive definite matrix', () => {
    const l = cholesky(Float64Array.of(4, 0, 0, 2, 10, 0, -2, 5, 14), 3);
    expect(Array.from(l!)).toEqual([2, 0, 0, 1, 3, 0, -1, 2, 3]);
  });

  it('refuses what is not positive definite', () => {
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
    expect(cholesky(Float64Array.of(Number.NaN), 1)).toBeUndefined();
  });
});

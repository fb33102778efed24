import { solveTridiagonal } from './linear-algebra.ts';

/**
 * Natural cubic spline through equispaced control values on an interval, at `count` equispaced points of it, both ends included.
 * One control value gives a constant; two a line.
 */
export function naturalSpline(values: ArrayLike<number>, count: number): Float64Array {
  const n = values.length;
  const out = new Float64Array(count);
  if (n === 1) return out.fill(values[0]);
  const inner = n - 2;
  // Second derivatives M in units of the spacing: M[i-1] + 4 M[i] + M[i+1] = 6 (v[i-1] - 2 v[i] + v[i+1]), M = 0 at the ends.
  const M = new Float64Array(n);
  if (inner > 0) {
    const right = Float64Array.from(
      { length: inner },
      (_, i) => 6 * (values[i] - 2 * values[i + 1] + values[i + 2]),
    );
    const solution = new Float64Array(inner);
    solveTridiagonal(new Float64Array(inner).fill(4), 1, right, solution, new Float64Array(inner));
    M.set(solution, 1);
  }
  for (let p = 0; p < count; p++) {
    const s = (p / (count - 1)) * (n - 1);
    const i = Math.min(n - 2, Math.floor(s));
    const b = s - i;
    const a = 1 - b;
    out[p] = a * values[i] + b * values[i + 1] + ((a ** 3 - a) * M[i] + (b ** 3 - b) * M[i + 1]) / 6;
  }
  return out;
}

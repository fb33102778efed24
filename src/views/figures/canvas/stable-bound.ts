import { quantile } from '../../../snn/statistics.ts';
import { niceBound } from './ticks.ts';

const STEPS = [1, 2, 5, 10];
/** A bound shrinks only once the field would fill this share of the smaller one. */
const SHRINK = 0.62;

/**
 * Bound of a symmetric range that follows `size` (the field's largest absolute value) in steps of 1, 2, 5 without
 * flickering: it grows as soon as the field leaves it, and shrinks only when the field fits well into a smaller one.
 */
export function stableBound(current: number | undefined, size: number): number {
  if (!Number.isFinite(size)) return current ?? 1;
  if (current === undefined || size > current) return niceBound(size, STEPS);
  const smaller = niceBound(size / SHRINK, STEPS);
  return smaller < current ? smaller : current;
}

/** The `share` quantile of |values|: a size that single outliers do not decide. */
export function absoluteQuantile(values: ArrayLike<number>, share: number): number {
  return values.length > 0 ? quantile(Float64Array.from(values, Math.abs), share) : 0;
}

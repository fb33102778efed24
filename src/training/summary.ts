/** Median, smallest and largest of some errors; a run that diverged counts as infinite. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** Median of numbers, infinite ones included; the mean of the middle two when their count is even. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Summary of the errors of several runs; null stands for a run that diverged. */
export function summarise(errors: readonly (number | null)[]): Summary {
  const values = errors.map((error) => error ?? Number.POSITIVE_INFINITY);
  return {
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    count: values.length,
  };
}

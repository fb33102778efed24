/** Median of numbers, infinite ones included; the mean of the middle two when their count is even, NaN of none. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The least value at which half of the weight is reached, NaN of none. */
export function weightedMedian(
  entries: readonly { readonly value: number; readonly weight: number }[],
): number {
  const sorted = [...entries].sort((a, b) => a.value - b.value);
  let remaining = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  const entry = sorted.find(({ weight }) => {
    remaining -= weight;
    return remaining <= 0;
  });
  return entry?.value ?? Number.NaN;
}

/** The value at `share` of the way, from 0 to 1, through the sorted numbers, to the nearest one; NaN of none. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? Number.NaN : sorted[Math.round(share * (sorted.length - 1))];
}

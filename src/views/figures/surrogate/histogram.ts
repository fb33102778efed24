export interface Histogram {
  /** Share of all values in each of the equal bins of [from, to]. */
  readonly shares: Float64Array;
  readonly from: number;
  readonly to: number;
  /** Shares of the values beyond the ends. */
  readonly below: number;
  readonly above: number;
  readonly count: number;
}

/** Counts `values` minus `offset` into `bins` bins; the last bin includes its upper end. */
export function histogram(
  values: Iterable<ArrayLike<number>>,
  offset: number,
  from: number,
  to: number,
  bins: number,
): Histogram {
  const shares = new Float64Array(bins);
  let below = 0;
  let above = 0;
  let count = 0;
  for (const part of values) {
    for (let k = 0; k < part.length; k++) {
      const x = part[k] - offset;
      count++;
      if (x < from) below++;
      else if (x > to) above++;
      else shares[Math.min(bins - 1, Math.floor(((x - from) / (to - from)) * bins))]++;
    }
  }
  const total = Math.max(1, count);
  return {
    shares: shares.map((n) => n / total),
    from,
    to,
    below: below / total,
    above: above / total,
    count,
  };
}

/** Share of the values with |value - offset| ≤ distance. */
export function shareWithin(values: Iterable<ArrayLike<number>>, offset: number, distance: number): number {
  let inside = 0;
  let count = 0;
  for (const part of values) {
    for (let k = 0; k < part.length; k++) if (Math.abs(part[k] - offset) <= distance) inside++;
    count += part.length;
  }
  return count > 0 ? inside / count : 0;
}

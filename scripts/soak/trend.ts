/** Whether something that was measured again and again grows. */
export interface Trend {
  /** Median of what was measured. */
  readonly level: number;
  /** Theil–Sen slope, per hour. */
  readonly perHour: number;
  /** Lower end of the slope's two-sided 95 % interval (Sen 1968), per hour. */
  readonly least: number;
  readonly grows: boolean;
}

/** Slope of which an hour is no more than this part of the level: not a leak that a lecture would notice. */
const SMALL = 0.03;
/** 97.5 % quantile of the normal distribution. */
const Z = 1.96;

/**
 * Trend of `values` over `hours`, both of one length. Something grows where its slope is certainly over 0 and an hour of it is more
 * than 3 % of its level. Half of the values may be anything: what a view takes while it is open is no trend.
 *
 * @throws RangeError for fewer than 4 values, which have no interval
 */
export function trendOf(hours: readonly number[], values: readonly number[]): Trend {
  const n = values.length;
  if (n < 4 || hours.length !== n)
    throw new RangeError(`${n} values: at least 4 are needed, each with its time`);
  const slopes: number[] = [];
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++)
      if (hours[j] !== hours[i]) slopes.push((values[j] - values[i]) / (hours[j] - hours[i]));
  slopes.sort((a, b) => a - b);
  // Kendall's S of independent values has this variance; Sen's interval counts slopes from both ends by it.
  const spread = Z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const lower = Math.max(0, Math.floor((slopes.length - spread) / 2));
  const level = median(values);
  const perHour = median(slopes);
  const least = slopes[lower];
  return { level, perHour, least, grows: least > 0 && perHour > SMALL * Math.abs(level) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  return (sorted[Math.floor(last / 2)] + sorted[Math.ceil(last / 2)]) / 2;
}

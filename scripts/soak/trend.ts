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
 * Trend of `values` over `hours`, from slopes between what was measured at one and the same `place`: seasonal Kendall test, with
 * Sen's slope (Hirsch, Slack and Smith 1982). A view that takes more than another is then no trend, wherever in the tour the
 * measurements begin and end. Something grows where its slope is certainly over 0 and an hour of it is more than 3 % of its level.
 *
 * @throws RangeError where fewer than 4 values can be compared, which have no interval
 */
export function trendOf(
  hours: readonly number[],
  values: readonly number[],
  places: readonly string[] = values.map(() => ''),
): Trend {
  const slopes: number[] = [];
  const counts = new Map<string, number>();
  values.forEach((value, i) => {
    counts.set(places[i], (counts.get(places[i]) ?? 0) + 1);
    for (let j = 0; j < i; j++)
      if (places[j] === places[i] && hours[j] !== hours[i])
        slopes.push((value - values[j]) / (hours[i] - hours[j]));
  });
  const compared = [...counts.values()].filter((n) => n > 1);
  const n = compared.reduce((sum, count) => sum + count, 0);
  if (n < 4 || hours.length !== values.length)
    throw new RangeError(`${n} values of places measured twice: at least 4 are needed, each with its time`);
  slopes.sort((a, b) => a - b);
  // Kendall's S of independent values has this variance; Sen's interval counts slopes from both ends by it.
  const variance = compared.reduce((sum, n) => sum + (n * (n - 1) * (2 * n + 5)) / 18, 0);
  const spread = Z * Math.sqrt(variance);
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

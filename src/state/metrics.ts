import { type Metric, MOST_METRICS } from '../training/saved-run.ts';

/** Both, by step; beyond `MOST_METRICS` every other live one is dropped. */
export function mergeMetrics(metrics: readonly Metric[], newer: readonly Metric[]): Metric[] {
  const all = [...metrics];
  for (const metric of newer) {
    const at = all.findIndex((m) => m.step === metric.step && m.grid === metric.grid);
    if (at >= 0) all[at] = metric;
    else all.push(metric);
  }
  all.sort((a, b) => a.step - b.step);
  return all.length > MOST_METRICS ? thin(all) : all;
}

/** A live error this much below all before it is kept: when an error was first reached stays known. */
const RECORD = 0.99;

function thin(metrics: readonly Metric[]): Metric[] {
  let least = Number.POSITIVE_INFINITY;
  return metrics.filter(({ grid, value }, i) => {
    const record = grid === 'coarse' && value <= RECORD * least;
    if (record) least = value;
    return record || i % 2 === 0 || grid === 'stated';
  });
}

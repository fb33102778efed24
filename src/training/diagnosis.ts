import type { Trace } from './engine.ts';
import type { Finding, LayerActivity, RunObservation } from './findings/finding.ts';
import { layers } from './findings/layers.ts';
import { plateau } from './findings/plateau.ts';
import { divergence, runaway } from './findings/rate-too-large.ts';

export type { Finding, LayerActivity, Remedy, RunObservation } from './findings/finding.ts';
export { allSound } from './findings/layers.ts';

/** Activity of every hidden layer of one factor, from the rates of some rows. */
export function activityOf(trace: Trace, factor: number, widths: readonly number[]): LayerActivity[] {
  return trace.rates.map((rates, depth) => {
    const width = widths[depth];
    const rows = rates.length / width;
    let sum = 0;
    let silent = 0;
    let saturated = 0;
    for (let j = 0; j < width; j++) {
      let total = 0;
      for (let row = 0; row < rows; row++) total += rates[row * width + j];
      sum += total / rows;
      if (total === 0) silent++;
      if (total > rows * (1 - 1e-6)) saturated++;
    }
    return { factor, depth, firingRate: sum / width, silent: silent / width, saturated: saturated / width };
  });
}

/** What is wrong with a run, worst first; empty when nothing is. */
export function diagnose(run: RunObservation): Finding[] {
  // A loss that ran away silences layers, not the other way round.
  const findings = [divergence(run), runaway(run), ...layers(run), plateau(run)];
  return findings.filter((finding): finding is Finding => finding !== undefined);
}

import type { LaneState } from '../../../state/lane-store.ts';
import type { Metric } from '../../../worker/protocol.ts';

/** Latest error of the network with all its neurons on a grid: errors on other points say nothing beside it. */
export function lastWhole(metrics: readonly Metric[], grid: Metric['grid']): Metric | undefined {
  return metrics.filter((metric) => metric.grid === grid).at(-1);
}

/** What silencing does to the error: “relative L2 0.031 → 0.24”. */
export function silencingEffect({
  prediction,
  metrics,
  view,
}: Pick<LaneState, 'prediction' | 'metrics' | 'view'>): string {
  const count = view.silenced.length;
  if (!prediction) return '';
  const shown = precise(prediction.error);
  if (count === 0) return `relative L2 ${shown} with all neurons`;
  const whole = lastWhole(metrics, prediction.grid);
  const who = count === 1 ? '' : ` with ${count} neurons silenced`;
  if (!whole) return `relative L2 ${shown}${who}`;
  const since = whole.step === prediction.step ? '' : ` (was at step ${whole.step})`;
  return `relative L2 ${precise(whole.value)} → ${shown}${who}${since}`;
}

function precise(value: number): string {
  return value < 0.001 || value >= 100 ? value.toExponential(1) : String(value.toPrecision(2));
}

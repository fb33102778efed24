import type { LaneState } from '../../state/lane-store.ts';
import { methodName } from '../../training/config.ts';
import { paperFigure } from '../../training/presets.ts';
import { formatCount, formatError } from '../format.ts';

type Run = Pick<LaneState, 'config' | 'changes' | 'losses' | 'metrics' | 'end'>;

/** The curves in words. */
export function describeCurves({ config, changes, losses, metrics, end }: Run): string {
  const method = methodName(config);
  if (metrics.length === 0)
    return end === 0
      ? 'Curves of relative L2 error and loss: no step has been done yet.'
      : `Curves over ${formatCount(end)} training steps with ${method}: no error has been measured yet.`;
  const first = metrics[0];
  const last = metrics[metrics.length - 1];
  const best = metrics.reduce((least, metric) => (metric.value < least.value ? metric : least));
  const paper = paperFigure(config);
  return [
    `Curves over ${formatCount(end)} training steps with ${method}.`,
    `Relative L2 error from ${formatError(first.value)} at step ${formatCount(first.step)} to`,
    `${formatError(last.value)} at step ${formatCount(last.step)},`,
    `least ${formatError(best.value)} at step ${formatCount(best.step)};`,
    paper === undefined ? 'the paper reports no figure.' : `the paper reports ${formatError(paper)}.`,
    losses.length > 0
      ? `Loss from ${formatError(losses.values[0])} to ${formatError(losses.values[losses.length - 1])}.`
      : '',
    ...changes.map((change) => `${change.method} from step ${formatCount(change.step)} on.`),
  ]
    .filter(Boolean)
    .join(' ');
}

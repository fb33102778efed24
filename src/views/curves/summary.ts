import type { LaneState } from '../../state/lane-store.ts';
import { paperStanding } from '../../training/paper.ts';
import { formatCount, formatError } from '../format.ts';
import { MEASURES } from '../measures.ts';
import { changeSentence, paperSentence, runName } from '../run-words.ts';
import { lossText } from './series.ts';

type SummaryHistory = Pick<LaneState, 'log' | 'changes' | 'losses' | 'metrics' | 'end'>;

/** The curves in words. */
export function describeCurves({ log, changes, losses, metrics, end }: SummaryHistory): string {
  const method = runName(log);
  if (metrics.length === 0)
    return end === 0
      ? 'Curves of relative L2 error and loss: no step has been done yet.'
      : `Curves over ${formatCount(end)} training step${end === 1 ? '' : 's'} with ${method}: no error has been measured yet.`;
  // One measure at a time: errors on other points are no part of the same curve.
  const [live, rest] = (['coarse', 'stated'] as const).map((grid) => metrics.filter((m) => m.grid === grid));
  const curve = live.length > 0 ? live : rest;
  const first = curve[0];
  const last = curve[curve.length - 1];
  const best = curve.reduce((least, metric) => (metric.value < least.value ? metric : least));
  return [
    `Curves over ${formatCount(end)} training step${end === 1 ? '' : 's'} with ${method}.`,
    `Relative L2 error, ${MEASURES[first.grid]}, from ${formatError(first.value)} at step ${formatCount(first.step)} to`,
    `${formatError(last.value)} at step ${formatCount(last.step)},`,
    `least ${formatError(best.value)} at step ${formatCount(best.step)};`,
    curve === live && rest.length > 0
      ? `at rest ${formatError(rest[rest.length - 1].value)} at step ${formatCount(rest[rest.length - 1].step)};`
      : '',
    `${paperSentence(paperStanding(log))}.`,
    losses.length > 0 ? `Loss from ${lossText(losses, 0)} to ${lossText(losses, losses.length - 1)}.` : '',
    ...changes.map(changeSentence),
  ]
    .filter(Boolean)
    .join(' ');
}

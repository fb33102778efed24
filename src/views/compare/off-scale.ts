import type { LaneState } from '../../state/lane-store.ts';

/** Relative L2 error beyond which a lane only shows that it has left: its numbers would ruin the scales that all share. */
const ABSURD = 10;

const isAbsurd = (error: number) => !(error <= ABSURD);

/** Why the lane's present output is left out of what all lanes share. */
export function offScaleNow(
  run: Pick<LaneState, 'divergedAt' | 'prediction'>,
): 'diverged' | 'off the scale' | undefined {
  if (run.divergedAt !== undefined) return 'diverged';
  const { prediction } = run;
  return prediction && isAbsurd(prediction.error) ? 'off the scale' : undefined;
}

/** Why the lane's curves are left out of the ranges of the chart. */
export function offScaleOnce(
  run: Pick<LaneState, 'divergedAt' | 'metrics'>,
): 'diverged' | 'off the scale' | undefined {
  if (run.divergedAt !== undefined) return 'diverged';
  return run.metrics.some(({ value }) => isAbsurd(value)) ? 'off the scale' : undefined;
}

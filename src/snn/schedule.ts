/** constant: η. cosine: from η to φη along half a cosine. exponential: η φ^(step/steps). φ is the final fraction. */
export type ScheduleKind = 'constant' | 'cosine' | 'exponential';

/** Learning rate η at the start, and how it falls over the steps. */
export interface ScheduleSpec {
  readonly kind: ScheduleKind;
  readonly startRate: number;
  readonly steps: number;
  readonly finalFraction: number;
}

/** Learning rate of step 0, 1, 2 …; after the schedule's last step the last rate is kept. */
export function learningRate(schedule: ScheduleSpec, step: number): number {
  const { kind, startRate, finalFraction } = schedule;
  const progress = Math.min(1, step / schedule.steps);
  if (kind === 'constant') return startRate;
  if (kind === 'exponential') return startRate * finalFraction ** progress;
  return startRate * (finalFraction + ((1 - finalFraction) * (1 + Math.cos(Math.PI * progress))) / 2);
}

import type { LaneState } from './lane-store.ts';

/** Where a comparison stands and how far it can be sought: lanes that rest, held or diverged, do not keep the others from it. */
export function lanesMoment(lanes: readonly Pick<LaneState, 'step' | 'end'>[]) {
  return {
    step: Math.max(...lanes.map(({ step }) => step)),
    end: Math.max(...lanes.map(({ end }) => end)),
  };
}

/** What a lane that does not train rests at, in words; undefined for one that trains. */
export function restOf({ step, held, divergedAt }: Pick<LaneState, 'step' | 'held' | 'divergedAt'>) {
  if (divergedAt !== undefined) return `diverged at step ${divergedAt.toLocaleString('en-US')}`;
  return held ? `held at step ${step.toLocaleString('en-US')}` : undefined;
}

import { useEffect, useState } from 'react';
import type { LaneState, LaneStore } from '../../../state/lane-store.ts';
import { absoluteQuantile, stableBound } from '../canvas/stable-bound.ts';
import { predictionFields } from './fields.ts';

/** Share of the points whose error lies inside the range; the colours of the others stay at its ends. */
const INSIDE = 0.995;

/** Bound of the error's range for what the lane shows, after `current`. */
function errorBound(state: LaneState, current?: number): number | undefined {
  const fields = predictionFields(state);
  return fields ? stableBound(current, absoluteQuantile(fields.error.values, INSIDE)) : current;
}

/** The same as the run goes on: follows the error in rare steps, and is never coarser than the target's range. */
export function useErrorBound(lane: LaneStore, largest: number): number {
  const [bound, setBound] = useState(() => errorBound(lane.getInitialState()));
  useEffect(() => {
    let lastInput: unknown;
    const follow = () => {
      const state = lane.getState();
      if (state.prediction === lastInput) return;
      lastInput = state.prediction;
      setBound((current) => errorBound(state, current));
    };
    follow();
    return lane.subscribe(follow);
  }, [lane]);
  return Math.min(bound ?? largest, largest);
}

import { useMemo } from 'react';
import { stableBound } from '../figures/canvas/stable-bound.ts';
import { errorRange } from '../figures/scale-lock.ts';
import { errorOf } from '../operator/answer.ts';
import { largest } from '../operator/curve.ts';
import { useForcing } from '../operator/forcing-context.ts';
import type { Bounds } from './LaneCard.tsx';
import type { ShownLane } from './lane-names.ts';
import { offScaleNow } from './off-scale.ts';

/** Bounds of answer and error that the lanes of an operator experiment share: of the largest of those that did not leave. */
export function useOperatorBounds(lanes: readonly ShownLane[]): Bounds {
  const forcing = useForcing();
  return useMemo(() => {
    let [output, error]: (number | undefined)[] = [];
    const whole = () => {
      output = stableBound(output, Math.max(1e-6, 1.02 * largest(forcing.store.getState().exact)));
      return output;
    };
    return {
      output: whole,
      error: () => {
        const forcingState = forcing.store.getState();
        let most = 1e-6;
        for (const { lane } of lanes)
          if (!offScaleNow(lane.getState()))
            most = Math.max(most, largest(errorOf(lane.getState(), forcingState)));
        error = stableBound(error, most);
        return errorRange(error, whole());
      },
    };
  }, [lanes, forcing]);
}

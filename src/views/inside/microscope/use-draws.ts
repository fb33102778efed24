import { useCallback, useEffect, useState } from 'react';
import type { Estimator } from '../../../worker/estimated.ts';
import type { MicroscopeSetup } from '../../../worker/lane-microscope.ts';
import { useScoped, useScopeLane } from './scope-lane.ts';

/** What has been drawn at the weights under the microscope. */
export interface Draws {
  readonly setup?: MicroscopeSetup;
  readonly cosines: readonly number[];
  /** [draw][layer] */
  readonly layerCosines: readonly (readonly number[])[];
  readonly accumulated: readonly number[];
  readonly fault?: string;
}

const NONE: Draws = { cosines: [], layerCosines: [], accumulated: [] };

/**
 * Takes the run's weights under the microscope and draws estimates, a few at a time so that training and controls stay live.
 * The weights stay until `again` is called, the estimator changes, or the run has other settings.
 */
export function useDraws(estimator: Estimator | undefined): Draws & { readonly again: () => void } {
  const { ask } = useScopeLane();
  const data = useScoped((state) => state.data);
  // Every message brings the settings anew: they are the same as long as they read the same.
  const settings = useScoped((state) => JSON.stringify(state.config));
  const [looks, setLooks] = useState(0);
  const [draws, setDraws] = useState<Draws>(NONE);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new look, other settings or other data begin anew
  useEffect(() => {
    if (!data || !estimator) return;
    let current = true;
    const look = async () => {
      const setup = await ask({ part: 'open', estimator });
      let draws: Draws = { ...NONE, setup };
      while (current) {
        setDraws(draws);
        const left = setup.draws - draws.cosines.length;
        if (left <= 0) return;
        const more = await ask({ part: 'draw', most: left });
        draws = {
          setup,
          cosines: [...draws.cosines, ...more.cosines],
          layerCosines: [...draws.layerCosines, ...more.layerCosines],
          accumulated: [...draws.accumulated, ...more.accumulated],
        };
      }
    };
    look().catch((error: Error) => current && setDraws({ ...NONE, fault: error.message }));
    return () => {
      current = false;
    };
  }, [ask, settings, data, estimator, looks]);
  return { ...draws, again: useCallback(() => setLooks((n) => n + 1), []) };
}

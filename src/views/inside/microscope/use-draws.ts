import { useCallback, useEffect, useState } from 'react';
import type { LaneStore } from '../../../state/lane-store.ts';
import type { Estimator } from '../../../worker/estimated.ts';
import type { MicroscopeSetup } from '../../../worker/lane-microscope.ts';
import { useScoped, useScopeLane } from './scope-lane.ts';

/** What has been drawn at the weights under the microscope. */
export interface Draws {
  readonly setup?: MicroscopeSetup;
  /** Draws that are taken at these weights. */
  readonly most: number;
  readonly cosines: readonly number[];
  /** [draw][layer] */
  readonly layerCosines: readonly (readonly number[])[];
  readonly accumulated: readonly number[];
  readonly fault?: string;
}

/** One look that is done: mean cosines at the weights of a step. */
export interface Look {
  readonly step: number;
  /** Of each layer; undefined where BP's gradient is zero. */
  readonly layers: readonly (number | undefined)[];
}

const NONE: Draws = { most: 0, cosines: [], layerCosines: [], accumulated: [] };
/** Draws of a look while the run is followed, and least time in ms between two of them. */
const FOLLOWED_DRAWS = 32;
const FOLLOW_MS = 400;

function lookOf({ step, norms }: MicroscopeSetup, layerCosines: Draws['layerCosines']): Look {
  const mean = (layer: number) =>
    layerCosines.reduce((sum, cosines) => sum + cosines[layer], 0) / layerCosines.length;
  return { step, layers: norms.map((norm, layer) => (norm > 0 ? mean(layer) : undefined)) };
}

/** Resolves once a lane is at another step, at the earliest after a while, or when it is given up. */
async function moved(lane: LaneStore, step: number, given: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, FOLLOW_MS));
  if (lane.getState().step !== step || given.aborted) return;
  await new Promise<void>((resolve) => {
    const stop = () => {
      unsubscribe();
      resolve();
    };
    const unsubscribe = lane.subscribe((state) => state.step !== step && stop());
    given.addEventListener('abort', stop);
  });
}

/**
 * Takes the run's weights under the microscope and draws estimates, a few at a time so that training and controls stay live.
 * The weights stay until `again` is called, the estimator changes, or the run has other settings; `follow` takes new ones as
 * the run goes on. `looks` has those that are done, in the order of their steps, as long as estimator and settings are the same.
 */
export function useDraws(
  estimator: Estimator | undefined,
  follow: boolean,
): Draws & { readonly again: () => void; readonly looks: readonly Look[] } {
  const { lane, ask } = useScopeLane();
  const data = useScoped((state) => state.data);
  // Every message brings the settings anew: they are the same as long as they read the same.
  const settings = useScoped((state) => JSON.stringify(state.config));
  const [count, setCount] = useState(0);
  const [draws, setDraws] = useState<Draws>(NONE);
  const [looks, setLooks] = useState<readonly Look[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other settings, data or estimates begin anew
  useEffect(() => setLooks([]), [ask, settings, data, estimator]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new look, other settings or other data begin anew
  useEffect(() => {
    if (!data || !estimator) return;
    const given = new AbortController();
    const look = async () => {
      while (!given.signal.aborted) {
        const setup = await ask({ part: 'open', estimator });
        const most = follow ? FOLLOWED_DRAWS : setup.draws;
        let draws: Draws = { ...NONE, setup, most };
        while (draws.cosines.length < most) {
          // What is followed is shown whole: figures would be empty most of the time.
          if (!follow && !given.signal.aborted) setDraws(draws);
          const more = await ask({ part: 'draw', most: most - draws.cosines.length });
          if (given.signal.aborted) return;
          draws = {
            ...{ setup, most },
            cosines: [...draws.cosines, ...more.cosines],
            layerCosines: [...draws.layerCosines, ...more.layerCosines],
            accumulated: [...draws.accumulated, ...more.accumulated],
          };
        }
        setDraws(draws);
        const done = lookOf(setup, draws.layerCosines);
        setLooks((before) => [...before.filter(({ step }) => step < done.step), done]);
        if (!follow) return;
        await moved(lane, setup.step, given.signal);
      }
    };
    look().catch((error: Error) => !given.signal.aborted && setDraws({ ...NONE, fault: error.message }));
    return () => given.abort();
  }, [ask, settings, data, estimator, count, follow]);
  return { ...draws, looks, again: useCallback(() => setCount((n) => n + 1), []) };
}

import { useEffect, useState } from 'react';
import { useLane, usePlayground } from '../../context.ts';
import { latestWins } from '../../latest-wins.ts';
import { networkOf } from '../network-of.ts';

const REST_MS = 1000;

/** Rates of one hidden layer over the coarse grid, [row][neuron]; asked for again as training goes on. */
export function useRates(factor: number, depth: number): Float32Array | undefined {
  const { lane, actions } = usePlayground();
  const [rates, setRates] = useState<{ readonly key: string; readonly values: Float32Array }>();
  // Another network's layer of the same name has other neurons and inputs.
  const key = useLane(({ config }) =>
    JSON.stringify([config.experiment, networkOf(config).widths, factor, depth]),
  );

  useEffect(() => {
    let request: string | undefined;
    let stopped = false;
    const ask = latestWins(
      async () => {
        try {
          const values = await actions.rates(factor, depth);
          if (!stopped) setRates({ key, values });
        } catch {
          // The worker was restarted or the network changed: the next change asks again.
        }
      },
      { rest: REST_MS },
    );
    const follow = () => {
      const { step, view, config } = lane.getState();
      const state = JSON.stringify([step, view.silenced, view.inferenceT, config]);
      if (state === request) return;
      request = state;
      ask(undefined);
    };
    follow();
    const stop = lane.subscribe(follow);
    return () => {
      stopped = true;
      stop();
    };
  }, [lane, actions, factor, depth, key]);
  return rates?.key === key ? rates.values : undefined;
}

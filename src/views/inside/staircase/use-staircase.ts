import { useEffect, useState } from 'react';
import type { Staircase } from '../../../worker/protocol.ts';
import { useApp, useLane, usePlayground } from '../../context.ts';

/** Rest in ms between two measurements while training goes on. */
const REST_MS = 1500;

/** Errors for several T, the same list from call to call: of the stated grid when training rests, of the coarse one now and then while it goes on. */
export function useStaircase(times: readonly number[]): {
  readonly staircase?: Staircase;
  readonly fault?: string;
} {
  const { actions, lane } = usePlayground();
  const playing = useApp((state) => state.status === 'playing');
  const { data, config, silenced, resting } = useLane((state) => ({
    data: state.data,
    config: state.config,
    silenced: state.view.silenced,
    resting: playing ? undefined : state.step,
  }));
  const [answer, setAnswer] = useState<{ staircase?: Staircase; fault?: string }>({});

  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer depends on what is shown and where the run stands
  useEffect(() => {
    if (!data) return;
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const measure = async () => {
      try {
        const staircase = await actions.staircase(times, playing ? 'coarse' : 'stated');
        if (current) setAnswer({ staircase });
      } catch (error) {
        if (current) setAnswer({ fault: error instanceof Error ? error.message : String(error) });
      }
      if (current && playing) timer = setTimeout(measure, REST_MS);
    };
    void measure();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [actions, lane, times, data, config, silenced, playing, resting]);
  return answer;
}

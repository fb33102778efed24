import { useEffect, useState } from 'react';
import type { CountedMethod } from '../../../training/cost-beside.ts';
import type { LaneCost } from '../../../worker/lane-cost.ts';
import { useApp, useLane, usePlayground } from '../../context.ts';

/** Rest in ms between two counts while training goes on: the spikes change with the weights. */
const REST_MS = 2000;

interface Counted {
  readonly answer?: LaneCost;
  /** The same step by BP, RFG and WP. */
  readonly methods?: readonly CountedMethod[];
  readonly fault?: string;
}

/** What the next step costs: counted anew when settings change or training rests, and now and then while it goes on. */
export function useStepCost(): Counted {
  const { actions } = usePlayground();
  const playing = useApp((state) => state.status === 'playing');
  const settings = useLane((state) => JSON.stringify(state.config));
  const data = useLane((state) => state.data);
  const resting = useLane((state) => (playing ? undefined : state.step));
  const [counts, setCounts] = useState<Counted>({});

  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer depends on settings, data and where the run stands
  useEffect(() => {
    if (!data) return;
    let current = true;
    let compared = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = async () => {
      try {
        const answer = await actions.cost();
        if (current) setCounts((before) => ({ answer, methods: before.methods }));
        if (current && !compared) {
          const methods = await actions.costOfMethods();
          compared = true;
          if (current) setCounts({ answer, methods });
        }
      } catch (error) {
        if (current) setCounts({ fault: error instanceof Error ? error.message : String(error) });
      }
      if (current && playing) timer = setTimeout(count, REST_MS);
    };
    void count();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [actions, settings, data, playing, resting]);
  return counts;
}

import { useEffect, useState } from 'react';
import type { Config } from '../../../training/config.ts';
import type { ExplainedStep } from '../../../training/explain.ts';
import { useApp, useLane, usePlayground } from '../../context.ts';

interface Explanation {
  readonly explained?: ExplainedStep;
  /** Configuration of the step that is explained. */
  readonly config: Config;
  readonly playing: boolean;
  readonly fault?: string;
}

/** The next training step taken apart, asked for anew whenever training rests somewhere else. */
export function useExplained(): Explanation {
  const { actions } = usePlayground();
  const playing = useApp((state) => state.status === 'playing');
  const { step, config, data } = useLane((state) => ({
    step: state.step,
    config: state.config,
    data: state.data,
  }));
  const [answer, setAnswer] = useState<{ explained?: ExplainedStep; config: Config; fault?: string }>({
    config,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer depends on where the run stands
  useEffect(() => {
    if (playing || !data) return;
    let current = true;
    actions.explain().then(
      (explained) => current && setAnswer({ explained, config }),
      (error: Error) => current && setAnswer({ config, fault: error.message }),
    );
    return () => {
      current = false;
    };
  }, [actions, playing, step, config, data]);
  return { ...answer, playing };
}

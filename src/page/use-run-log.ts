import { useMemo } from 'react';
import { runLog } from '../state/run-log.ts';
import type { RunLog } from '../training/paper.ts';
import { useApp, useLane } from '../views/context.ts';

/** Configurations that the network shown was trained under, its first one first. */
export function useRunLog(): RunLog {
  const config = useApp((state) => state.config);
  // Steps between changes make no difference, except for a change that is not answered yet.
  const { log, past, step } = useLane((state) => ({
    log: state.log,
    past: state.log.filter((change) => change.step <= state.step).length,
    step: state.step,
  }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: it changes with the number of changes passed, not with every step
  return useMemo(() => runLog({ log }, step, config), [log, past, step === 0, config]);
}

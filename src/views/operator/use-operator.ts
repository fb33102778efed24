import type { Operator } from '../../experiments/experiment.ts';
import { EXPERIMENTS } from '../../experiments/table.ts';
import { useLane } from '../context.ts';

/** The equation of the lane's experiment. To be used only where there is one. */
export function useOperator(): Operator {
  const { operator } = useLane((lane) => EXPERIMENTS[lane.config.experiment]);
  if (!operator) throw new Error('this experiment has no equation');
  return operator;
}

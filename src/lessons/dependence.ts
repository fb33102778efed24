import type { ExperimentName } from '../training/config.ts';
import type { MethodResult } from './measured.ts';

/** A setting that figures were measured under, all others being the recipe's. */
interface Condition {
  /** As in `MethodResult.changes`; empty: the recipe itself. */
  readonly changes: string;
  readonly text: string;
}

/** The methods whose dependence on settings was measured. */
export const DEPENDENCE_METHODS = ['SG-BP', 'SG-RFG-L', 'SG-RFG-G'] as const;

/** What the errors with the recipe `paper` were measured under, one factor at a time. */
const CONDITIONS: Partial<Record<ExperimentName, readonly Condition[]>> = {
  poisson: [
    { changes: '', text: 'as in the table' },
    { changes: 'boundary=soft', text: 'soft boundary instead of hard' },
    { changes: 'perFunctionScale=false', text: 'without the per-function scale' },
    { changes: 'lengthScale=0.2', text: 'ℓ = 0.2 instead of 0.5: rougher forcings' },
    { changes: 'lengthScale=1', text: 'ℓ = 1 instead of 0.5: smoother forcings' },
    {
      changes: 'law=rademacher hold=1',
      text: 'i.i.d. ±1 directions and fresh batches instead of Hadamard ones and held batches',
    },
  ],
  'reaction-diffusion': [
    { changes: '', text: 'as in the table' },
    { changes: 'boundary=soft', text: 'soft boundary instead of hard' },
  ],
};

export const conditionsOf = (experiment: ExperimentName): readonly Condition[] =>
  CONDITIONS[experiment] ?? [];

interface DependenceRow extends Condition {
  /** In the order of DEPENDENCE_METHODS; undefined where the condition changes nothing for a method, or was not measured. */
  readonly cells: readonly (MethodResult | undefined)[];
}

/** The measured figures under each condition; conditions without any are left out. */
export function dependenceOf(experiment: ExperimentName, measured: readonly MethodResult[]): DependenceRow[] {
  return conditionsOf(experiment)
    .map((condition) => ({
      ...condition,
      cells: DEPENDENCE_METHODS.map((method) =>
        measured.find(
          (row) =>
            row.experiment === experiment &&
            row.recipe === 'paper' &&
            row.method === method &&
            (row.changes ?? '') === condition.changes,
        ),
      ),
    }))
    .filter(({ cells }) => cells.some(Boolean));
}

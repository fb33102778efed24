import type { ExperimentName } from '../training/config.ts';
import type { Measured } from './measured.ts';

/** A setting that figures were measured under, all others being the recipe's. */
export interface Condition {
  /** As in `Measured.changes`; empty: the recipe itself. */
  readonly changes: string;
  readonly text: string;
}

/** The methods whose dependence on settings was measured. */
export const DEPENDENCE_METHODS = ['SG-BP', 'SG-RFG-L', 'SG-RFG-G'] as const;

/** What the errors with the recipe `paper` were measured under, one factor at a time. */
export const CONDITIONS: Record<ExperimentName, readonly Condition[]> = {
  hat: [],
  poisson: [
    {
      changes: '',
      text: 'as in the table: hard boundary, ℓ = 0.5, per-function scale, Hadamard directions with held batches (RFG)',
    },
    { changes: 'boundary=soft', text: 'soft boundary: no boundary factor' },
    { changes: 'perFunctionScale=false', text: 'without the per-function scale' },
    {
      changes: 'perFunctionScale=false lossWeight=absolute',
      text: 'without the per-function scale, and with the plain loss: large functions weigh more',
    },
    { changes: 'lengthScale=0.2', text: 'rougher forcings: ℓ = 0.2' },
    { changes: 'lengthScale=1', text: 'smoother forcings: ℓ = 1' },
    { changes: 'law=rademacher hold=1', text: 'i.i.d. ±1 directions with a fresh batch each step' },
  ],
  'reaction-diffusion': [
    { changes: '', text: 'as in the table: hard boundary' },
    { changes: 'boundary=soft', text: 'soft boundary: no boundary factor' },
  ],
};

export interface DependenceRow extends Condition {
  /** In the order of DEPENDENCE_METHODS; undefined where the condition changes nothing for a method, or was not measured. */
  readonly cells: readonly (Measured | undefined)[];
}

/** The measured figures under each condition; conditions without any are left out. */
export function dependenceOf(experiment: ExperimentName, measured: readonly Measured[]): DependenceRow[] {
  return CONDITIONS[experiment]
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

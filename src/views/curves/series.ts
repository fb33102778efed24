import type { Table } from '../../io/csv.ts';
import type { LaneState, MethodChange } from '../../state/lane-store.ts';
import type { LossSeries } from '../../state/loss-series.ts';
import { methodName } from '../../training/config.ts';
import type { Metric } from '../../worker/protocol.ts';
import { formatError } from '../format.ts';
import { MEASURES } from '../measures.ts';

/** One step of the run as a row of the table. */
interface Row {
  readonly step: number;
  readonly method: string;
  /** Loss of the step that starts here, on its batch, before its update. */
  readonly loss?: number;
  /** Relative L2 error of the network after `step` steps. */
  readonly coarse?: number;
  readonly stated?: number;
}

type Change = Pick<MethodChange, 'step' | 'method' | 'before'>;
export type CurveHistory = Pick<LaneState, 'config' | 'losses' | 'metrics'> & {
  readonly changes: readonly Change[];
};

/** Method with which the step after `step` steps is done. */
export function methodAt(step: number, changes: readonly Change[], now: string): string {
  if (changes.length === 0) return now;
  return changes.filter((change) => change.step <= step).pop()?.method ?? changes[0].before;
}

/** Every step of which a loss or an error was measured, in order. */
export function allRows({ config, changes, losses, metrics }: CurveHistory): Row[] {
  const now = methodName(config);
  const steps = new Set<number>();
  for (let step = 0; step < losses.length; step++) if (losses.measured(step) !== undefined) steps.add(step);
  for (const metric of metrics) steps.add(metric.step);
  const errors = new Map(metrics.map(({ step, grid, value }) => [`${grid}${step}`, value]));
  return [...steps]
    .sort((a, b) => a - b)
    .map((step) => ({
      step,
      method: methodAt(step, changes, now),
      loss: losses.measured(step),
      coarse: errors.get(`coarse${step}`),
      stated: errors.get(`stated${step}`),
    }));
}

/** At most `most` rows, evenly spread over log time, first and last among them; rows with an error are preferred. */
export function thinnedRows(rows: readonly Row[], most: number): Row[] {
  if (rows.length <= most) return [...rows];
  const withError = rows.filter((row) => row.coarse !== undefined || row.stated !== undefined);
  const pool = withError.length >= 2 ? withError : rows;
  const end = Math.log1p(rows[rows.length - 1].step);
  const chosen = new Set([rows[0], rows[rows.length - 1]]);
  for (let i = 1; i < most - 1; i++) {
    const aim = Math.expm1((i / (most - 1)) * end);
    chosen.add(
      pool.reduce((best, row) => (Math.abs(row.step - aim) < Math.abs(best.step - aim) ? row : best)),
    );
  }
  return [...chosen].sort((a, b) => a.step - b.step);
}

/** The live error up to a step, and the one at rest where it was measured for the same weights: “live 0.031, at rest 0.030”. */
export function errorsText(metrics: CurveHistory['metrics'], step: number): string {
  const upTo = metrics.filter((metric) => metric.step <= step);
  const of = (grid: Metric['grid']) => upTo.filter((metric) => metric.grid === grid).pop();
  const [live, rest] = [of('coarse'), of('stated')];
  const parts = [live, rest?.step === (live ?? rest)?.step ? rest : undefined].flatMap((metric) =>
    metric ? [`${MEASURES[metric.grid]} ${formatError(metric.value)}`] : [],
  );
  return parts.join(', ') || '–';
}

/** A loss for the eye: as measured, else about what it was, “≈ 0.012”, where only a curve of it is kept. */
export function lossText(losses: LossSeries, step: number): string {
  const loss = losses.measured(step);
  if (loss !== undefined || step >= losses.firstMeasured) return formatError(loss);
  return `≈ ${Number(losses.values[step].toPrecision(2))}`;
}

/** The rows with full precision; what was not measured is undefined. */
export function rowsTable(rows: readonly Row[]): Table {
  return {
    header: ['step', 'method', 'loss', 'relative_l2_live', 'relative_l2_stated'],
    rows: rows.map(({ step, method, loss, coarse, stated }) => [step, method, loss, coarse, stated]),
  };
}

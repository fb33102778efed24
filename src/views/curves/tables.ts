import type { Table } from '../../io/csv.ts';
import { type LegendEntry, lineMark } from '../../io/legend.ts';
import { methodName } from '../../training/config.ts';
import type { BaselinesReport } from '../../worker/protocol.ts';
import { BASELINE_NAMES } from '../baseline-words.ts';
import type { FigureTheme } from '../figures/canvas/theme.ts';
import { type gridNames, MEASURES, measureName } from '../measures.ts';
import { allRows, type CurveHistory, methodAt } from './series.ts';

/**
 * The curves as they are drawn. A recorded run kept its losses as a curve only: two digits of them stand in a column of their own.
 */
export function curvesTable(history: CurveHistory, paper: number | undefined): Table {
  const { losses, metrics } = history;
  const rows = new Map(allRows(history).map((row) => [row.step, row]));
  const kept = losses.firstMeasured;
  const steps = new Set([...Array(Math.min(kept, losses.length)).keys(), ...rows.keys()]);
  const now = methodName(history.config);
  const marks = metrics.length > 0 && paper !== undefined;
  return {
    header: [
      ...['step', 'method', 'loss', ...(kept > 0 ? ['loss_approximate'] : [])],
      ...['relative_l2_live', 'relative_l2_stated', ...(marks ? ['relative_l2_paper'] : [])],
    ],
    rows: [...steps]
      .sort((a, b) => a - b)
      .map((step) => {
        const row = rows.get(step);
        const about =
          step < Math.min(kept, losses.length) ? Number(losses.values[step].toPrecision(2)) : undefined;
        return [
          ...[step, row?.method ?? methodAt(step, history.changes, now), row?.loss],
          ...(kept > 0 ? [about] : []),
          ...[row?.coarse, row?.stated, ...(marks ? [paper] : [])],
        ];
      }),
  };
}

/** Lines and curve as they are drawn: the lines hold for any step. */
export function baselinesTable(report: BaselinesReport | undefined): Table | undefined {
  return (
    report && {
      header: ['name', 'step', 'measure', 'relative_l2'],
      rows: [
        ...report.errors.map(({ name, error }) => [BASELINE_NAMES[name], undefined, undefined, error]),
        ...report.curve.map(({ step, grid, value }) => [
          ...[BASELINE_NAMES['tanh-BP'], step, MEASURES[grid], value],
        ]),
      ],
    }
  );
}

/** What the marks of the error mean, with the points on which it is measured. */
export function curvesLegend(theme: FigureTheme, names: ReturnType<typeof gridNames>): LegendEntry[] {
  return [
    {
      text: measureName('coarse', names),
      mark: (ctx, x, y) => lineMark(ctx, x, y, theme.accent, 2),
    },
    {
      text: measureName('stated', names),
      mark: (ctx, x, y) => {
        ctx.beginPath();
        ctx.arc(x, y, 3.5, 0, 2 * Math.PI);
        ctx.strokeStyle = theme.accent;
        ctx.lineWidth = 1.75;
        ctx.stroke();
      },
    },
  ];
}

import type { Table } from '../../io/csv.ts';
import { type LegendEntry, lineMark } from '../../io/legend.ts';
import { columnsTable } from '../../io/tables.ts';
import type { FactorFunctions } from '../../worker/protocol.ts';
import type { FigureTheme } from '../figures/canvas/theme.ts';
import { type CurvePlot, looksOf } from './curve.ts';

/** The curves' values: the coordinate, then a column a curve; then where the sensors stand. */
export function curveTable(plot: CurvePlot | undefined): Table | undefined {
  if (!plot || plot.lines.length === 0) return undefined;
  return columnsTable({
    [plot.xLabel]: plot.lines[0].x,
    ...Object.fromEntries(plot.lines.map(({ name, y }) => [name, y])),
    ...(plot.dots && { [`sensors_${plot.xLabel}`]: plot.dots }),
  });
}

/** The curves behind, where there are some: each equispaced from end to end. */
export function backdropTable(plot: CurvePlot | undefined): Table | undefined {
  const { backdrop = [], from, to, xLabel } = plot ?? {};
  if (from === undefined || to === undefined || backdrop.length === 0) return undefined;
  const nodes = backdrop[0].length;
  return columnsTable({
    [xLabel ?? 'x']: Array.from({ length: nodes }, (_, i) => from + ((to - from) * i) / (nodes - 1)),
    ...Object.fromEntries(backdrop.map((values, k) => [`training_${k + 1}`, values])),
  });
}

/** What the curves, the dots and what lies behind them mean. */
export function curveLegend(plot: CurvePlot | undefined, theme: FigureTheme): LegendEntry[] {
  if (!plot) return [];
  const { lines, dots, backdrop = [] } = plot;
  return [
    ...lines.map(({ name, look }): LegendEntry => {
      const [colour, width, dash] = looksOf(theme)[look];
      return { text: WORDS[name] ?? name, mark: (ctx, x, y) => lineMark(ctx, x, y, colour, width, dash) };
    }),
    ...(dots
      ? [
          {
            text: 'where the network sees it',
            mark: (ctx: CanvasRenderingContext2D, x: number, y: number) => {
              ctx.fillStyle = theme.accent;
              ctx.beginPath();
              ctx.arc(x, y, 3, 0, 2 * Math.PI);
              ctx.fill();
            },
          },
        ]
      : []),
    ...(backdrop.length > 0
      ? [
          {
            text: 'training functions',
            mark: (ctx: CanvasRenderingContext2D, x: number, y: number) => lineMark(ctx, x, y, theme.line, 1),
          },
        ]
      : []),
  ];
}
const WORDS: Readonly<Record<string, string>> = {
  exact: 'exact solution',
  network: 'network',
  error: 'network minus exact solution',
  g: 'forcing g',
  f: 'forcing f',
};

export type FieldKind = 'exact' | 'network' | 'error';

/** A map's values u[x][t] as rows of x, t and what is mapped. */
export function spaceTimeTable(kind: FieldKind, values: ArrayLike<number> | undefined): Table | undefined {
  if (!values) return undefined;
  const n = Math.round(Math.sqrt(values.length));
  const at = (k: number) => k / (n - 1);
  return {
    header: ['x', 't', kind],
    rows: Array.from(values, (u, k) => [at(Math.floor(k / n)), at(k % n), u]),
  };
}

/** Functions of one factor, [node][function], one column each, over the factor's nodes. */
export function basisTable(basis: FactorFunctions | undefined, factor: number): Table | undefined {
  const values = basis?.functions[factor];
  if (!basis || !values) return undefined;
  const rank = basis.coefficients.length;
  return {
    header: ['node', ...Array.from({ length: rank }, (_, i) => `function_${i + 1}`)],
    rows: Array.from({ length: values.length / rank }, (_, node) => [
      node + 1,
      ...values.subarray(node * rank, (node + 1) * rank),
    ]),
  };
}

/** The branch's coefficient of each function, the bar beneath its plot. */
export function coefficientTable(basis: FactorFunctions | undefined): Table | undefined {
  return (
    basis && {
      header: ['function', 'branch_coefficient'],
      rows: Array.from(basis.coefficients, (coefficient, i) => [i + 1, coefficient]),
    }
  );
}

import type { Table } from '../../../io/csv.ts';
import { drawXAxis, haloText, line } from '../../figures/canvas/axes.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import { formatNumber, linearScale, niceTicks } from '../../figures/canvas/ticks.ts';
import type { Say } from '../../methods/use-spoken.ts';
import { spreadOf } from './statistics.ts';

export interface CosineRow {
  readonly name: string;
  readonly cosines: readonly number[];
  /** Where theory has the mean. */
  readonly theory?: number;
  /** BP's gradient is zero here: there is nothing to compare with. */
  readonly flat?: boolean;
}

/** “branch read-out” as a column's name. */
export const columnOf = ({ name }: Pick<CosineRow, 'name'>): string => name.replace(/\W+/g, '_');

/** Cosines as they are drawn: a row a draw, a column for all parameters and for each layer. */
export function cosineTable(rows: readonly CosineRow[]): Table {
  const names = rows.map(({ name }) => name);
  return {
    header: ['draw', ...rows.map(columnOf)],
    titles: ['draw', ...names],
    rows: rows[0].cosines.map((_, n) => [n + 1, ...rows.map(({ cosines }) => cosines[n])]),
  };
}

/** What is drawn on the cosines of each layer: their mean and spread, and the mean by theory. */
export function cosineMeansTable(rows: readonly CosineRow[]): Table {
  return {
    header: ['layer', 'mean', 'standard_deviation', 'mean_by_theory'],
    rows: rows
      .map(({ name, cosines, theory, flat }) => {
        const { mean, deviation } = spreadOf(cosines);
        return flat || cosines.length === 0 ? [name] : [name, mean, deviation, theory];
      })
      .map((row) => [...row, ...Array(4 - row.length).fill(undefined)]),
  };
}

/** Height of a row of the strip chart, and what the axis takes below. */
export const ROW = 40;
export const BELOW = 42;
const LEAST_LEFT = 96;
const RIGHT = 62;

/** One row a layer: a dot a draw, a bar for mean ± standard deviation, a dashed line for theory. */
export function drawCosines(frame: Frame, rows: readonly CosineRow[], say: Say): void {
  const { ctx, theme, width } = frame;
  const all = rows.flatMap((row) => [...row.cosines, row.theory ?? 0]);
  const low = Math.min(0, ...all);
  const high = Math.min(1, Math.max(0.1, ...all) * 1.08);
  ctx.font = theme.fontBold;
  const left = Math.max(LEAST_LEFT, ...rows.map(({ name }) => 10 + ctx.measureText(name).width));
  const box = { left, top: 4, width: width - left - RIGHT, height: rows.length * ROW };
  const x = linearScale(low < -0.005 ? 1.08 * low : 0, high, box.left, box.left + box.width);
  drawXAxis(frame, box, {
    ticks: niceTicks(x.invert(box.left), high, 6),
    scale: x,
    grid: true,
    label: say('cosine with BP’s gradient'),
  });
  rows.forEach(({ name, cosines, theory, flat }, i) => {
    const middle = box.top + (i + 0.5) * ROW;
    ctx.textAlign = 'right';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = theme.ink;
    ctx.font = i === 0 ? theme.fontBold : theme.font;
    ctx.fillText(name, box.left - 8, middle);
    ctx.font = theme.font;
    if (i > 0) line(frame, box.left, middle - ROW / 2, box.left + box.width, middle - ROW / 2, theme.line);
    if (flat) {
      ctx.textAlign = 'left';
      ctx.fillStyle = theme.muted;
      ctx.fillText(say('BP’s gradient is zero here'), box.left + 10, middle);
      return;
    }
    ctx.fillStyle = theme.trace;
    ctx.globalAlpha = 0.35;
    cosines.forEach((value, n) => {
      // Spread over the row by the golden ratio: even, and the same at every drawing.
      const y = middle + (((n * 0.618034) % 1) - 0.5) * (ROW - 14);
      ctx.beginPath();
      ctx.arc(x(value), y, 2, 0, 2 * Math.PI);
      ctx.fill();
    });
    ctx.globalAlpha = 1;
    if (cosines.length === 0) return;
    const { mean, deviation } = spreadOf(cosines);
    line(frame, x(mean - deviation), middle, x(mean + deviation), middle, theme.accent, 2);
    line(frame, x(mean), middle - 9, x(mean), middle + 9, theme.accent, 3);
    if (theory !== undefined)
      line(frame, x(theory), middle - ROW / 2 + 2, x(theory), middle + ROW / 2 - 2, theme.ink, 1.5, [4, 3]);
    ctx.textAlign = 'left';
    haloText(frame, formatNumber(mean, 3), box.left + box.width + 8, middle, theme.ink);
  });
}

import type { Table } from '../../../io/csv.ts';
import { formatStep, logScale } from '../../curves/log-axis.ts';
import { drawXAxis, drawYAxis } from '../../figures/canvas/axes.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import { linearScale } from '../../figures/canvas/ticks.ts';

/** Both curves as they are drawn. */
export function accumulatedTable(accumulated: readonly number[], theory: readonly number[]): Table {
  return {
    header: ['estimates', 'cosine_of_mean', 'mean_by_theory'],
    titles: ['estimates', 'cosine of their mean', 'mean by theory'],
    rows: accumulated.map((cosine, n) => [n + 1, cosine, theory[n]]),
  };
}

interface AccumulatedChart {
  /** Cosine of the mean of the first 1, 2, 3 … estimates with BP. */
  readonly accumulated: readonly number[];
  readonly theory: readonly number[];
  readonly draws: number;
}

const DRAW_TICKS = [1, 2, 5, 10, 20, 50, 100, 200];

/** The mean estimate turning into BP's gradient: cosine over the number of estimates averaged. */
export function drawAccumulated(frame: Frame, { accumulated, theory, draws }: AccumulatedChart): void {
  const { ctx, theme, width, height } = frame;
  const box = { left: 46, top: 10, width: width - 60, height: height - 50 };
  const x = logScale(1, draws, box.left + 4, box.left + box.width - 4);
  const y = linearScale(0, 1, box.top + box.height, box.top);
  drawYAxis(frame, box, { ticks: [0, 0.25, 0.5, 0.75, 1], scale: y, grid: true, label: 'cosine' });
  drawXAxis(frame, box, {
    ticks: DRAW_TICKS.filter((tick) => tick <= draws),
    scale: x,
    format: formatStep,
    label: 'estimates averaged',
  });
  const curve = (values: readonly number[], colour: string, dash: number[], thickness: number) => {
    ctx.strokeStyle = colour;
    ctx.lineWidth = thickness;
    ctx.setLineDash(dash);
    ctx.beginPath();
    values.forEach((value, n) => {
      ctx.lineTo(x(n + 1), y(Math.max(0, value)));
    });
    ctx.stroke();
    ctx.setLineDash([]);
  };
  curve(theory, theme.ink, [5, 4], 1.5);
  curve(accumulated, theme.accent, [], 2.25);
}

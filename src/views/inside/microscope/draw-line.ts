import type { Table } from '../../../io/csv.ts';
import type { Landscape } from '../../../training/landscape.ts';
import { drawXAxis, drawYAxis, line } from '../../figures/canvas/axes.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import { formatTick, linearScale, niceTicks } from '../../figures/canvas/ticks.ts';
import { POINTS } from './use-landscape.ts';

interface LineChart {
  readonly losses: readonly number[];
  readonly range: number;
  readonly landscape: Landscape;
}

/** The loss along δθ, and both lines through the loss at the weights. */
export function lineTable({ losses, range, landscape }: LineChart): Table {
  const { loss, slope, secant } = landscape;
  return {
    header: ['steps_of_direction', 'loss', 'slope_by_surrogate', 'secant_of_perturbation'],
    titles: ['steps of δθ', 'loss', 'slope by the surrogate', 'secant of WP'],
    rows: losses.map((value, n) => {
      const at = range * ((2 * n) / (POINTS - 1) - 1);
      return [at, value, loss + slope * at, loss + secant * at];
    }),
  };
}

/** The true loss along δθ, a staircase; the surrogate's slope; the two losses and the secant that weight perturbation takes. */
export function drawLine(frame: Frame, { losses, range, landscape }: LineChart): void {
  const { ctx, theme, width, height } = frame;
  const box = { left: 58, top: 10, width: width - 70, height: height - 52 };
  const at = (n: number) => range * ((2 * n) / (POINTS - 1) - 1);
  const { loss, slope, secant, epsilon } = landscape;
  const low = Math.min(loss, ...losses);
  const high = Math.max(loss, ...losses);
  const room = 0.12 * (high - low || loss || 1);
  const x = linearScale(-range, range, box.left, box.left + box.width);
  const y = linearScale(low - room, high + room, box.top + box.height, box.top);
  drawYAxis(frame, box, {
    ticks: niceTicks(low - room, high + room, 4),
    scale: y,
    grid: true,
    label: 'loss',
  });
  drawXAxis(frame, box, {
    ticks: [-range, -epsilon, epsilon, range],
    scale: x,
    format: formatTick,
    label: 'steps of δθ (ticks within: ±ε)',
  });
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  line(frame, x(-range), y(loss - slope * range), x(range), y(loss + slope * range), theme.trace, 2, [6, 4]);
  const middle = (y.invert(box.top) + y.invert(box.top + box.height)) / 2;
  const mean = Number.isFinite(secant) ? loss : middle;
  line(
    frame,
    x(-range),
    y(mean - secant * range),
    x(range),
    y(mean + secant * range),
    theme.muted,
    1.5,
    [2, 3],
  );
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 1.75;
  ctx.beginPath();
  losses.forEach((value, n) => {
    if (n > 0) ctx.lineTo(x((at(n - 1) + at(n)) / 2), y(value));
    ctx.lineTo(x(at(n)), y(value));
    if (n < losses.length - 1) ctx.lineTo(x((at(n) + at(n + 1)) / 2), y(value));
  });
  ctx.stroke();
  ctx.restore();
  for (const side of [-epsilon, epsilon])
    line(frame, x(side), box.top, x(side), box.top + box.height, theme.line);
}

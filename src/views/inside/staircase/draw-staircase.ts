import type { LegendEntry } from '../../../io/legend.ts';
import { formatLogTick, logRange, logScale, logTicks } from '../../curves/log-axis.ts';
import { drawXAxis, drawYAxis, line } from '../../figures/canvas/axes.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import type { FigureTheme } from '../../figures/canvas/theme.ts';

/** T at which the errors are measured. */
export const TIMES: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

interface StaircaseChart {
  /** Ends and ticks of the axis, and its name. */
  readonly ticks: readonly number[];
  readonly label: string;
  readonly times: readonly number[];
  readonly errors: readonly number[];
  /** T of the training, and what is said of it. */
  readonly trained: number;
  readonly mark: string;
  /** T of what the page shows, and its error if it is the same measure of the same weights as the others. */
  readonly shown: { readonly T: number; readonly error?: number };
}

/** What squares and ring mean. */
export const staircaseLegend = ({ trace, accent }: FigureTheme): LegendEntry[] => [
  {
    text: 'measured',
    mark(ctx, x, y) {
      ctx.fillStyle = trace;
      ctx.fillRect(x - 3.5, y - 3.5, 7, 7);
    },
  },
  {
    text: 'what the page shows',
    mark(ctx, x, y) {
      ctx.beginPath();
      ctx.arc(x, y, 6, 0, 2 * Math.PI);
      ctx.lineWidth = 2.5;
      ctx.strokeStyle = accent;
      ctx.stroke();
    },
  },
];

const LEFT = 52;
const RIGHT = 14;
const TOP = 22;
const BOTTOM = 38;

/** Relative error over T, both logarithmic: a square at each T that was measured, and nothing between them. */
export function drawStaircase(frame: Frame, chart: StaircaseChart): void {
  const { ticks, label, times, errors, trained, mark, shown } = chart;
  const { ctx, theme, width, height } = frame;
  const box = { left: LEFT, top: TOP, width: width - LEFT - RIGHT, height: height - TOP - BOTTOM };
  const [low, high] = logRange([...errors, ...(shown.error ? [shown.error] : [])], 0.05, 1);
  const x = logScale(ticks[0], ticks[ticks.length - 1], box.left + 6, box.left + box.width - 6);
  const y = logScale(low, high, box.top + box.height, box.top);
  drawYAxis(frame, box, {
    ticks: logTicks(low, high, 7),
    scale: y,
    format: formatLogTick,
    grid: true,
    label: 'relative L2',
  });
  drawXAxis(frame, box, { ticks, scale: x, label });

  line(frame, x(trained), box.top, x(trained), box.top + box.height, theme.ink, 1.25, [5, 4]);
  ctx.fillStyle = theme.ink;
  ctx.textBaseline = 'bottom';
  ctx.textAlign = x(trained) > box.left + box.width / 2 ? 'right' : 'left';
  // Clear of the button in the corner.
  ctx.fillText(mark, Math.min(x(trained), box.left + box.width - 20), box.top - 5);

  ctx.fillStyle = theme.trace;
  errors.forEach((error, i) => {
    if (error > 0) ctx.fillRect(x(times[i]) - 3.5, y(error) - 3.5, 7, 7);
  });
  if (!shown.error || !(shown.error > 0)) return;
  ctx.beginPath();
  ctx.arc(x(shown.T), y(shown.error), 7, 0, 2 * Math.PI);
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = theme.accent;
  ctx.stroke();
}

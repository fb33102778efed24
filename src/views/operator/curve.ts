import { drawLine } from '../../io/legend.ts';
import { drawXAxis, drawYAxis, labelRoom } from '../figures/canvas/axes.ts';
import type { Box, Frame } from '../figures/canvas/surface.ts';
import type { FigureTheme } from '../figures/canvas/theme.ts';
import { linearScale, niceTicks, type Scale } from '../figures/canvas/ticks.ts';

export interface CurveLine {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Its column in the data. */
  readonly name: string;
  readonly look: 'truth' | 'network' | 'error' | 'quiet' | 'strong';
}

export interface CurvePlot {
  readonly lines: readonly CurveLine[];
  readonly from: number;
  readonly to: number;
  /** Ends of the vertical range. */
  readonly low: number;
  readonly high: number;
  readonly xLabel: string;
  /** Other curves behind these, equispaced from end to end: functions of the training data. */
  readonly backdrop?: readonly ArrayLike<number>[];
  /** Points on the zero line: the sensors. */
  readonly dots?: ArrayLike<number>;
  /** A vertical line at this x. */
  readonly cursor?: number;
}

/** Colour, width and dashes of the lines. */
export const looksOf = (theme: FigureTheme) =>
  ({
    truth: [theme.ink, 1.6, []],
    network: [theme.accent, 2, [6, 3]],
    error: [theme.trace, 1.6, []],
    quiet: [theme.muted, 1, []],
    strong: [theme.trace, 2, []],
  }) as const satisfies Record<CurveLine['look'], readonly [string, number, readonly number[]]>;

const MARGIN = { left: 40, right: 10, top: 8, bottom: 34 };
/** A canvas less high has the name of its axis among the numbers, which leaves the curves more room. */
const FLAT = 120;
const FLAT_BOTTOM = 20;

/** Place of the plot on a canvas; `left` is where its axis stands. */
export function curveBox(width: number, height: number, left = MARGIN.left): Box {
  return {
    left,
    top: MARGIN.top,
    width: Math.max(20, width - left - MARGIN.right),
    height: Math.max(20, height - MARGIN.top - (height < FLAT ? FLAT_BOTTOM : MARGIN.bottom)),
  };
}

/** Scales of a plot on its box. */
export function curveScales(
  box: Box,
  { from, to, low, high }: Pick<CurvePlot, 'from' | 'to' | 'low' | 'high'>,
): { x: Scale; y: Scale } {
  return {
    x: linearScale(from, to, box.left, box.left + box.width),
    y: linearScale(low, high, box.top + box.height, box.top),
  };
}

/** Curves over one coordinate with axes, the zero line, and the sensors as dots on it. */
export function drawCurves(frame: Frame, plot: CurvePlot): void {
  const { ctx, theme, width, height } = frame;
  const ticks = niceTicks(plot.low, plot.high, height - MARGIN.top - MARGIN.bottom < 90 ? 2 : 4);
  const box = curveBox(width, height, labelRoom(frame, ticks, MARGIN.left));
  const { x, y } = curveScales(box, plot);
  const flat = height < FLAT;
  drawXAxis(frame, box, {
    ticks: niceTicks(plot.from, plot.to, box.width < 200 ? 2 : 4),
    scale: x,
    label: flat ? undefined : plot.xLabel,
  });
  if (flat) ctx.fillText(plot.xLabel, box.left + 0.88 * box.width, box.top + box.height + 5);
  drawYAxis(frame, box, { ticks, scale: y, grid: true });
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left - 1, box.top - 1, box.width + 2, box.height + 2);
  ctx.clip();
  const draw = (
    xs: ArrayLike<number>,
    ys: ArrayLike<number>,
    [colour, width, dash]: readonly [string, number, (readonly number[])?],
  ) => drawLine(ctx, Array.from(xs, x), Array.from(ys, y), colour, width, dash);
  for (const values of plot.backdrop ?? []) {
    const xs = Array.from(values, (_, i) => plot.from + ((plot.to - plot.from) * i) / (values.length - 1));
    draw(xs, values, [theme.line, 1]);
  }
  if (plot.low < 0 && plot.high > 0) draw([plot.from, plot.to], [0, 0], [theme.muted, 1]);
  if (plot.cursor !== undefined)
    draw([plot.cursor, plot.cursor], [plot.low, plot.high], [theme.muted, 1, [3, 3]]);
  for (const line of plot.lines) draw(line.x, line.y, looksOf(theme)[line.look]);
  ctx.restore();
  if (!plot.dots) return;
  ctx.fillStyle = theme.accent;
  for (let i = 0; i < plot.dots.length; i++) {
    ctx.beginPath();
    ctx.arc(x(plot.dots[i]), y(Math.max(plot.low, Math.min(plot.high, 0))), 3, 0, 2 * Math.PI);
    ctx.fill();
  }
}

/** Largest absolute value of several arrays; numbers that are not finite do not count. */
export function largest(...arrays: (ArrayLike<number> | undefined)[]): number {
  let most = 0;
  for (const array of arrays) {
    if (!array) continue;
    for (let i = 0; i < array.length; i++) {
      const size = Math.abs(array[i]);
      if (size > most && Number.isFinite(size)) most = size;
    }
  }
  return most;
}

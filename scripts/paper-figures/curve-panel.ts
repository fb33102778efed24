import { formatLogTick, formatStep, logScale, logTicks } from '../../src/views/curves/log-axis.ts';
import { drawXAxis, drawYAxis } from '../../src/views/figures/canvas/axes.ts';
import type { Box, Frame } from '../../src/views/figures/canvas/surface.ts';
import { formatTick, linearScale, niceTicks, type Scale } from '../../src/views/figures/canvas/ticks.ts';
import { THEME } from './frame.ts';
import type { Spread } from './results.ts';

/** Height of the line with the names of the curves. */
export const HEAD = 44;
/** Where the axis of errors may begin: the first that is low enough. */
const LOWS = [0.01, 0.005, 0.002, 0.001];

const COLOURS: Readonly<Record<string, string>> = {
  BP: THEME.ink,
  'RFG-L': THEME.trace,
  'RFG-G': THEME.accent,
  'WP-A': '#0a7d45',
  'RFG-A': '#8a4fbf',
  'RFG-L-flipout': '#a0670a',
  'averaged, K = 4': '#0a7d45',
  'averaged, K = 1': '#a0670a',
  '±1 drawn': THEME.trace,
  'bias²': THEME.accent,
  'over batches': THEME.muted,
};
const DASHES: Readonly<Record<string, readonly number[]>> = {
  WSG: [6, 3],
  'averaged, K = 1': [6, 3],
  'over batches': [2, 3],
};

interface Look {
  readonly colour: string;
  readonly dash: readonly number[];
}

/** @throws Error for a method that has no colour */
function lookOf(method: string): Look {
  const [first, ...rest] = method.split('-');
  const colour = COLOURS[method] ?? COLOURS[rest.join('-')];
  if (!colour) throw new Error(`no colour for ${method}`);
  return { colour, dash: DASHES[method] ?? DASHES[first] ?? [] };
}

/** Errors of one method over what the axis below counts, in the place of `step`. */
export interface Curve {
  readonly method: string;
  readonly points: readonly Spread[];
}

/** Ends of both axes that hold all curves. */
export function rangesOf(curves: readonly Curve[]) {
  const points = curves.flatMap((curve) => curve.points);
  const least = Math.min(...points.map((point) => point.least));
  return {
    first: Math.min(...points.map(({ step }) => step)),
    last: Math.max(...points.map(({ step }) => step)),
    low: LOWS.find((end) => end <= least) ?? least,
    high: 10 ** Math.ceil(Math.log10(Math.max(...points.map(({ greatest }) => greatest))) - 0.1),
  };
}
type Ranges = ReturnType<typeof rangesOf>;

/** What is said of a panel, and how its axes are divided where that is not by the error over steps. */
interface Said {
  readonly heading: string;
  readonly below: string;
  readonly beside?: string;
  /** The upright axis is linear. */
  readonly linear?: boolean;
  readonly formatBelow?: (value: number) => string;
}

/** One panel: medians over the seeds, and the ranges behind them. */
export function drawPanel(
  frame: Frame,
  { width, height }: { readonly width: number; readonly height: number },
  curves: readonly Curve[],
  ranges: Ranges,
  { heading, below, beside = 'relative L2 error', linear = false, formatBelow = formatStep }: Said,
): void {
  const { first, last, low, high } = ranges;
  const box = { left: 52, top: 22, width: width - 66, height: height - 62 };
  const x = logScale(first, last, box.left, box.left + box.width);
  const y = (linear ? linearScale : logScale)(low, high, box.top + box.height, box.top);
  drawXAxis(frame, box, { ticks: logTicks(first, last, 6), scale: x, format: formatBelow, label: below });
  drawYAxis(frame, box, {
    ticks: linear ? niceTicks(low, high, 5) : logTicks(low, high, 10),
    scale: y,
    format: linear ? formatTick : formatLogTick,
    label: beside,
    grid: true,
  });
  drawHeading(frame, box, heading);
  clipped(frame, box, () => {
    for (const { method, points } of curves) drawRange(frame, points, lookOf(method), x, y);
    for (const { method, points } of curves) drawMedian(frame, points, lookOf(method), x, y);
  });
}

function drawRange({ ctx }: Frame, curve: readonly Spread[], { colour }: Look, x: Scale, y: Scale): void {
  ctx.save();
  ctx.globalAlpha = 0.12;
  ctx.fillStyle = colour;
  ctx.beginPath();
  for (const { step, greatest } of curve) ctx.lineTo(x(step), y(greatest));
  for (const { step, least } of [...curve].reverse()) ctx.lineTo(x(step), y(least));
  ctx.closePath();
  ctx.fill();
  ctx.restore();
}

function drawMedian({ ctx }: Frame, curve: readonly Spread[], look: Look, x: Scale, y: Scale): void {
  ctx.strokeStyle = look.colour;
  ctx.lineWidth = 1.8;
  ctx.lineJoin = 'round';
  ctx.setLineDash([...look.dash]);
  ctx.beginPath();
  for (const { step, median } of curve) ctx.lineTo(x(step), y(median));
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Names of the curves, one beside the other. */
export function drawKey(frame: Frame, methods: readonly string[], room = 115): void {
  const { ctx, theme } = frame;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  methods.forEach((method, m) => {
    const { colour, dash } = lookOf(method);
    const left = 52 + m * room;
    ctx.strokeStyle = colour;
    ctx.lineWidth = 2;
    ctx.setLineDash([...dash]);
    ctx.beginPath();
    ctx.moveTo(left, 24);
    ctx.lineTo(left + 26, 24);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = theme.ink;
    ctx.fillText(method, left + 32, 24);
  });
}

function drawHeading({ ctx, theme }: Frame, box: Box, text: string): void {
  ctx.font = theme.fontBold;
  ctx.fillStyle = theme.ink;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.fillText(text, box.left, box.top - 6);
  ctx.font = theme.font;
}

function clipped({ ctx }: Frame, box: Box, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  draw();
  ctx.restore();
}

import { EXPERIMENTS } from '../../src/experiments/table.ts';
import { formatLogTick, formatStep, logScale, logTicks } from '../../src/views/curves/log-axis.ts';
import { drawXAxis, drawYAxis } from '../../src/views/figures/canvas/axes.ts';
import type { Box, Frame } from '../../src/views/figures/canvas/surface.ts';
import type { Scale } from '../../src/views/figures/canvas/ticks.ts';
import { figure, THEME } from './frame.ts';
import { type FigureRun, type Spread, spreads } from './results.ts';

const WIDTH = 760;
const HEIGHT = 330;
const HEAD = 44;
/** Where the axis of errors may begin: the first that is low enough. */
const LOWS = [0.01, 0.005, 0.002, 0.001];

const COLOURS: Readonly<Record<string, string>> = {
  BP: THEME.ink,
  'RFG-L': THEME.trace,
  'RFG-G': THEME.accent,
};
const DASHES: Readonly<Record<string, readonly number[]>> = { SG: [], WSG: [6, 3] };

interface Look {
  readonly colour: string;
  readonly dash: readonly number[];
}

function lookOf(method: string): Look {
  const [surrogate, ...rest] = method.split('-');
  return { colour: COLOURS[rest.join('-')], dash: DASHES[surrogate] };
}

/** Training and test error over the steps: the median over the seeds, and the range behind it. */
export function errorCurves(title: string, runs: readonly FigureRun[], methods: readonly string[]): string {
  const kinds = ['training', 'error'] as const;
  const [{ config }] = runs;
  const headings = EXPERIMENTS[config.experiment].operator
    ? { training: 'training functions', error: 'test functions' }
    : { training: 'training points', error: 'stated grid' };
  const all = kinds.map((kind) => methods.map((method) => spreads(runs, method, kind)));
  const points = all.flat(2);
  const last = Math.max(...points.map(({ step }) => step));
  const first = Math.min(...points.map(({ step }) => step));
  const least = Math.min(...points.map((point) => point.least));
  const low = LOWS.find((end) => end <= least) ?? least;
  const high = 10 ** Math.ceil(Math.log10(Math.max(...points.map(({ greatest }) => greatest))) - 0.1);
  const half = WIDTH / 2;
  return figure(title, WIDTH, HEIGHT, [
    { left: 0, top: 0, width: WIDTH, height: HEAD, draw: (frame) => drawKey(frame, methods) },
    ...kinds.map((kind, panel) => ({
      left: panel * half,
      top: HEAD,
      width: half,
      height: HEIGHT - HEAD,
      draw: (frame: Frame) => {
        const box = { left: 52, top: 22, width: half - 66, height: HEIGHT - HEAD - 62 };
        const x = logScale(first, last, box.left, box.left + box.width);
        const y = logScale(low, high, box.top + box.height, box.top);
        drawAxes(frame, box, { x, y, first, last, low, high });
        heading(frame, box, headings[kind]);
        clipped(frame, box, () => {
          all[panel].forEach((curve, m) => {
            drawRange(frame, curve, lookOf(methods[m]), x, y);
          });
          all[panel].forEach((curve, m) => {
            drawMedian(frame, curve, lookOf(methods[m]), x, y);
          });
        });
      },
    })),
  ]);
}

interface Axes {
  readonly x: Scale;
  readonly y: Scale;
  readonly first: number;
  readonly last: number;
  readonly low: number;
  readonly high: number;
}

function drawAxes(frame: Frame, box: Box, { x, y, first, last, low, high }: Axes): void {
  drawXAxis(frame, box, {
    ticks: logTicks(first, last, 6),
    scale: x,
    format: formatStep,
    label: 'training steps',
  });
  drawYAxis(frame, box, {
    ticks: logTicks(low, high, 10),
    scale: y,
    format: formatLogTick,
    label: 'relative L2 error',
    grid: true,
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

function drawKey(frame: Frame, methods: readonly string[]): void {
  const { ctx, theme } = frame;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  methods.forEach((method, m) => {
    const { colour, dash } = lookOf(method);
    const left = 52 + m * 115;
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

function heading({ ctx, theme }: Frame, box: Box, text: string): void {
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

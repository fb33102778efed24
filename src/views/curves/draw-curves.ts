import type { LaneState } from '../../state/lane-store.ts';
import type { Metric } from '../../worker/protocol.ts';
import { drawXAxis, drawYAxis, haloText, line } from '../figures/canvas/axes.ts';
import { type Box, crisp, type Frame } from '../figures/canvas/surface.ts';
import { linearScale, type Scale } from '../figures/canvas/ticks.ts';
import { formatError } from '../format.ts';
import { changeName } from '../run-words.ts';
import { type BaselineMarks, baselineValues, drawBaselines, nameBaselines } from './baselines.ts';
import { envelope } from './envelope.ts';
import { curvesLayout, mostTicks, xOf } from './layout.ts';
import { formatLogTick, formatStep, logRange, logScale, logTicks, stepTicks } from './log-axis.ts';

interface CurvesModel {
  readonly run: Pick<LaneState, 'losses' | 'metrics' | 'changes' | 'step' | 'end'>;
  /** Last step of the axis. */
  readonly last: number;
  readonly paper: number | undefined;
  readonly baselines?: BaselineMarks;
  /** Step under the pointer. */
  readonly hover?: number;
}

/** Relative L2 error above, loss below, over log(step + 1). */
export function drawCurves(frame: Frame, model: CurvesModel): void {
  const { error, loss, named } = curvesLayout(frame.width, frame.height, frame.theme.fontSize);
  const { run, last } = model;
  drawError(frame, error, model);
  drawLoss(frame, loss, model);
  drawSteps(frame, error, last);
  drawSteps(frame, loss, last, named ? STEPS : '');
  drawChanges(frame, error, loss, model);
  const cursor = model.hover ?? (run.step < run.end ? run.step : undefined);
  if (cursor !== undefined) {
    const x = crisp(xOf(error, cursor, last), frame.ratio);
    for (const box of [error, loss]) line(frame, x, box.top, x, box.top + box.height, frame.theme.ink);
  }
  title(frame, error, 'relative L2 error');
  title(frame, loss, `loss${named ? '' : ` over ${STEPS}`}: mean squared error, batch`);
}

const STEPS = 'training steps done';

function drawError(frame: Frame, box: Box, { run, last, paper, baselines }: CurvesModel): void {
  const { theme } = frame;
  const values = [...run.metrics.map((metric) => metric.value), ...baselineValues(baselines)];
  const [low, high] = logRange(values, Math.min(0.01, (paper ?? 1) / 1.5), 1);
  const y = logScale(low, high, box.top + box.height, box.top);
  yAxis(frame, box, y, low, high);
  if (paper !== undefined) {
    const at = crisp(y(paper), frame.ratio);
    line(frame, box.left, at, box.left + box.width, at, theme.ink, 1, [5, 4]);
    frame.ctx.fillStyle = theme.ink;
    frame.ctx.textAlign = 'left';
    frame.ctx.textBaseline = 'bottom';
    frame.ctx.fillText(`paper ${formatError(paper)}`, box.left + 4, at - 2);
  }
  if (baselines) {
    drawBaselines(frame, box, baselines, y, (step) => xOf(box, step, last));
    nameBaselines(frame, box, baselines, y, {
      curve: true,
      nameY: paper === undefined ? undefined : y(paper),
      changes: run.changes.length > 0,
    });
  }
  clipped(frame, box, () => {
    const coarse = run.metrics.filter((metric) => metric.grid === 'coarse');
    strokePath(frame, coarse, (metric) => xOf(box, metric.step, last), y);
    for (const metric of run.metrics)
      if (metric.grid === 'stated') ring(frame, xOf(box, metric.step, last), y(metric.value));
  });
}

function strokePath(frame: Frame, metrics: readonly Metric[], x: (metric: Metric) => number, y: Scale): void {
  const { ctx, theme } = frame;
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 2;
  ctx.lineJoin = 'round';
  ctx.beginPath();
  for (const metric of metrics) if (metric.value > 0) ctx.lineTo(x(metric), y(metric.value));
  ctx.stroke();
  if (metrics.length !== 1) return;
  ctx.fillStyle = theme.accent;
  ctx.fillRect(x(metrics[0]) - 2, y(metrics[0].value) - 2, 4, 4);
}

function ring({ ctx, theme }: Frame, x: number, y: number): void {
  ctx.beginPath();
  ctx.arc(x, y, 3.5, 0, 2 * Math.PI);
  ctx.fillStyle = theme.panel;
  ctx.fill();
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 1.75;
  ctx.stroke();
}

function drawLoss(frame: Frame, box: Box, { run, last }: CurvesModel): void {
  const { ctx, theme } = frame;
  const columns = Math.max(1, Math.round(box.width));
  const { least, greatest } = envelope(run.losses.values, columns, (step) => xOf(box, step, last) - box.left);
  const [low, high] = logRange([...least, ...greatest], 1e-3, 0.1);
  const y = logScale(low, high, box.top + box.height, box.top);
  yAxis(frame, box, y, low, high);
  clipped(frame, box, () => {
    ctx.strokeStyle = theme.trace;
    ctx.lineWidth = 1.25;
    ctx.lineJoin = 'round';
    ctx.beginPath();
    for (let column = 0; column < columns; column++) {
      if (Number.isNaN(least[column])) continue;
      const x = box.left + column + 0.5;
      ctx.lineTo(x, y(greatest[column]));
      ctx.lineTo(x, y(least[column]));
    }
    ctx.stroke();
    const [column, ...others] = [...least.keys()].filter((at) => !Number.isNaN(least[at]));
    if (column === undefined || others.length > 0) return;
    ctx.fillStyle = theme.trace;
    const top = y(greatest[column]);
    ctx.fillRect(box.left + column - 1.5, top - 2, 4, y(least[column]) - top + 4);
  });
}

function yAxis(frame: Frame, box: Box, scale: Scale, low: number, high: number): void {
  const ticks = logTicks(low, high, mostTicks(box, frame.theme.fontSize));
  drawYAxis(frame, box, { ticks, scale, format: formatLogTick, grid: true });
}

/** @param name of the axis below its numbers; without one, not even empty, there are ticks alone */
function drawSteps(frame: Frame, box: Box, last: number, name?: string): void {
  const scale = Object.assign((step: number) => xOf(box, step, last), {
    invert: linearScale(0, 1, 0, 1).invert,
  });
  const ticks = stepTicks(last);
  drawXAxis(frame, box, {
    ticks,
    scale,
    format: name === undefined ? () => '' : formatStep,
    label: name,
  });
}

/** Names of methods stand in so many rows at the most; those that find no room are left out, older ones first. */
const NAME_ROWS = 3;
const NAME_ROW_PX = 14;

/** A vertical mark at every change in mid-run, and what trained from there on; the first method too, once there is another. */
function drawChanges(frame: Frame, error: Box, loss: Box, { run, last }: CurvesModel): void {
  if (run.changes.length === 0) return;
  const { ctx, theme } = frame;
  const xs = run.changes.map((change) => crisp(xOf(error, change.step, last), frame.ratio));
  for (const x of xs)
    for (const box of [error, loss]) line(frame, x, box.top, x, box.top + box.height, theme.muted, 1, [2, 3]);
  ctx.textBaseline = 'top';
  ctx.textAlign = 'left';
  const names = run.changes.map(changeName);
  const widths = names.map((name) => ctx.measureText(name + AHEAD).width);
  for (const { index, row, left } of placeNames(xs, widths, error.left, error.left + error.width)) {
    const text = left < xs[index] ? names[index] + AHEAD : names[index];
    haloText(frame, text, left, error.top + 2 + NAME_ROW_PX * row, theme.ink);
  }
  // Errors are large at first: the lower corner is free.
  ctx.textBaseline = 'bottom';
  haloText(frame, run.changes[0].before, error.left + 4, error.top + error.height - 3, theme.ink);
}

/** After a name that stands left of its line: it holds from the line on. */
const AHEAD = ' →';

/**
 * Where names of lines at `xs` (ascending) stand between `from` and `to`: right of their line up to the next one, else left
 * of it a row lower, none on another.
 */
export function placeNames(
  xs: readonly number[],
  widths: readonly number[],
  from: number,
  to: number,
): { index: number; row: number; left: number }[] {
  const placed: { index: number; row: number; left: number }[] = [];
  /** Left end of what stands in each row already; later names come first. */
  const free = new Array<number>(NAME_ROWS).fill(Number.POSITIVE_INFINITY);
  for (let index = xs.length - 1; index >= 0; index--) {
    const x = xs[index];
    const width = widths[index];
    if (width <= (xs[index + 1] ?? to) - x - 6) {
      placed.push({ index, row: 0, left: x + 4 });
      free[0] = x + 4;
      continue;
    }
    const left = x - 4 - width;
    const row = free.findIndex((end, k) => k > 0 && left + width + 6 <= end);
    if (row < 0 || left < from) continue;
    placed.push({ index, row, left });
    free[row] = left;
  }
  return placed;
}

/** What a plot shows, above it; over a narrow one its first words alone. */
export function title({ ctx, theme, width }: Frame, box: Box, text: string): void {
  ctx.fillStyle = theme.muted;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  const fits = (words: string) => box.left + ctx.measureText(words).width <= width;
  const shorter = [text, text.split(',')[0], text.split(':')[0]];
  ctx.fillText(shorter.find(fits) ?? shorter[2], box.left, box.top - 4);
}

function clipped({ ctx }: Frame, box: Box, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top - 4, box.width + 4, box.height + 8);
  ctx.clip();
  draw();
  ctx.restore();
}

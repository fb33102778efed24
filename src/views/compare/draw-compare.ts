import type { Axis } from '../../state/comparison.ts';
import { letterOf } from '../../state/slots.ts';
import { type BaselineMarks, baselineValues, drawBaselines, nameBaselines } from '../curves/baselines.ts';
import { title } from '../curves/draw-curves.ts';
import { curvesLayout, mostTicks } from '../curves/layout.ts';
import { formatLogTick, formatStep, logRange, logScale, logTicks, stepTicks } from '../curves/log-axis.ts';
import { drawXAxis, drawYAxis, haloText, line } from '../figures/canvas/axes.ts';
import { type Box, crisp, type Frame } from '../figures/canvas/surface.ts';
import type { Scale } from '../figures/canvas/ticks.ts';
import { drawMarker, type LaneLook, laneLook } from './lane-looks.ts';
import type { Point } from './lane-series.ts';

/** One lane's curves, on the common axis. */
export interface LaneCurve {
  readonly position: number;
  readonly errors: readonly Point[];
  readonly losses: readonly Point[];
  /** Where the run was changed, and to what; the name is left out while names are hidden. */
  readonly changes: readonly { readonly x: number; readonly name?: string }[];
  /** Where the lane stands now. */
  readonly now?: number;
  /** The paper's figure for its method. */
  readonly paper?: number;
  /** Why it has no part in the ranges. */
  readonly off?: string;
}

export interface CompareModel {
  readonly axis: Axis;
  readonly curves: readonly LaneCurve[];
  readonly baselines?: BaselineMarks;
  /** End of the axis. */
  readonly last: number;
}

const AXIS_LABELS: Record<Axis, string> = {
  steps: 'training steps done',
  passes: 'forward passes that cost as much',
  time: 'time spent training',
};

/** Horizontal pixel of a number on the axis, which is one of log(x + 1). */
export function columnOf(box: Box, last: number): (x: number) => number {
  return (x) => (Math.log1p(Math.max(0, x)) / Math.log1p(Math.max(1, last))) * box.width;
}

/** All lanes' errors above, their losses below, over one axis. */
export function drawCompare(frame: Frame, model: CompareModel): void {
  const { error, loss, named } = curvesLayout(frame.width, frame.height, frame.theme.fontSize);
  const papers = model.curves.map(({ paper }) => paper ?? 1);
  const { baselines } = model;
  const values = baselineValues(baselines);
  const low = Math.min(0.02, ...papers.map((p) => p / 1.5), ...values);
  plot(frame, error, model, (curve) => curve.errors, low, Math.max(1, ...values), baselines);
  plot(frame, loss, model, (curve) => curve.losses, 1e-3, 0.1);
  drawChanges(frame, [error, loss], model);
  axis(frame, error, model);
  axis(frame, loss, model, named ? AXIS_LABELS[model.axis] : '');
  title(frame, error, 'relative L2 error');
  title(frame, loss, `loss of the batch${named ? '' : ` over ${AXIS_LABELS[model.axis]}`}, averaged`);
}

function plot(
  frame: Frame,
  box: Box,
  { curves, last, axis }: CompareModel,
  pointsOf: (curve: LaneCurve) => readonly Point[],
  low: number,
  high: number,
  baselines?: BaselineMarks,
): void {
  const { ctx, theme } = frame;
  const [from, to] = sharedRange(curves, pointsOf, low, high);
  const y = logScale(from, to, box.top + box.height, box.top);
  const ticks = logTicks(from, to, mostTicks(box, theme.fontSize));
  drawYAxis(frame, box, { ticks, scale: y, format: formatLogTick, grid: true });
  const column = columnOf(box, last);
  const overSteps = axis === 'steps';
  if (baselines)
    drawBaselines(
      frame,
      box,
      baselines,
      y,
      overSteps ? (step: number) => box.left + column(step) : undefined,
    );
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top - 5, box.width + 5, box.height + 10);
  ctx.clip();
  for (const curve of curves) {
    const points = pointsOf(curve);
    if (points.length > 0)
      drawCurve(frame, laneLook(curve.position, theme.scheme), points, (x) => box.left + column(x), y);
  }
  ctx.restore();
  // Many curves would strike the names out.
  if (baselines) nameBaselines(frame, box, baselines, y, { curve: overSteps });
  let marks = 0;
  for (const curve of curves) {
    const left = curve.off ? pointsOf(curve).find(({ y }) => y > to) : undefined;
    if (left) drawLeaving(frame, box, curve, box.left + column(left.x), marks++);
  }
}

/** Range of all lanes that stayed; of one that did not, only where it began. */
export function sharedRange(
  curves: readonly LaneCurve[],
  pointsOf: (curve: LaneCurve) => readonly Point[],
  low: number,
  high: number,
): readonly [low: number, high: number] {
  const values = curves.flatMap((curve) => {
    const points = pointsOf(curve).map(({ y }) => y);
    return curve.off ? points.slice(0, 1).filter((y) => y <= MOST_BEGUN) : points;
  });
  return logRange(values, low, high);
}
const MOST_BEGUN = 10;

/** An arrow at the upper end of the axis where a curve leaves it, and why. */
function drawLeaving(frame: Frame, box: Box, curve: LaneCurve, x: number, nth: number): void {
  const { ctx, theme } = frame;
  const look = laneLook(curve.position, theme.scheme);
  const top = box.top + 1;
  ctx.fillStyle = look.colour;
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x - 5, top + 9);
  ctx.lineTo(x + 5, top + 9);
  ctx.fill();
  const text = `${letterOf(curve.position)} ${curve.off}`;
  const right = x + 10 + ctx.measureText(text).width > box.left + box.width;
  ctx.textAlign = right ? 'right' : 'left';
  ctx.textBaseline = 'top';
  haloText(frame, text, x + (right ? -9 : 9), top + nth * (theme.fontSize + 2), look.colour);
}

/** A vertical mark in the lane's colour at every change in mid-run; in the upper chart its letter and methods. */
function drawChanges(frame: Frame, [error, loss]: readonly [Box, Box], { curves, last }: CompareModel): void {
  const { ctx, theme } = frame;
  const column = columnOf(error, last);
  let row = 0;
  for (const { position, changes } of curves) {
    const { colour } = laneLook(position, theme.scheme);
    changes.forEach(({ x, name }, i) => {
      // Lanes are changed together: each has its own dashes of the common mark.
      const at = crisp(error.left + column(x) + position, frame.ratio);
      for (const { top, height } of [error, loss]) line(frame, at, top, at, top + height, colour, 1, [2, 4]);
      if (name === undefined || i < changes.length - 1) return;
      const text = `${letterOf(position)} ${name}`;
      const left = at + 6 + ctx.measureText(text).width > error.left + error.width;
      ctx.textAlign = left ? 'right' : 'left';
      ctx.textBaseline = 'top';
      const y = error.top + 3 + row++ * (theme.fontSize + 1);
      if (y < error.top + 0.6 * error.height) haloText(frame, text, at + (left ? -5 : 5), y, colour);
    });
  }
}

/** A line with markers at equal distances, and one where it ends. */
function drawCurve(
  frame: Frame,
  look: LaneLook,
  points: readonly Point[],
  x: (x: number) => number,
  y: Scale,
) {
  const { ctx, theme } = frame;
  ctx.strokeStyle = look.colour;
  ctx.lineWidth = 1.75;
  ctx.lineJoin = 'round';
  ctx.setLineDash([...look.dash]);
  ctx.beginPath();
  for (const point of points) ctx.lineTo(x(point.x), y(point.y));
  ctx.stroke();
  ctx.setLineDash([]);
  let next = Number.NEGATIVE_INFINITY;
  points.forEach((point, i) => {
    const at = x(point.x);
    if (at < next && i < points.length - 1) return;
    drawMarker(ctx, look, at, y(point.y), i === points.length - 1 ? 5 : 3.5, theme.panel);
    next = at + MARKER_EVERY;
  });
}
const MARKER_EVERY = 46;

/** @param name of the axis below its numbers; without one, not even empty, there are ticks alone */
function axis(frame: Frame, box: Box, { axis, last }: CompareModel, name?: string): void {
  const column = columnOf(box, last);
  const scale = Object.assign((x: number) => box.left + column(x), { invert: (x: number) => x });
  const ticks = stepTicks(Math.max(1, Math.round(last)));
  for (const tick of ticks) {
    const x = crisp(scale(tick), frame.ratio);
    line(frame, x, box.top + box.height - 3, x, box.top + box.height, frame.theme.muted);
  }
  drawXAxis(frame, box, {
    ticks,
    scale,
    format: name === undefined ? () => '' : axis === 'time' ? formatMs : formatStep,
    label: name,
  });
}

/** 0, 10 ms, 1 s. */
function formatMs(ms: number): string {
  if (ms === 0) return '0';
  return ms < 1000 ? `${ms} ms` : `${Number((ms / 1000).toPrecision(2))} s`;
}

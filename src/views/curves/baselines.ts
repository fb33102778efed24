import type { BaselinesReport, Metric } from '../../worker/protocol.ts';
import { BASELINE_NAMES } from '../baseline-words.ts';
import { haloText, line } from '../figures/canvas/axes.ts';
import { type Box, crisp, type Frame } from '../figures/canvas/surface.ts';
import type { Scale } from '../figures/canvas/ticks.ts';
import { formatCount, formatError } from '../format.ts';

/** What is drawn of the baselines: lines at an error, and the tanh network's error over its steps. */
export interface BaselineMarks {
  readonly lines: readonly { readonly label: string; readonly value: number }[];
  readonly curve: readonly Metric[];
}

export function baselineMarks(report: BaselinesReport | undefined): BaselineMarks | undefined {
  return (
    report && {
      lines: report.errors.map(({ name, error }) => ({ label: BASELINE_NAMES[name], value: error })),
      curve: report.curve,
    }
  );
}

/** Errors below this are named at the lower end of the axis, which would otherwise have room for nothing else. */
const LEAST_ON_AXIS = 1e-5;

/** Errors that the axis has to hold. */
export function baselineValues(marks: BaselineMarks | undefined): number[] {
  if (!marks) return [];
  const last = marks.curve[marks.curve.length - 1];
  // Below the curve's end stands its name.
  const room = last ? [{ value: last.value / 2 }] : [];
  const values = [...marks.lines, ...marks.curve, ...room].map(({ value }) => value);
  return values.filter((value) => value >= LEAST_ON_AXIS);
}

const DASH = [2, 3];
/** Room for the chart's title, in sizes of type. */
const TITLE = 7.5;

/**
 * Lines and the tanh network's curve, without their names. `x` is the pixel of a step; where the axis has other numbers than
 * steps, the curve is a line at its last error.
 */
export function drawBaselines(
  frame: Frame,
  box: Box,
  marks: BaselineMarks,
  y: Scale,
  x?: (step: number) => number,
): void {
  const right = box.left + box.width;
  const last = marks.curve[marks.curve.length - 1];
  for (const { value } of x || !last ? marks.lines : [...marks.lines, last]) {
    const at = crisp(y(value), frame.ratio);
    if (at <= box.top + box.height) line(frame, box.left, at, right, at, frame.theme.muted, 1, DASH);
  }
  if (x) drawCurve(frame, marks.curve, x, y);
}

/**
 * Names of the lines and of the curve: low lines at the left, where the run's curve is high, the others at the right, the curve's
 * below its end, which curves come down to from above. Those at the left keep clear of a name at the height `nameY`,
 * all of them of the rows that the methods of a run with `changes` stand in, the highest and the lowest.
 */
export function nameBaselines(
  frame: Frame,
  box: Box,
  marks: BaselineMarks,
  y: Scale,
  {
    curve,
    nameY = box.top,
    changes = false,
  }: { readonly curve: boolean; readonly nameY?: number; readonly changes?: boolean },
): void {
  const { ctx, theme } = frame;
  const bottom = box.top + box.height;
  const gap = theme.fontSize + 1;
  const middle = Math.max(box.top + box.height / 2, nameY + gap);
  const last = marks.curve[marks.curve.length - 1];
  const named = marks.lines.map((one) => ({ ...one, below: false }));
  if (last) named.push({ label: BASELINE_NAMES['tanh-BP'], value: last.value, below: curve });
  const names = named.map(({ label, value, below }): BaselineName => {
    const text = `${label} ${formatError(value)}${y(value) > bottom ? ' ↓' : ''}`;
    return {
      text,
      side: !below && y(value) > middle ? 'left' : 'right',
      at: below ? y(value) + gap + 3 : y(value) - 2,
      width: ctx.measureText(text).width,
    };
  });
  // The highest name stands beside the chart's title, clear of the curves, where there is room for both.
  const beside = Math.max(0, ...names.map(({ width }) => width)) + TITLE * theme.fontSize < box.width;
  const least = {
    left: nameY + gap,
    right: box.top + (beside && !changes ? -1 : (changes ? 2 : 1) * gap + 1),
  };
  const places = placeSides(names, gap, least, bottom - 2 - (changes ? gap : 0), box.width);
  ctx.textBaseline = 'bottom';
  names.forEach(({ text, side }, i) => {
    ctx.textAlign = side;
    const right = box.left + box.width + (places[i] < box.top ? 6 : -4);
    haloText(frame, text, side === 'left' ? box.left + 4 : right, places[i], theme.muted);
  });
}

interface BaselineName {
  readonly text: string;
  readonly side: 'left' | 'right';
  /** Where its lower edge would best be. */
  readonly at: number;
  readonly width: number;
}

/** Lower edges of names at both sides of a chart; where left and right ones would meet in its middle they give way to each other. */
export function placeSides(
  names: readonly Pick<BaselineName, 'side' | 'at' | 'width'>[],
  gap: number,
  least: Record<BaselineName['side'], number>,
  to: number,
  width: number,
): number[] {
  const of = (side: BaselineName['side']) => names.filter((name) => name.side === side);
  const widest = (side: BaselineName['side']) => Math.max(0, ...of(side).map((name) => name.width));
  const heights = (group: typeof names) => group.map(({ at }) => at);
  if (widest('left') > 0 && widest('left') + widest('right') + 16 > width)
    return placeLabels(heights(names), gap, least.right, to);
  const placed = {
    left: placeLabels(heights(of('left')), gap, least.left, to),
    right: placeLabels(heights(of('right')), gap, least.right, to),
  };
  return names.map(({ side }) => placed[side].shift() as number);
}

function drawCurve(
  { ctx, theme }: Frame,
  curve: readonly Metric[],
  x: (step: number) => number,
  y: Scale,
): void {
  ctx.strokeStyle = theme.muted;
  ctx.lineWidth = 1.5;
  ctx.setLineDash(DASH);
  ctx.beginPath();
  for (const { step, value, grid } of curve) if (grid === 'coarse') ctx.lineTo(x(step), y(value));
  ctx.stroke();
  ctx.setLineDash([]);
  for (const { step, value, grid } of curve) {
    if (grid !== 'stated') continue;
    ctx.beginPath();
    ctx.arc(x(step), y(value), 3.5, 0, 2 * Math.PI);
    ctx.fillStyle = theme.panel;
    ctx.fill();
    ctx.lineWidth = 1.5;
    ctx.stroke();
  }
}

/** Heights nearest to `heights`, between `from` and `to`, that keep `gap` from each other; in the order of `heights`. */
export function placeLabels(heights: readonly number[], gap: number, from: number, to: number): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a] - heights[b]);
  const placed = [...heights];
  let least = from;
  for (const i of order) {
    placed[i] = Math.max(heights[i], least);
    least = placed[i] + gap;
  }
  let most = to;
  for (const i of order.reverse()) {
    placed[i] = Math.min(placed[i], most);
    most = placed[i] - gap;
  }
  return placed;
}

/** The baselines in words. */
export function describeBaselines(report: BaselinesReport | undefined): string {
  if (!report || report.state === 'waiting') return 'Baselines: none yet.';
  const parts = report.errors.map(({ name, error }) => `${BASELINE_NAMES[name]} ${formatError(error)}`);
  const last = report.curve[report.curve.length - 1];
  if (last)
    parts.push(
      `${BASELINE_NAMES['tanh-BP']} ${formatError(last.value)} after ${formatCount(last.step)} of ${formatCount(report.steps)} steps`,
    );
  return parts.length > 0 ? `Baselines: ${parts.join('; ')}.` : 'Baselines: none yet.';
}

import { type Box, crisp, type Frame } from './surface.ts';
import { formatTick, type Scale } from './ticks.ts';

interface AxisOptions {
  readonly ticks: readonly number[];
  readonly scale: Scale;
  readonly label?: string;
  readonly format?: (value: number) => string;
  /** Where a y axis stands; left if not said. */
  readonly side?: 'left' | 'right';
  /** Faint lines across the box at the ticks. */
  readonly grid?: boolean;
}

const TICK = 4;
/** Least room between two numbers of an axis. */
const APART = 3;

/** Ticks, numbers and label under `box`; takes about 17 px, and 14 px more with a label. Numbers that would touch are left out, the last never. */
export function drawXAxis(frame: Frame, box: Box, { ticks, scale, label, format, grid }: AxisOptions): void {
  const { ctx, theme, ratio } = frame;
  const bottom = box.top + box.height;
  ctx.textBaseline = 'top';
  ctx.textAlign = 'center';
  const numbers = ticks.map((tick) => {
    const x = crisp(scale(tick), ratio);
    const text = (format ?? formatTick)(tick);
    const half = ctx.measureText(text).width / 2;
    // Numbers at the ends stay on the canvas.
    return { x, text, half, middle: Math.min(Math.max(x, half + 1), frame.width - half - 1) };
  });
  const last = numbers.at(-1);
  let end = Number.NEGATIVE_INFINITY;
  for (const { x, text, half, middle } of numbers) {
    if (grid) line(frame, x, box.top, x, bottom, theme.line);
    line(frame, x, bottom, x, bottom + TICK, theme.muted);
    const isLast = x === last?.x;
    if (!isLast && (middle - half < end || (last && middle + half + APART > last.middle - last.half)))
      continue;
    ctx.fillStyle = theme.muted;
    ctx.fillText(text, middle, bottom + TICK + 2);
    end = middle + half + APART;
  }
  if (!label) return;
  ctx.fillStyle = theme.muted;
  // Below large numbers, where the canvas has room for that.
  const below = Math.min(theme.fontSize, frame.height - bottom - TICK - theme.fontSize);
  ctx.fillText(label, box.left + box.width / 2, bottom + TICK + Math.max(16, below));
}

/** Ticks and numbers left or right of `box`, none on another, and the label upright at the frame's left edge. */
export function drawYAxis(
  frame: Frame,
  box: Box,
  { ticks, scale, label, format, side = 'left', grid }: AxisOptions,
): void {
  const { ctx, theme, ratio } = frame;
  const edge = side === 'left' ? box.left : box.left + box.width;
  const outwards = side === 'left' ? -1 : 1;
  ctx.textBaseline = 'middle';
  ctx.textAlign = side === 'left' ? 'right' : 'left';
  let before = Number.NEGATIVE_INFINITY;
  for (const tick of ticks) {
    const y = crisp(scale(tick), ratio);
    if (grid) line(frame, box.left, y, box.left + box.width, y, theme.line);
    line(frame, edge + outwards * TICK, y, edge, y, theme.muted);
    const inside = Math.min(Math.max(y, 6), frame.height - 6);
    if (Math.abs(inside - before) < theme.fontSize) continue;
    before = inside;
    ctx.fillStyle = theme.muted;
    ctx.fillText((format ?? formatTick)(tick), edge + outwards * (TICK + 2), inside + 0.5);
  }
  if (!label) return;
  ctx.save();
  ctx.translate(theme.fontSize * 0.62, box.top + box.height / 2);
  ctx.rotate(-Math.PI / 2);
  ctx.textAlign = 'center';
  ctx.fillStyle = theme.muted;
  ctx.fillText(label, 0, 0);
  ctx.restore();
}

/** Room in px that the labels of an axis on the left need beside the plot, its ticks included; at least `least`. */
export function labelRoom({ ctx }: Frame, ticks: readonly number[], least: number): number {
  const widest = Math.max(...ticks.map((tick) => ctx.measureText(formatTick(tick)).width));
  return Math.max(least, Math.ceil(widest) + TICK + 4);
}

/** A hairline; `dash` in CSS pixels. */
export function line(
  { ctx }: Frame,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  colour: string,
  width = 1,
  dash: readonly number[] = [],
): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash([...dash]);
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Text in `colour` with a rim of the panel's colour, so that it can be read on top of lines. */
export function haloText({ ctx, theme }: Frame, text: string, x: number, y: number, colour: string): void {
  ctx.save();
  ctx.lineJoin = 'round';
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = theme.panel;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
  ctx.restore();
}

/** `text`, or as much of it as fits `width`, with an ellipsis. */
export function fitText(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  for (let length = text.length - 1; length > 0; length--) {
    const shortened = `${text.slice(0, length).trimEnd()}…`;
    if (ctx.measureText(shortened).width <= width) return shortened;
  }
  return '';
}

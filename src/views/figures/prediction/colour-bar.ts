import { cssColour, LUT_SIZE, type Lut } from '../canvas/colour-map.ts';
import type { Box, Frame } from '../canvas/surface.ts';
import { formatTick } from '../canvas/ticks.ts';

export interface ColourBarOptions {
  readonly lut: Lut;
  readonly ticks: readonly number[];
  readonly from: number;
  readonly to: number;
  /** Whether values beyond the ends may be there: the ends are drawn pointed. */
  readonly open?: boolean;
}

/** A horizontal colour bar with its numbers underneath. */
export function drawColourBar(
  frame: Frame,
  box: Box,
  { lut, ticks, from, to, open }: ColourBarOptions,
): void {
  const { ctx, theme } = frame;
  const { left, top, width, height } = box;
  const point = open ? height * 0.6 : 0;
  const middle = top + height / 2;
  ctx.save();
  ctx.beginPath();
  ctx.moveTo(left + point, top);
  ctx.lineTo(left + width - point, top);
  ctx.lineTo(left + width, open ? middle : top);
  if (!open) ctx.lineTo(left + width, top + height);
  ctx.lineTo(left + width - point, top + height);
  ctx.lineTo(left + point, top + height);
  ctx.lineTo(left, open ? middle : top + height);
  ctx.closePath();
  const gradient = ctx.createLinearGradient(left + point, 0, left + width - point, 0);
  for (let k = 0; k <= 20; k++) {
    gradient.addColorStop(k / 20, cssColour(lut, Math.round((k / 20) * (LUT_SIZE - 1))));
  }
  ctx.fillStyle = gradient;
  ctx.fill();
  ctx.strokeStyle = theme.line;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.restore();

  ctx.fillStyle = theme.muted;
  ctx.strokeStyle = theme.muted;
  ctx.textBaseline = 'top';
  ctx.textAlign = 'center';
  for (const tick of ticks) {
    const x = left + point + ((tick - from) / (to - from)) * (width - 2 * point);
    ctx.beginPath();
    ctx.moveTo(x, top + height);
    ctx.lineTo(x, top + height + 3);
    ctx.stroke();
    const text = tick > 0 && from < 0 ? `+${formatTick(tick)}` : formatTick(tick);
    const half = ctx.measureText(text).width / 2;
    ctx.fillText(text, Math.min(Math.max(x, half), frame.width - half), top + height + 5);
  }
}

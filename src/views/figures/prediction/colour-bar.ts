import { cssColour, LUT_SIZE, type Lut } from '../canvas/colour-map.ts';
import type { Box, Frame } from '../canvas/surface.ts';
import { formatTick } from '../canvas/ticks.ts';

interface ColourBarOptions {
  readonly lut: Lut;
  readonly ticks: readonly number[];
  readonly from: number;
  readonly to: number;
  /** Whether values beyond the ends may be there: the ends are drawn pointed. */
  readonly open?: boolean;
}

/** A colour bar with its numbers: underneath where it lies, on its right where it stands. */
export function drawColourBar(
  frame: Frame,
  box: Box,
  { lut, ticks, from, to, open }: ColourBarOptions,
): void {
  const { ctx, theme } = frame;
  const { left, top, width, height } = box;
  const upright = height > width;
  const long = upright ? height : width;
  const thick = upright ? width : height;
  const point = open ? thick * 0.6 : 0;
  /** Place `along` the bar from its low end and `across` it. */
  const place = (along: number, across: number): [number, number] =>
    upright ? [left + across, top + height - along] : [left + along, top + across];

  ctx.save();
  ctx.beginPath();
  ctx.moveTo(...place(point, 0));
  ctx.lineTo(...place(long - point, 0));
  ctx.lineTo(...place(long, open ? thick / 2 : 0));
  if (!open) ctx.lineTo(...place(long, thick));
  ctx.lineTo(...place(long - point, thick));
  ctx.lineTo(...place(point, thick));
  ctx.lineTo(...place(0, open ? thick / 2 : thick));
  ctx.closePath();
  const gradient = ctx.createLinearGradient(...place(point, 0), ...place(long - point, 0));
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
  ctx.textBaseline = upright ? 'middle' : 'top';
  ctx.textAlign = upright ? 'left' : 'center';
  const textOf = (tick: number) => (tick > 0 && from < 0 ? `+${formatTick(tick)}` : formatTick(tick));
  const widthOf = (tick: number) => ctx.measureText(textOf(tick)).width;
  const alongOf = (tick: number) => point + ((tick - from) / (to - from)) * (long - 2 * point);
  const middleOf = (tick: number) => {
    const half = widthOf(tick) / 2;
    return Math.min(Math.max(left + alongOf(tick), half), frame.width - half);
  };
  const apart = (some: readonly number[]) =>
    some.every((tick, k) => {
      if (k === 0) return true;
      const room = middleOf(tick) - middleOf(some[k - 1]);
      return room >= (widthOf(tick) + widthOf(some[k - 1])) / 2 + 3;
    });
  // Under a short bar only its ends have room for numbers, or the upper end alone.
  const ends = [ticks[0], ticks[ticks.length - 1]];
  const numbered = upright || apart(ticks) ? ticks : apart(ends) ? ends : ends.slice(1);
  for (const tick of numbered) {
    const along = alongOf(tick);
    ctx.beginPath();
    ctx.moveTo(...place(along, thick));
    ctx.lineTo(...place(along, thick + 3));
    ctx.stroke();
    const [x, y] = place(along, thick + 5);
    ctx.fillText(textOf(tick), upright ? x : middleOf(tick), y);
  }
}

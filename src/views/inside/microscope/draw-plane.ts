import type { Landscape } from '../../../training/landscape.ts';
import { formatLogTick } from '../../curves/log-axis.ts';
import { drawArrow } from '../../figures/canvas/arrow.ts';
import { drawXAxis, drawYAxis } from '../../figures/canvas/axes.ts';
import { cividis, cssColour, lutIndex } from '../../figures/canvas/colour-map.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import { linearScale } from '../../figures/canvas/ticks.ts';
import type { Say } from '../../methods/use-spoken.ts';
import { SIDE } from './use-landscape.ts';

interface PlaneChart {
  readonly plane: readonly number[];
  readonly radius: number;
  readonly landscape: Landscape;
}

/** The true loss on the plane, node by node, with -BP's gradient, δθ and minus the estimate as arrows from the weights. */
export function drawPlane(frame: Frame, { plane, radius, landscape }: PlaneChart, say: Say): void {
  const { ctx, theme, width, height } = frame;
  const side = Math.max(60, Math.min(width - 124, height - 46));
  const box = { left: 48, top: 6, width: side, height: side };
  const x = linearScale(-radius, radius, box.left, box.left + side);
  const y = linearScale(-radius, radius, box.top + side, box.top);
  if (plane.length === 0) return;
  const [low, high] = [Math.min(...plane), Math.max(...plane)];
  const lut = cividis();
  const cell = side / SIDE;
  plane.forEach((loss, n) => {
    ctx.fillStyle = cssColour(lut, lutIndex(loss, low, high > low ? high : low + 1));
    const [column, row] = [n % SIDE, Math.floor(n / SIDE)];
    ctx.fillRect(box.left + column * cell, box.top + side - (row + 1) * cell, cell + 0.6, cell + 0.6);
  });
  ctx.strokeStyle = theme.line;
  ctx.lineWidth = 1;
  ctx.strokeRect(box.left, box.top, side, side);
  const ticks = [-radius, 0, radius];
  drawXAxis(frame, box, { ticks, scale: x, label: say('along −BP’s gradient') });
  drawYAxis(frame, box, { ticks, scale: y, label: 'across, towards δθ' });

  const bar = box.left + side + 14;
  const levels = 64;
  for (let i = 0; i < levels; i++) {
    ctx.fillStyle = cssColour(lut, lutIndex(i, 0, levels - 1));
    ctx.fillRect(bar, box.top + side - ((i + 1) * side) / levels, 12, side / levels + 0.6);
  }
  ctx.fillStyle = theme.muted;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.fillText(formatLogTick(low), bar + 17, box.top + side);
  ctx.textBaseline = 'top';
  ctx.fillText(formatLogTick(high), bar + 17, box.top);
  ctx.fillText('loss', bar + 17, box.top + side / 2 - 6);

  const { cosine, estimate } = landscape;
  const reach = 0.8 * radius;
  const arrow = (u: number, v: number, colour: string, label: string, dash: number[]) =>
    drawArrow(frame, [x(0), y(0)], [x(u), y(v)], { colour, label, dash });
  const across = Math.sqrt(Math.max(0, 1 - cosine * cosine));
  arrow(reach * cosine, reach * across, theme.muted, 'δθ', [5, 4]);
  arrow(reach * estimate[0], reach * estimate[1], theme.accent, '−g', []);
  arrow(reach, 0, theme.trace, '−∇L', []);
}

import { type LegendEntry, lineMark } from '../../../io/legend.ts';
import { drawXAxis, drawYAxis, line } from '../../figures/canvas/axes.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import type { FigureTheme } from '../../figures/canvas/theme.ts';
import { linearScale, niceTicks } from '../../figures/canvas/ticks.ts';

const LEFT = 44;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 38;

interface SliceCurves {
  readonly target: Float32Array;
  readonly network?: Float32Array;
  readonly axis: { readonly name: string; readonly from: number; readonly to: number };
  /** Range of values, the same for every line. */
  readonly low: number;
  readonly high: number;
}

/** Which curve is which. */
export const sliceLegend = ({ accent, ink }: FigureTheme): LegendEntry[] => [
  { text: 'spiking network', mark: (ctx, x, y) => lineMark(ctx, x, y, accent, 2) },
  { text: 'target', mark: (ctx, x, y) => lineMark(ctx, x, y, ink, 1.75, [6, 4]) },
];

/** Target dashed, network drawn through, over the position along the line. */
export function drawSlice(frame: Frame, { target, network, axis, low, high }: SliceCurves): void {
  const { ctx, theme, width, height } = frame;
  const box = { left: LEFT, top: TOP, width: width - LEFT - RIGHT, height: height - TOP - BOTTOM };
  const x = linearScale(axis.from, axis.to, box.left, box.left + box.width);
  const y = linearScale(low, high, box.top + box.height, box.top);
  const ends = [Math.min(axis.from, axis.to), Math.max(axis.from, axis.to)];
  drawYAxis(frame, box, {
    ticks: niceTicks(low, high, box.height / 40),
    scale: y,
    grid: true,
    label: 'value',
  });
  drawXAxis(frame, box, { ticks: niceTicks(ends[0], ends[1], box.width / 60), scale: x, label: axis.name });
  line(frame, box.left, y(0), box.left + box.width, y(0), theme.muted);

  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top - 2, box.width, box.height + 4);
  ctx.clip();
  const curve = (values: Float32Array, colour: string, thick: number, dash: number[]) => {
    ctx.strokeStyle = colour;
    ctx.lineWidth = thick;
    ctx.setLineDash(dash);
    ctx.beginPath();
    values.forEach((value, i) => {
      ctx.lineTo(box.left + (i / (values.length - 1)) * box.width, y(value));
    });
    ctx.stroke();
    ctx.setLineDash([]);
  };
  if (network) curve(network, theme.accent, 2, []);
  curve(target, theme.ink, 1.75, [6, 4]);
  ctx.restore();

  ctx.font = theme.fontBold;
  ctx.fillStyle = theme.ink;
  ctx.textBaseline = 'bottom';
  ctx.textAlign = 'left';
  ctx.fillText('A', box.left, height - 2);
  ctx.textAlign = 'right';
  ctx.fillText('B', box.left + box.width, height - 2);
}

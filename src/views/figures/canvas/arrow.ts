import { haloText } from './axes.ts';
import type { Frame } from './surface.ts';

export interface ArrowLook {
  readonly colour: string;
  readonly label?: string;
  readonly dash?: readonly number[];
  readonly width?: number;
}

/** An arrow with a rim of the panel's colour, so that it can be seen on top of lines; its label stands at the tip. */
export function drawArrow(
  frame: Frame,
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  { colour, label, dash = [], width = 2.5 }: ArrowLook,
): void {
  const { ctx, theme } = frame;
  const angle = Math.atan2(y1 - y0, x1 - x0);
  // Of a short arrow the head is as long as it is itself.
  const head = Math.min(9, Math.hypot(x1 - x0, y1 - y0));
  for (const [stroke, thickness] of [
    [theme.panel, width + 2.5],
    [colour, width],
  ] as const) {
    ctx.strokeStyle = stroke;
    ctx.lineWidth = thickness;
    ctx.setLineDash(stroke === colour ? [...dash] : []);
    ctx.beginPath();
    ctx.moveTo(x0, y0);
    ctx.lineTo(x1, y1);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.beginPath();
    for (const turn of [-0.45, 0.45]) {
      ctx.moveTo(x1, y1);
      ctx.lineTo(x1 - head * Math.cos(angle + turn), y1 - head * Math.sin(angle + turn));
    }
    ctx.stroke();
  }
  if (!label) return;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.font = theme.fontBold;
  // A long label stands beside the tip, not across the arrow.
  const room = 10 + (ctx.measureText(label).width / 2) * Math.abs(Math.cos(angle));
  haloText(frame, label, x1 + room * Math.cos(angle), y1 + 12 * Math.sin(angle), theme.ink);
  ctx.font = theme.font;
}

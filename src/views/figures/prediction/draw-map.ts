import { drawXAxis, drawYAxis } from '../canvas/axes.ts';
import { diverging, type Lut } from '../canvas/colour-map.ts';
import { levelLine } from '../canvas/contour.ts';
import { type Field, paintField } from '../canvas/field-image.ts';
import type { Box, Frame } from '../canvas/surface.ts';
import { linearScale } from '../canvas/ticks.ts';
import { drawColourBar } from './colour-bar.ts';
import { mapLayout } from './map-layout.ts';

/** Most pixels along a side, and along the side of a grid's cell, that are coloured one by one; larger maps are enlarged smoothly. */
const MOST_PIXELS = 640;
const PIXELS_OF_CELL = 3;

/** A field's picture, kept until the field, the size or the colours change. */
export class FieldImage {
  private readonly canvas = document.createElement('canvas');
  private pixels: ImageData | undefined;
  private lastInputs: readonly unknown[] = [];

  /** Draws the picture of `field` on `box`. */
  draw({ ctx, ratio }: Frame, box: Box, field: Field, lut: Lut, from: number, to: number): void {
    const side = Math.min(MOST_PIXELS, PIXELS_OF_CELL * (field.n - 1), Math.round(box.width * ratio));
    const nextInputs = [field.values, lut, from, to, side];
    if (nextInputs.some((part, i) => part !== this.lastInputs[i])) {
      const context = this.canvas.getContext('2d');
      if (!context) return;
      if (this.canvas.width !== side || this.canvas.height !== side) {
        this.canvas.width = side;
        this.canvas.height = side;
      }
      if (this.pixels?.width !== side) this.pixels = context.createImageData(side, side);
      paintField(field, lut, from, to, new Uint32Array(this.pixels.data.buffer), side, side);
      context.putImageData(this.pixels, 0, 0);
      this.lastInputs = nextInputs;
    }
    ctx.imageSmoothingEnabled = side !== Math.round(box.width * ratio);
    ctx.drawImage(this.canvas, box.left, box.top, box.width, box.height);
  }
}

const images = new WeakMap<HTMLCanvasElement, FieldImage>();

interface HeatMapModel {
  /** Nothing is drawn on the square without one. */
  readonly field: Field | undefined;
  /** Ends of the signed range, -bound and bound. */
  readonly bound: number;
  readonly zeroLine?: boolean;
}

/** A whole heat map: picture, zero line, axes, colour bar. The picture is kept for as long as its canvas. */
export function drawHeatMap(
  frame: Frame,
  canvas: HTMLCanvasElement,
  { field, bound, zeroLine }: HeatMapModel,
): void {
  const { map, bar } = mapLayout(frame.width, frame.height);
  const lut = diverging(frame.theme.scheme);
  if (field) {
    const image = images.get(canvas) ?? new FieldImage();
    images.set(canvas, image);
    image.draw(frame, map, field, lut, -bound, bound);
    if (zeroLine) drawZeroLine(frame, map, field);
  }
  drawSquareAxes(frame, map);
  drawColourBar(frame, bar, { lut, from: -bound, to: bound, ticks: [-bound, 0, bound], open: true });
}

const lines = new WeakMap<ArrayLike<number> & object, ReturnType<typeof levelLine>>();

/** The line on which the field is zero: the border of positive and negative without their colours. */
export function drawZeroLine({ ctx, theme }: Frame, box: Box, field: Field): void {
  const key = field.values as ArrayLike<number> & object;
  let segments = lines.get(key);
  if (!segments) {
    segments = levelLine(field, 0);
    lines.set(key, segments);
  }
  const x = linearScale(-1, 1, box.left, box.left + box.width);
  const y = linearScale(-1, 1, box.top + box.height, box.top);
  ctx.save();
  ctx.strokeStyle = theme.muted;
  ctx.globalAlpha = 0.7;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const [x0, y0, x1, y1] of segments) {
    ctx.moveTo(x(x0), y(y0));
    ctx.lineTo(x(x1), y(y1));
  }
  ctx.stroke();
  ctx.restore();
}

/** Frame of the square with ticks at -1, 0, 1 and the names of the axes. */
export function drawSquareAxes(frame: Frame, box: Box): void {
  const { ctx, theme } = frame;
  const x = linearScale(-1, 1, box.left, box.left + box.width);
  const y = linearScale(-1, 1, box.top + box.height, box.top);
  ctx.strokeStyle = theme.line;
  ctx.lineWidth = 1;
  ctx.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
  const ticks = [-1, 0, 1];
  drawXAxis(frame, box, { ticks, scale: x });
  drawYAxis(frame, box, { ticks, scale: y });
  ctx.font = `italic ${theme.font}`;
  ctx.fillStyle = theme.muted;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.fillText('x', x(0.5), box.top + box.height + 5);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  ctx.fillText('y', box.left - 6, y(0.5));
  ctx.font = theme.font;
}

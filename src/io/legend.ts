/** What a line or a mark of a picture means. */
export interface LegendEntry {
  readonly text: string;
  /** Draws an example of it in a box of `MARK` × `MARK_HEIGHT` px around its middle (x, y). */
  readonly mark: (ctx: CanvasRenderingContext2D, x: number, y: number) => void;
}

/** Width and height in px of an example of a line in a legend. */
export const MARK = 30;
export const MARK_HEIGHT = 14;

/** A line through points in px; `xs` and `ys` are as long. */
export function drawLine(
  ctx: CanvasRenderingContext2D,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  colour: string,
  width: number,
  dash: readonly number[] = [],
): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineJoin = 'round';
  ctx.setLineDash([...dash]);
  ctx.beginPath();
  for (let i = 0; i < xs.length; i++) {
    if (i === 0) ctx.moveTo(xs[i], ys[i]);
    else ctx.lineTo(xs[i], ys[i]);
  }
  ctx.stroke();
  ctx.setLineDash([]);
}

/** A piece of a line as an example. */
export function lineMark(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  colour: string,
  width: number,
  dash?: readonly number[],
): void {
  drawLine(ctx, [x - MARK / 2, x + MARK / 2], [y, y], colour, width, dash);
}

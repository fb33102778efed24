/** What a line or a mark of a picture means. */
export interface LegendEntry {
  readonly text: string;
  /** Draws an example of it in a box of `MARK` × `MARK_HEIGHT` px around its middle (x, y). */
  readonly mark: (ctx: CanvasRenderingContext2D, x: number, y: number) => void;
}

/** Width and height in px of an example of a line in a legend. */
export const MARK = 30;
export const MARK_HEIGHT = 14;

/** A piece of a line as an example. */
export function lineMark(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  colour: string,
  width: number,
  dash: readonly number[] = [],
): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash([...dash]);
  ctx.beginPath();
  ctx.moveTo(x - MARK / 2, y);
  ctx.lineTo(x + MARK / 2, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

import type { Frame } from '../figures/canvas/surface.ts';

/** How a canvas is drawn: what export draws again, into a file. */
type Drawing = (frame: Frame) => void;

const drawings = new WeakMap<HTMLCanvasElement, Drawing>();

/** Notes how `canvas` is drawn. */
export function keepDrawing(canvas: HTMLCanvasElement, drawing: Drawing): void {
  drawings.set(canvas, drawing);
}

export function drawingOf(canvas: HTMLCanvasElement): Drawing | undefined {
  return drawings.get(canvas);
}

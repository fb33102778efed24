import type { View } from './camera.ts';
import { turned } from './camera.ts';
import { drawingAsSvg, drawingOf, paintDrawing } from './drawing.ts';
import type { SurfacesRequest } from './request.ts';

/** Degrees that the surfaces turn for each pixel of a drag. */
const TURN = 0.4;

/** Both surfaces on a canvas, without WebGL: they turn and are saved like the others. */
export class DrawnSurfaces {
  private readonly canvas = document.createElement('canvas');
  private last: SurfacesRequest | undefined;
  private readonly sizes: ResizeObserver;

  /** @param turn told the view that a drag asks for */
  constructor(
    private readonly box: HTMLElement,
    turn: (view: View) => void,
  ) {
    this.canvas.style.touchAction = 'pan-y pinch-zoom';
    this.canvas.dataset.testid = 'surface-drawn';
    box.replaceChildren(this.canvas);
    let from: { x: number; y: number } | undefined;
    this.canvas.addEventListener('pointerdown', (event) => {
      if (!event.isPrimary) return;
      from = { x: event.clientX, y: event.clientY };
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener('pointermove', (event) => {
      if (!from || !this.last || !event.isPrimary) return;
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      from = { x: event.clientX, y: event.clientY };
      turn(turned(this.last.view, TURN * dx, TURN * dy));
    });
    for (const kind of ['pointerup', 'pointercancel'] as const)
      this.canvas.addEventListener(kind, () => {
        from = undefined;
      });
    this.sizes = new ResizeObserver(() => this.last && this.draw(this.last));
    this.sizes.observe(box);
  }

  draw(request: SurfacesRequest): void {
    this.last = request;
    const { clientWidth: width, clientHeight: height } = this.box;
    const context = this.canvas.getContext('2d');
    if (!context || width === 0 || height === 0) return;
    const ratio = devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    context.scale(ratio, ratio);
    paintDrawing(context, drawingOf(request, width, height));
  }

  look(view: View): void {
    if (this.last) this.draw({ ...this.last, view });
  }

  dispose(): void {
    this.sizes.disconnect();
    this.box.replaceChildren();
  }
}

/** Pixels of a picture for each of CSS. */
const PNG_RATIO = 3;

/** The surfaces of a request as a file of so many pixels of CSS. */
export async function drawnAs(
  request: SurfacesRequest,
  format: 'png' | 'svg',
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Blob> {
  const drawing = drawingOf(request, width, height);
  if (format === 'svg') return new Blob([drawingAsSvg(drawing)], { type: 'image/svg+xml' });
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(PNG_RATIO * width), Math.round(PNG_RATIO * height)];
  const context = canvas.getContext('2d');
  context?.scale(PNG_RATIO, PNG_RATIO);
  if (context) paintDrawing(context, drawing);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made'))));
  });
}

import { type FigureTheme, themeOf } from './theme.ts';

/** What a figure is drawn with: coordinates are CSS pixels, or larger units where the theme scales figures. */
export interface Frame {
  readonly ctx: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** Device pixels for each unit. */
  readonly ratio: number;
  readonly theme: FigureTheme;
  /** For a file or a printer: what asks for a press is left out. */
  readonly onPaper?: boolean;
}

/** Size of a canvas on the page (CSS pixels, may be fractions) and on the screen (whole pixels). */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly pixelWidth: number;
  readonly pixelHeight: number;
}

/** Size of the observed canvas: exact to the pixel where the browser tells it, so that nothing is drawn blurred. */
export function canvasSize(entry: ResizeObserverEntry): CanvasSize {
  const { width, height } = entry.contentRect;
  const ratio = window.devicePixelRatio || 1;
  // A browser that pretends to be another device tells its own pixels here.
  const pixels = entry.devicePixelContentBoxSize?.find(
    (box) => Math.abs(box.inlineSize - width * ratio) < 2 && Math.abs(box.blockSize - height * ratio) < 2,
  );
  return {
    width,
    height,
    pixelWidth: pixels?.inlineSize ?? Math.round(width * ratio),
    pixelHeight: pixels?.blockSize ?? Math.round(height * ratio),
  };
}

/** Observes in device pixels where that is known (all but Safari). */
export function observeCanvas(observer: ResizeObserver, canvas: Element): void {
  try {
    observer.observe(canvas, { box: 'device-pixel-content-box' });
  } catch {
    observer.observe(canvas);
  }
}

/** Clears the canvas at its size; undefined while it has none. */
export function openFrame(canvas: HTMLCanvasElement, size: CanvasSize): Frame | undefined {
  const { pixelWidth, pixelHeight } = size;
  const ctx = canvas.getContext('2d');
  if (!ctx || pixelWidth < 1 || pixelHeight < 1) return undefined;
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth;
    canvas.height = pixelHeight;
  }
  const theme = themeOf(canvas);
  const [width, height] = [size.width / theme.scale, size.height / theme.scale];
  ctx.setTransform(pixelWidth / width, 0, 0, pixelHeight / height, 0, 0);
  ctx.clearRect(0, 0, width, height);
  ctx.font = theme.font;
  return { ctx, width, height, ratio: pixelWidth / width, theme };
}

/** Middle of the device pixel at `position`, where a hairline is sharp. */
export function crisp(position: number, ratio: number): number {
  return (Math.floor(position * ratio) + 0.5) / ratio;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

import { type MeasureText, SvgCanvas } from './svg-canvas.ts';
import { xmlText } from './svg-parts.ts';

/** A part of a picture: drawn by code, or a canvas as it is. In CSS pixels from the picture's top left corner. */
export interface Layer {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Draws at the origin; `ratio` is the number of pixels for each unit. */
  readonly draw: ((ctx: CanvasRenderingContext2D, ratio: number) => void) | HTMLCanvasElement;
}

export interface Picture {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly background: string;
  readonly layers: readonly Layer[];
}

/** Pixels of a PNG for each CSS pixel: sharp in print and on a projector. */
const PNG_RATIO = 3;

/** The picture as SVG: lines and text stay such, only maps of colours are embedded as pictures. */
export function toSvg(picture: Picture, measure: MeasureText): string {
  const { title, width, height, background } = picture;
  const layers = picture.layers.map(({ left, top, draw, ...size }, i) => {
    const canvas = new SvgCanvas(measure, `f${i}`);
    if (typeof draw === 'function') draw(canvas as unknown as CanvasRenderingContext2D, 2);
    else canvas.drawImage(draw, 0, 0, size.width, size.height);
    return `<g transform="translate(${left} ${top})">${canvas.content}</g>`;
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<title>${xmlText(title)}</title><rect width="100%" height="100%" fill="${xmlText(background)}"/>` +
    `${layers.join('')}</svg>\n`
  );
}

/** The picture as PNG. @throws Error when the browser gives no canvas of this size. */
export function toPng(picture: Picture): Promise<Blob> {
  const { width, height, background, layers } = picture;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * PNG_RATIO);
  canvas.height = Math.round(height * PNG_RATIO);
  const ctx = canvas.getContext('2d');
  if (!ctx) throw new Error(`no picture of ${canvas.width} × ${canvas.height} pixels can be made here`);
  ctx.scale(PNG_RATIO, PNG_RATIO);
  ctx.fillStyle = background;
  ctx.fillRect(0, 0, width, height);
  for (const { left, top, draw, ...size } of layers) {
    ctx.save();
    ctx.translate(left, top);
    if (typeof draw === 'function') draw(ctx, PNG_RATIO);
    else ctx.drawImage(draw, 0, 0, size.width, size.height);
    ctx.restore();
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG could be made'))), 'image/png'),
  );
}

/** Measures text as the browser draws it. */
export function browserMeasure(): MeasureText {
  const ctx = document.createElement('canvas').getContext('2d');
  return (text, font) => {
    if (!ctx) return 0;
    ctx.font = font;
    return ctx.measureText(text).width;
  };
}

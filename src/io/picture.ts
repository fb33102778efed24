import { type LegendEntry, MARK } from './legend.ts';
import { withTexts } from './png-text.ts';
import { type MeasureText, SvgCanvas } from './svg-canvas.ts';
import { xmlText } from './svg-parts.ts';

/** A part of a picture: drawn by code, a canvas or picture as it is, or (in drawings) the text of another SVG. In CSS pixels from the picture's top left corner. */
export interface Layer {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Draws at the origin; `ratio` is the number of pixels for each unit. */
  readonly draw:
    | ((ctx: CanvasRenderingContext2D, ratio: number) => void)
    | HTMLCanvasElement
    | ImageBitmap
    | string;
}

export interface Picture {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly background: string;
  readonly layers: readonly Layer[];
  /** Stands below the layers. */
  readonly legend?: readonly LegendEntry[];
  /** Where it comes from: written below it, and kept in the file's own texts. */
  readonly source?: Source;
  /** Of legend and source. */
  readonly text: { readonly colour: string; readonly family: string };
}

export interface Source {
  readonly lines: readonly string[];
  readonly link: string;
}

/** Pixels of a PNG for each CSS pixel: sharp in print and on a projector. */
const PNG_RATIO = 3;

/** The text below a picture. */
const CAPTION_PX = 10;
const CAPTION_LINE = 13;
const CAPTION_EDGE = 6;
/** A link of more lines is left to the file's own texts: nobody types it. */
const MOST_LINK_LINES = 4;

/** The lines below a picture: the source's, broken to its width. */
export function captionLines({ title, width, source, text }: Picture, measure: MeasureText): string[] {
  if (!source) return [];
  const font = captionFont(text);
  const linesOf = (text: string) => breakText(text, width - 2 * CAPTION_EDGE, (part) => measure(part, font));
  const link = linesOf(source.link);
  return [
    ...linesOf(title),
    ...source.lines.flatMap(linesOf),
    ...(link.length > MOST_LINK_LINES ? linesOf('Its link is in the file’s description.') : link),
  ];
}

const captionFont = ({ family }: Picture['text'], px = CAPTION_PX) => `${px}px ${family}`;

/** Breaks a text between words, and a word that is too long anywhere. */
export function breakText(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    const longer = line ? `${line} ${word}` : word;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    while (measure(rest) > width && rest.length > 1) {
      let fits = rest.length - 1;
      while (fits > 1 && measure(rest.slice(0, fits)) > width) fits--;
      lines.push(rest.slice(0, fits));
      rest = rest.slice(fits);
    }
    line = rest;
  }
  return line ? [...lines, line] : lines;
}

const LEGEND_PX = 11.5;
const LEGEND_ROW = 18;
const LEGEND_GAP = 16;

/** The picture with its legend as a layer below it, in as many rows as its width needs. */
function explained(picture: Picture, measure: MeasureText): Picture {
  const { width, height, layers, legend = [], text } = picture;
  if (legend.length === 0) return picture;
  const font = captionFont(text, LEGEND_PX);
  let [x, row] = [CAPTION_EDGE, 0];
  const places = legend.map(({ mark, text: words }) => {
    const room = width - 2 * CAPTION_EDGE - MARK - 6;
    const lines = breakText(words, room, (part) => measure(part, font));
    const wide = MARK + 6 + Math.max(...lines.map((line) => measure(line, font)));
    if (x > CAPTION_EDGE && x + wide > width - CAPTION_EDGE) [x, row] = [CAPTION_EDGE, row + 1];
    const place = { mark, lines, x, y: CAPTION_EDGE + (row + 0.5) * LEGEND_ROW };
    x += wide + LEGEND_GAP;
    row += lines.length - 1;
    return place;
  });
  const room = (row + 1) * LEGEND_ROW + CAPTION_EDGE;
  const draw = (ctx: CanvasRenderingContext2D) => {
    for (const { mark, x, y, lines } of places) {
      ctx.save();
      mark(ctx, x + MARK / 2, y);
      ctx.restore();
      ctx.font = font;
      ctx.fillStyle = text.colour;
      ctx.textAlign = 'left';
      ctx.textBaseline = 'middle';
      lines.forEach((line, i) => {
        ctx.fillText(line, x + MARK + 6, y + i * LEGEND_ROW);
      });
    }
  };
  return {
    ...picture,
    height: height + room,
    layers: [...layers, { left: 0, top: height, width, height: room, draw }],
  };
}

/** @throws Error where none of the layers draws anything: an empty picture is none */
function checkDrawn({ title, layers }: Picture, measure: MeasureText): void {
  const drawn = layers.some(({ draw }) => {
    if (typeof draw !== 'function') return true;
    const canvas = new SvgCanvas(measure);
    draw(canvas as unknown as CanvasRenderingContext2D, 1);
    return !canvas.blank;
  });
  if (!drawn) throw new Error(`${title}: there is nothing to save yet`);
}

/** The picture with its caption as a layer below it. */
function captioned(picture: Picture, measure: MeasureText): Picture {
  const { width, height, layers, source, text } = picture;
  if (!source) return picture;
  const lines = captionLines(picture, measure);
  const room = CAPTION_LINE * lines.length + 2 * CAPTION_EDGE;
  const draw = (ctx: CanvasRenderingContext2D) => {
    ctx.font = captionFont(text);
    ctx.fillStyle = text.colour;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    lines.forEach((line, i) => {
      ctx.fillText(line, CAPTION_EDGE, CAPTION_EDGE + CAPTION_LINE * i);
    });
  };
  const caption = { left: 0, top: height, width, height: room, draw };
  return { ...picture, height: height + room, layers: [...layers, caption] };
}

const describe = (source: Source | undefined) => (source ? [...source.lines, source.link].join('\n') : '');

/** The picture as SVG: lines and text stay such, only maps of colours are embedded as pictures. */
export function toSvg(bare: Picture, measure: MeasureText): string {
  checkDrawn(bare, measure);
  const picture = captioned(explained(bare, measure), measure);
  const { title, width, height, background, source } = picture;
  const layers = picture.layers.map(({ left, top, draw, ...size }, i) => {
    const canvas = new SvgCanvas(measure, `f${i}`);
    if (typeof draw === 'function') draw(canvas as unknown as CanvasRenderingContext2D, 2);
    else if (typeof draw === 'string') return nested(draw, left, top, size);
    else if ('toDataURL' in draw) canvas.drawImage(draw, 0, 0, size.width, size.height);
    else throw new TypeError('a drawing has no room for a picture without a canvas');
    return `<g transform="translate(${left} ${top})">${canvas.content}</g>`;
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<title>${xmlText(title)}</title>${source ? `<desc>${xmlText(describe(source))}</desc>` : ''}` +
    `<rect width="${width}" height="${height}" fill="${xmlText(background)}"/>${layers.join('')}</svg>\n`
  );
}

/** A drawing inside another one. */
function nested(svg: string, left: number, top: number, size: { width: number; height: number }): string {
  const { width, height } = size;
  return svg.replace(/^[\s\S]*?(?=<svg\b)/, '').replace(/<svg\b[^>]*>/, (root) => {
    const bare = root.replace(/\s(x|y|width|height)="[^"]*"/g, '');
    const box = /\sviewBox=/.test(bare) ? '' : ` viewBox="0 0 ${width} ${height}"`;
    return bare.replace('<svg', `<svg x="${left}" y="${top}" width="${width}" height="${height}"${box}`);
  });
}

/** The picture as PNG. @throws Error when the browser gives no canvas of this size. */
export async function toPng(bare: Picture): Promise<Blob> {
  const measure = browserMeasure();
  checkDrawn(bare, measure);
  const picture = captioned(explained(bare, measure), measure);
  const { title, width, height, background, layers, source } = picture;
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
    else if (typeof draw !== 'string') ctx.drawImage(draw, 0, 0, size.width, size.height);
    ctx.restore();
  }
  const blob = await new Promise<Blob>((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG could be made'))), 'image/png'),
  );
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const texts = { Title: title, ...(source && { Description: describe(source), Source: source.link }) };
  return new Blob([withTexts(bytes, texts)], { type: 'image/png' });
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

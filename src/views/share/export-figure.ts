import { type Table, toCsv } from '../../io/csv.ts';
import { download, fileName } from '../../io/download.ts';
import { browserMeasure, type Layer, type Picture, toPng, toSvg } from '../../io/picture.ts';
import { themeOf } from '../figures/canvas/theme.ts';
import { drawingOf } from './drawings.ts';

export type ExportKind = 'png' | 'svg' | 'csv';

export interface Exported {
  readonly name: string;
  /** Element whose canvases are the picture. */
  readonly element: Element;
  readonly table?: () => Table;
  /** Makes the picture in another way. */
  readonly picture?: (kind: 'png' | 'svg') => Promise<Blob>;
}

/** Makes a file of a figure and hands it to the browser's downloads. @throws Error whose message can be shown. */
export async function exportFigure(
  kind: ExportKind,
  { name, element, table, picture: made }: Exported,
): Promise<void> {
  const file = `${fileName('spiking playground', name)}.${kind}`;
  if (kind === 'csv') {
    if (!table) throw new Error(`${name}: there are no numbers to save yet`);
    download(file, toCsv(table()), 'text/csv');
    return;
  }
  if (made) {
    download(file, await made(kind));
    return;
  }
  const picture = pictureOf(name, element);
  if (kind === 'svg') download(file, toSvg(picture, browserMeasure()), 'image/svg+xml');
  else download(file, await toPng(picture));
}

/** All visible canvases of an element, each where it stands, drawn again by their own code where that is known. */
function pictureOf(title: string, element: Element): Picture {
  const canvases = [...element.querySelectorAll('canvas')].filter((canvas) => canvas.clientWidth > 0);
  if (canvases.length === 0) throw new Error(`${title}: there is no picture to save yet`);
  const boxes = canvases.map((canvas) => canvas.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const layers = canvases.map((canvas, i): Layer => {
    const { width, height } = boxes[i];
    const place = { left: boxes[i].left - left, top: boxes[i].top - top, width, height };
    const drawing = drawingOf(canvas);
    if (!drawing) return { ...place, draw: canvas };
    const theme = themeOf(canvas);
    return {
      ...place,
      draw: (ctx, ratio) => {
        ctx.font = theme.font;
        drawing({ ctx, width, height, ratio, theme });
      },
    };
  });
  return {
    title,
    width: Math.ceil(Math.max(...boxes.map((box) => box.right)) - left),
    height: Math.ceil(Math.max(...boxes.map((box) => box.bottom)) - top),
    background: themeOf(canvases[0]).panel || '#fff',
    layers,
  };
}

import { type Table, toCsv } from '../../io/csv.ts';
import { download, fileName } from '../../io/download.ts';
import { browserMeasure, type Layer, type Picture, type Source, toPng, toSvg } from '../../io/picture.ts';
import { themeOf } from '../figures/canvas/theme.ts';
import css from '../figures/figure.module.css';
import { drawingOf } from './drawings.ts';
import { notesOf, type Provenance } from './provenance.ts';

export type ExportKind = 'png' | 'svg' | 'csv';

export interface Exported {
  readonly name: string;
  /** Element whose canvases are the picture. */
  readonly element: Element;
  readonly table?: () => Table;
  /** Makes the picture in another way. */
  readonly picture?: (kind: 'png' | 'svg') => Promise<Blob>;
  /** Where it comes from, which every file says. */
  readonly provenance: Provenance;
}

/** Makes a file of a figure and hands it to the browser's downloads. @throws Error whose message can be shown. */
export async function exportFigure(
  kind: ExportKind,
  { name, element, table, picture: made, provenance }: Exported,
): Promise<void> {
  const file = `${fileName('spiking playground', name)}.${kind}`;
  if (kind === 'csv') {
    if (!table) throw new Error(`${name}: there are no numbers to save yet`);
    download(file, toCsv(table(), notesOf(provenance)), 'text/csv');
    return;
  }
  const picture = made
    ? await pictureMade(await made(kind), element, provenance)
    : pictureOf(element, provenance);
  if (kind === 'svg') download(file, toSvg(picture, browserMeasure()), 'image/svg+xml');
  else download(file, await toPng(picture));
}

function sourceOf({ lines, link }: Provenance, element: Element): Source {
  const theme = themeOf(element);
  return { lines, link, colour: theme.ink, family: theme.font.replace(/^.*?[\d.]+px\s*/, '') };
}

/** A picture that was made in another way, at the size that its figure has on the page. */
async function pictureMade(blob: Blob, element: Element, provenance: Provenance): Promise<Picture> {
  const draw = blob.type.startsWith('image/svg') ? await blob.text() : await createImageBitmap(blob);
  const [width, height] = typeof draw === 'string' ? sizeOfSvg(draw) : [draw.width, draw.height];
  const figure = element.querySelector(`.${css.figure}`) ?? element;
  const shown = figure.clientWidth || width;
  const size = { width: shown, height: Math.round((shown * height) / width) };
  return {
    title: provenance.title,
    ...size,
    background: themeOf(figure).panel || '#fff',
    layers: [{ left: 0, top: 0, ...size, draw }],
    source: sourceOf(provenance, figure),
  };
}

function sizeOfSvg(svg: string): [number, number] {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const of = (name: string) => Number.parseFloat(root.getAttribute(name) ?? '') || 1;
  return [of('width'), of('height')];
}

/** All visible canvases of an element, each where it stands, drawn again by their own code where that is known. */
function pictureOf(element: Element, provenance: Provenance): Picture {
  const { title } = provenance;
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
    source: sourceOf(provenance, canvases[0]),
  };
}

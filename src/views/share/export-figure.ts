import { type DecimalSign, type Table, toCsv } from '../../io/csv.ts';
import { download, fileName } from '../../io/download.ts';
import {
  breakText,
  browserMeasure,
  type Layer,
  type Picture,
  type Source,
  toPng,
  toSvg,
} from '../../io/picture.ts';
import type { Playground } from '../../state/playground.ts';
import { fitText } from '../figures/canvas/axes.ts';
import { familyOf, paperThemeOf } from '../figures/canvas/paper-theme.ts';
import type { FigureTheme } from '../figures/canvas/theme.ts';
import css from '../figures/figure.module.css';
import { columnNotes } from './columns.ts';
import { decimalSign } from './decimal-sign.ts';
import { drawingOf } from './drawings.ts';
import type { FigureFiles, NamedTable, ShownFigure } from './figures.ts';
import { type Provenance, provenanceOf } from './provenance.ts';
import { madeNow } from './software.ts';

export type PictureKind = 'png' | 'svg';

/** Makes a picture of a figure and hands it to the browser's downloads. @throws Error whose message can be shown. */
export async function exportPicture(
  kind: PictureKind,
  figure: ShownFigure,
  playground: Playground,
): Promise<void> {
  const file = `${fileName('spiking playground', figure.name)}.${kind}`;
  const picture = await pictureOf(kind, figure, provenanceFor(figure, figure.name, playground));
  if (kind === 'svg') download(file, toSvg(picture, browserMeasure()), 'image/svg+xml');
  else download(file, await toPng(picture));
}

/** Makes a file of a table and hands it to the browser's downloads. @throws Error whose message can be shown. */
export async function exportTable(
  figure: Pick<FigureFiles, 'madeWith'>,
  { name, table }: NamedTable,
  playground: Playground,
): Promise<void> {
  const data = await filled(table);
  if (!data) throw new Error(`${name}: there are no numbers to save yet`);
  const text = csvOf(provenanceFor(figure, name, playground), data, decimalSign());
  download(`${fileName('spiking playground', name)}.csv`, text, 'text/csv');
}

/** Where a part of a figure comes from: the run on the page, or what it was made with by itself. */
export function provenanceFor(
  { madeWith }: Pick<FigureFiles, 'madeWith'>,
  title: string,
  playground: Playground,
): Provenance {
  const provenance = provenanceOf(title, playground);
  return madeWith ? { ...provenance, lines: madeWith() } : provenance;
}

/** A table with rows; undefined while it has none. */
export async function filled(table: NamedTable['table']): Promise<Table | undefined> {
  const data = await table();
  const rows = Array.from(data?.rows ?? []);
  return data && rows.length > 0 ? { ...data, rows } : undefined;
}

/** A table as a file's text, with where it comes from, what it holds for and what its columns are before it. */
export function csvOf(provenance: Provenance, table: Table, decimal: DecimalSign): string {
  const { title, lines, link } = provenance;
  const notes = [
    `Spiking Playground: ${title}`,
    ...lines,
    ...(table.notes ?? []),
    ...columnNotes(table.header),
    madeNow(),
    link,
  ];
  return toCsv(table, notes, decimal);
}

/** A figure black on white, whatever the page's colours are. @throws Error while there is nothing to be seen */
export async function pictureOf(
  kind: PictureKind,
  { picture, table, legend, ...figure }: ShownFigure,
  { title, lines, link }: Provenance,
): Promise<Picture> {
  if (table && !(await table())) throw new Error(`${title}: there is nothing to save yet`);
  const elements = figure.elements();
  const [element] = elements;
  const box = element.querySelector(`.${css.figure}`) ?? element;
  const theme = paperThemeOf(box);
  const parts = picture
    ? await pictureMade(await picture(kind, theme), box)
    : canvasesOf(elements, title, theme);
  const source: Source = { lines, link };
  return {
    ...{ title, source, legend: await legend?.(theme), background: theme.panel },
    text: { colour: theme.ink, family: familyOf(theme.font) },
    ...parts,
  };
}

type Parts = Pick<Picture, 'width' | 'height' | 'layers'>;

/** A picture that was made in another way, at the size that its figure has on the page. */
async function pictureMade(blob: Blob, box: Element): Promise<Parts> {
  const draw = blob.type.startsWith('image/svg') ? await blob.text() : await createImageBitmap(blob);
  const [width, height] = typeof draw === 'string' ? sizeOfSvg(draw) : [draw.width, draw.height];
  const shown = box.clientWidth || width;
  const size = { width: shown, height: Math.round((shown * height) / width) };
  return { ...size, layers: [{ left: 0, top: 0, ...size, draw }] };
}

function sizeOfSvg(svg: string): [number, number] {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const of = (name: string) => Number.parseFloat(root.getAttribute(name) ?? '') || 1;
  return [of('width'), of('height')];
}

/** All visible canvases of an element, each where it stands, drawn again by their own code where that is known. */
function canvasesOf(elements: readonly Element[], title: string, theme: FigureTheme): Parts {
  const canvases = elements
    .flatMap((element) => [...element.querySelectorAll('canvas')])
    .filter((canvas) => canvas.clientWidth > 0);
  if (canvases.length === 0) throw new Error(`${title}: there is nothing to save yet`);
  const boxes = canvases.map((canvas) => canvas.getBoundingClientRect());
  const labels = elements.flatMap(labelsIn);
  const all = [...boxes, ...labels.map(({ box }) => box)];
  const left = Math.min(...all.map((box) => box.left));
  const top = Math.min(...all.map((box) => box.top));
  const layers = canvases.map((canvas, i): Layer => {
    const { width, height } = boxes[i];
    const place = { left: boxes[i].left - left, top: boxes[i].top - top, width, height };
    const drawing = drawingOf(canvas);
    if (!drawing) return { ...place, draw: canvas };
    return {
      ...place,
      draw: (ctx, ratio) => {
        ctx.font = theme.font;
        drawing({ ctx, width, height, ratio, theme, onPaper: true });
      },
    };
  });
  const size = {
    width: Math.ceil(Math.max(...all.map((box) => box.right)) - left),
    height: Math.ceil(Math.max(...all.map((box) => box.bottom)) - top),
  };
  const draw = (ctx: CanvasRenderingContext2D) => {
    ctx.fillStyle = theme.ink;
    ctx.textBaseline = 'middle';
    for (const { text, font, box } of labels) {
      ctx.font = `${font} ${familyOf(theme.font)}`;
      // A text of several lines on the page has as much room here; one of a single line is cut as it is there.
      const width = 1.1 * box.width;
      const wrapped = box.height > 2 * Number.parseFloat(/[\d.]+px/.exec(font)?.[0] ?? '');
      const written = wrapped
        ? breakText(text, width, (part) => ctx.measureText(part).width)
        : [fitText(ctx, text, width)];
      written.forEach((line, i) => {
        ctx.fillText(line, box.left - left, box.top - top + ((i + 0.5) * box.height) / written.length);
      });
    }
  };
  return { ...size, layers: labels.length > 0 ? [...layers, { left: 0, top: 0, ...size, draw }] : layers };
}

/** Words beside the canvases that belong to the picture (data-label), where they stand, in the size and weight that they have there. */
function labelsIn(element: Element): { text: string; font: string; box: DOMRect }[] {
  return [...element.querySelectorAll<HTMLElement>('[data-label]')].flatMap((label) => {
    const box = label.getBoundingClientRect();
    const text = label.textContent?.trim();
    if (!text || box.width === 0) return [];
    const { fontSize, fontWeight } = getComputedStyle(label);
    return [{ text, font: `${Number(fontWeight) >= 600 ? '600 ' : ''}${fontSize}`, box }];
  });
}

import { type DecimalSign, type Table, toCsv } from '../../io/csv.ts';
import { download, fileName } from '../../io/download.ts';
import { browserMeasure, type Layer, type Picture, type Source, toPng, toSvg } from '../../io/picture.ts';
import type { Playground } from '../../state/playground.ts';
import { familyOf, paperThemeOf } from '../figures/canvas/paper-theme.ts';
import type { FigureTheme } from '../figures/canvas/theme.ts';
import css from '../figures/figure.module.css';
import { columnNotes } from './columns.ts';
import { drawingOf } from './drawings.ts';
import type { FigureFiles, ShownFigure } from './figures.ts';
import { type Provenance, provenanceOf } from './provenance.ts';
import { madeNow } from './software.ts';

export type ExportKind = 'png' | 'svg' | 'csv' | 'csv-comma';

/** Makes a file of a figure and hands it to the browser's downloads. @throws Error whose message can be shown. */
export async function exportFigure(
  kind: ExportKind,
  figure: ShownFigure,
  playground: Playground,
): Promise<void> {
  if (kind === 'png' || kind === 'svg') {
    const file = `${fileName('spiking playground', figure.name)}.${kind}`;
    const picture = await pictureOf(kind, figure, provenanceOf(figure.name, playground));
    if (kind === 'svg') download(file, toSvg(picture, browserMeasure()), 'image/svg+xml');
    else download(file, await toPng(picture));
    return;
  }
  const tables = await tablesOf(figure);
  if (tables.length === 0) throw new Error(`${figure.name}: there are no numbers to save yet`);
  for (const { name, table } of tables)
    saveTable(name, table, playground, kind === 'csv' ? 'point' : 'comma');
}

/** Makes a file of a table and hands it to the browser's downloads. */
export function saveTable(
  name: string,
  table: Table,
  playground: Playground,
  decimal: DecimalSign = 'point',
): void {
  const text = csvOf(provenanceOf(name, playground), table, decimal);
  download(`${fileName('spiking playground', name)}.csv`, text, 'text/csv');
}

/** All tables of a figure that have numbers. */
export async function tablesOf({
  name,
  table,
  also = [],
}: FigureFiles): Promise<{ name: string; table: Table }[]> {
  const tables: { name: string; table: Table }[] = [];
  for (const part of [{ name, table }, ...also]) {
    const data = await part.table?.();
    const rows = Array.from(data?.rows ?? []);
    if (data && rows.length > 0) tables.push({ name: part.name, table: { ...data, rows } });
  }
  return tables;
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
  kind: 'png' | 'svg',
  { picture, table, legend, ...figure }: ShownFigure,
  { title, lines, link }: Provenance,
): Promise<Picture> {
  if (table && !(await table())) throw new Error(`${title}: there is nothing to save yet`);
  const element = figure.element();
  const box = element.querySelector(`.${css.figure}`) ?? element;
  const theme = paperThemeOf(box);
  const parts = picture
    ? await pictureMade(await picture(kind, theme), box)
    : canvasesOf(element, title, theme);
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
function canvasesOf(element: Element, title: string, theme: FigureTheme): Parts {
  const canvases = [...element.querySelectorAll('canvas')].filter((canvas) => canvas.clientWidth > 0);
  if (canvases.length === 0) throw new Error(`${title}: there is nothing to save yet`);
  const boxes = canvases.map((canvas) => canvas.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
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
  return {
    width: Math.ceil(Math.max(...boxes.map((box) => box.right)) - left),
    height: Math.ceil(Math.max(...boxes.map((box) => box.bottom)) - top),
    layers,
  };
}

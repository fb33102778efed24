import type { Table } from '../../io/csv.ts';
import type { LegendEntry } from '../../io/legend.ts';
import type { FigureTheme } from '../figures/canvas/theme.ts';
import { loadPart } from '../loading/missing.ts';

/** Made at once, or when what makes it was fetched. */
type Made<T> = T | Promise<T>;

/** What makes tables and legends of the figures of the first view, fetched when it is asked for. */
export const figureTables = () => loadPart(() => import('../figures/tables.ts'));

export interface NamedTable {
  readonly name: string;
  readonly table: () => Made<Table | undefined>;
}

/** What is saved of a figure. */
export interface FigureFiles {
  /** What the figure shows: part of the files' names. */
  readonly name: string;
  /** The numbers behind the figure, made when they are asked for; undefined while there are none. */
  readonly table?: () => Made<Table | undefined>;
  /** Numbers of the same figure that stand in rows of another kind: files of their own beside `table`. */
  readonly also?: () => readonly NamedTable[];
  /** Elements whose canvases are the picture, where that is not the panel around. */
  readonly within?: () => readonly Element[];
  /** What it shows and was made with, where that is not the run. */
  readonly madeWith?: () => readonly string[];
  /** Makes the picture where it is no canvas of the page's own, in the colours of `theme`. */
  readonly picture?: (kind: 'png' | 'svg', theme: FigureTheme) => Promise<Blob>;
  /** What the lines mean, where that stands beside the canvases. */
  readonly legend?: (theme: FigureTheme) => Made<readonly LegendEntry[]>;
}

/** A figure as it stands on the page. */
export interface ShownFigure extends FigureFiles {
  readonly onlyData: boolean;
  /** Elements whose canvases are the picture. */
  readonly elements: () => readonly Element[];
  /** Where it stands among the others; undefined once it is gone. */
  readonly place: () => Element | undefined;
}

const figures = new Set<() => ShownFigure | undefined>();

/** Notes a figure for as long as it is on the page; returns what takes it away. */
export function keepFigure(figure: () => ShownFigure | undefined): () => void {
  figures.add(figure);
  return () => void figures.delete(figure);
}

/** All figures on the page, in the order in which they stand there. */
export function shownFigures(): ShownFigure[] {
  const shown = [...figures].flatMap((figure) => {
    const now = figure();
    const place = now?.place();
    return now && place ? [{ now, place }] : [];
  });
  const follows = (a: Element, b: Element) =>
    a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  return shown.sort((a, b) => follows(a.place, b.place)).map(({ now }) => now);
}

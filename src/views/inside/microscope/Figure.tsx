import { type ReactNode, useRef } from 'react';
import { type Table, titlesOf } from '../../../io/csv.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import figure from '../../figures/figure.module.css';
import { useFigure } from '../../figures/use-figure.ts';
import { figureHeight } from '../../figures/use-size.ts';
import { useSpoken } from '../../methods/use-spoken.ts';
import { ExportMenu } from '../../share/ExportMenu.tsx';
import type { FigureFiles } from '../../share/figures.ts';
import { DataTable } from '../shared/DataTable.tsx';
import shared from '../shared/inside.module.css';
import css from './Figure.module.css';

interface FigureProps {
  readonly title: string;
  readonly height: number;
  readonly draw: (frame: Frame) => void;
  /** The figure in words. */
  readonly summary: string;
  readonly table: Table;
  /** What is drawn beside the rows of `table`. */
  readonly also?: FigureFiles['also'];
  /** What its lines mean, in a file. */
  readonly marks?: FigureFiles['legend'];
  readonly testId: string;
  /** What is to be seen, above the figure. */
  readonly children?: ReactNode;
  readonly legend?: ReactNode;
}

/** One figure of the microscope with its words, its numbers and its files. */
export function Figure({
  title,
  height,
  draw,
  summary,
  table,
  also,
  marks,
  testId,
  children,
  legend,
}: FigureProps) {
  const say = useSpoken();
  const canvas = useRef<HTMLCanvasElement>(null);
  useFigure(canvas, [], draw);
  return (
    <section className={shared.section} aria-label={say(title)}>
      <div className={css.head}>
        <h3>{say(title)}</h3>
        <ExportMenu name={say(title)} table={() => table} also={also} legend={marks} />
      </div>
      {children}
      <div className={figure.figure} translate="no" style={{ height: figureHeight(height) }}>
        <canvas ref={canvas} role="img" aria-label={say(summary)} data-testid={testId} />
      </div>
      {legend}
      <DataTable
        caption={say(title)}
        columns={titlesOf(table).map(say)}
        rows={() => Array.from(table.rows, (row) => row.map(cellOf))}
      />
    </section>
  );
}

function cellOf(cell: string | number | undefined): string {
  if (cell === undefined) return '–';
  return typeof cell === 'number' && !Number.isInteger(cell)
    ? String(Number(cell.toPrecision(4)))
    : String(cell);
}

import { useState } from 'react';
import { type Cell, type Table, titlesOf } from '../../io/csv.ts';
import { Button } from '../../ui/Button.tsx';
import controls from '../../ui/controls.module.css';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatCount } from '../format.ts';
import css from './TableDialog.module.css';

const ROWS_A_PAGE = 200;

export interface TableDialogProps {
  readonly name: string;
  readonly table: Table;
  readonly onClose: () => void;
}

/** The numbers behind a figure at the moment at which they were asked for, a page of rows at a time. */
export default function TableDialog({ name, table, onClose }: TableDialogProps) {
  const [first, setFirst] = useState(0);
  const rows = [...table.rows];
  const shown = rows.slice(first, first + ROWS_A_PAGE);
  const count = formatCount(rows.length);
  return (
    <Dialog title={`Data: ${name}`} onClose={onClose} size="wide">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section key={first} className={css.scroll} tabIndex={0} aria-label={`Table: ${name}`}>
        <table className={css.table} data-testid="figure-data">
          <caption>
            {shown.length < rows.length
              ? `Rows ${formatCount(first + 1)} to ${formatCount(first + shown.length)} of ${count}`
              : `${count} rows`}
          </caption>
          <thead>
            <tr>
              {titlesOf(table).map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, i) => (
              <tr key={i}>
                {row.map((cell, j) => (
                  <td key={j}>{textOf(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < rows.length && (
        <div className={css.pages}>
          <Button
            className={controls.button}
            why={first === 0 ? 'these are the first rows' : undefined}
            onClick={() => setFirst(first - ROWS_A_PAGE)}
          >
            Rows before
          </Button>
          <Button
            className={controls.button}
            why={first + ROWS_A_PAGE >= rows.length ? 'these are the last rows' : undefined}
            onClick={() => setFirst(first + ROWS_A_PAGE)}
          >
            Next rows
          </Button>
        </div>
      )}
    </Dialog>
  );
}

/** Four significant digits: the file has all. */
function textOf(cell: Cell): string {
  if (cell === undefined || (typeof cell === 'number' && Number.isNaN(cell))) return '–';
  return typeof cell === 'number' && !Number.isInteger(cell)
    ? String(Number(cell.toPrecision(4)))
    : String(cell);
}

import { useState } from 'react';
import css from './inside.module.css';

interface DataTableProps {
  /** What the rows are, for the caption. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** Made only while the table is open. */
  readonly rows: () => readonly (readonly string[])[];
}

/** The numbers behind a chart, folded away. */
export function DataTable({ caption, columns, rows }: DataTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <details className={css.table} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Numbers</summary>
      {open && (
        // A region that scrolls has to be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <section className={css.scroll} tabIndex={0} aria-label={caption}>
          <table>
            <caption className="hidden-visually">{caption}</caption>
            <thead>
              <tr>
                {columns.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows().map((row, i) => (
                <tr key={i}>
                  {row.map((cell, j) => (
                    <td key={j}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}

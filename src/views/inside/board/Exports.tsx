import { toCsv } from '../../../io/csv.ts';
import { download, fileName } from '../../../io/download.ts';
import type { BoardPlan } from '../../../state/board/plan.ts';
import type { BoardRow } from '../../../state/board/rows.ts';
import { resolveConfig } from '../../../training/presets.ts';
import shared from '../shared/inside.module.css';
import { boardCaption } from './caption.ts';
import { boardLatex, boardMarkdown, boardTable } from './format-board.ts';

/** The table as files. */
export function Exports({ plan, rows }: { readonly plan: BoardPlan; readonly rows: readonly BoardRow[] }) {
  const { experiment, recipe } = resolveConfig(plan.shared);
  const name = fileName('board', experiment, recipe);
  const caption = boardCaption(plan);
  const files = {
    CSV: () =>
      download(
        `${name}.csv`,
        toCsv(boardTable(rows), ['Spiking Playground: board', caption, location.href]),
        'text/csv',
      ),
    Markdown: () => download(`${name}.md`, boardMarkdown(rows, caption), 'text/markdown'),
    LaTeX: () => download(`${name}.tex`, boardLatex(rows, caption), 'application/x-tex'),
  };
  return Object.entries(files).map(([format, save]) => (
    <button key={format} type="button" className={shared.quiet} onClick={save}>
      {format}
    </button>
  ));
}

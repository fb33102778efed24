import type { Table } from '../../../io/csv.ts';
import type { BoardRow } from '../../../state/board/rows.ts';

const error = (value: number) => (Number.isFinite(value) ? value.toFixed(4) : 'diverged');

/** One row a method with full precision. */
export function boardTable(rows: readonly BoardRow[]): Table {
  return {
    header: ['method', 'paper', 'median', 'min', 'max', 'runs', 'steps', 'K'],
    rows: rows.map((row) => [
      row.method,
      row.paper,
      row.error?.median,
      row.error?.min,
      row.error?.max,
      row.done,
      row.config.steps,
      row.config.gradient === 'BP' ? undefined : row.config.K,
    ]),
  };
}

/** Method, paper, median [range] and number of runs, as words. */
export function cells({ method, paper, error: summary, done, runs }: BoardRow): string[] {
  return [
    method,
    paper === undefined ? 'not reported' : paper.toFixed(4),
    summary ? `${error(summary.median)} [${error(summary.min)}, ${error(summary.max)}]` : '–',
    done === runs ? String(runs) : `${done} of ${runs}`,
  ];
}

const HEADER = ['method', 'paper', 'relative L2, median [min, max]', 'runs'];

export function boardMarkdown(rows: readonly BoardRow[], caption: string): string {
  const line = (parts: readonly string[]) => `| ${parts.join(' | ')} |`;
  return `${caption}\n\n${[HEADER, ['---', '---:', '---:', '---:'], ...rows.map(cells)].map(line).join('\n')}\n`;
}

export function boardLatex(rows: readonly BoardRow[], caption: string): string {
  const escaped = (text: string) => text.replaceAll('–', '--').replace(/[&%$#_{}]/g, '\\$&');
  const line = (parts: readonly string[]) => `  ${parts.map(escaped).join(' & ')} \\\\`;
  return [
    `% ${caption}`,
    '\\begin{tabular}{lrrr}',
    '  \\hline',
    line(HEADER),
    '  \\hline',
    ...rows.map((row) => line(cells(row))),
    '  \\hline',
    '\\end{tabular}',
    '',
  ].join('\n');
}

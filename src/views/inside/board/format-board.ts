import type { Table } from '../../../io/csv.ts';
import type { BoardRow } from '../../../state/board/rows.ts';
import { isUsed } from '../../../training/config.ts';
import { describeTraining, paperCell } from './caption.ts';

const error = (value: number) => (Number.isFinite(value) ? value.toFixed(4) : 'diverged');

/** One row a method with full precision. */
export function boardTable(rows: readonly BoardRow[]): Table {
  return {
    header: ['method', 'paper', 'median', 'min', 'max', 'runs', 'batch', 'K', 'steps', 'rate', 'optimiser'],
    rows: rows.map((row) => [
      row.method,
      row.paper.kind === 'holds' ? row.paper.figure : undefined,
      row.error?.median,
      row.error?.min,
      row.error?.max,
      row.results,
      row.config.batch.join('x'),
      isUsed('K', row.config) ? row.config.K : undefined,
      row.config.steps,
      row.config.rate,
      row.config.optimiser,
    ]),
  };
}

/** Method, paper, median [range], number of runs and what they were trained with, as words. */
function cells(row: BoardRow): string[] {
  const { method, error: summary, results, runs, config } = row;
  return [
    method,
    paperCell(row),
    summary ? `${error(summary.median)} [${error(summary.min)}, ${error(summary.max)}]` : '–',
    results === runs ? String(runs) : `${results} of ${runs}`,
    describeTraining(config),
  ];
}

const HEADER = ['method', 'paper', 'relative L2, median [min, max]', 'runs', 'trained with'];

export function boardMarkdown(rows: readonly BoardRow[], caption: string): string {
  const line = (parts: readonly string[]) => `| ${parts.join(' | ')} |`;
  return `${caption}\n\n${[HEADER, ['---', '---:', '---:', '---:', '---'], ...rows.map(cells)].map(line).join('\n')}\n`;
}

export function boardLatex(rows: readonly BoardRow[], caption: string): string {
  const escaped = (text: string) =>
    text
      .replaceAll('–', '--')
      .replace(/[&%$#_{}]/g, '\\$&')
      .replaceAll('×', '$\\times$');
  const line = (parts: readonly string[]) => `  ${parts.map(escaped).join(' & ')} \\\\`;
  return [
    `% ${caption}`,
    '\\begin{tabular}{lrrrl}',
    '  \\hline',
    line(HEADER),
    '  \\hline',
    ...rows.map((row) => line(cells(row))),
    '  \\hline',
    '\\end{tabular}',
    '',
  ].join('\n');
}

import { expect, it } from 'vitest';
import type { BoardRow } from '../../../state/board/rows.ts';
import { resolveConfig } from '../../../training/presets.ts';
import { boardLatex, boardMarkdown, boardTable } from './format-board.ts';

const base = { config: resolveConfig({ gradient: 'RFG', K: 4 }), runs: 3, failed: [], share: 1 };
const rows: BoardRow[] = [
  {
    ...base,
    method: 'SG-BP',
    paper: 0.0298,
    error: { median: 0.02, min: 0.01, max: 0.03, count: 3 },
    done: 3,
  },
  {
    ...base,
    method: 'WSG-RFG-L',
    error: { median: 0.5, min: 0.4, max: Number.POSITIVE_INFINITY, count: 2 },
    done: 2,
  },
  { ...base, method: 'WP-G', done: 0 },
];

it('as Markdown and LaTeX: rounded, with what diverged and what is missing', () => {
  expect(boardMarkdown(rows, 'hat').split('\n').slice(4)).toEqual([
    '| SG-BP | 0.0298 | 0.0200 [0.0100, 0.0300] | 3 |',
    '| WSG-RFG-L | not reported | 0.5000 [0.4000, diverged] | 2 of 3 |',
    '| WP-G | not reported | – | 0 of 3 |',
    '',
  ]);
  const latex = boardLatex(rows, '100 % of it');
  expect(latex).toContain('  WP-G & not reported & -- & 0 of 3 \\\\');
  expect(latex.startsWith('% 100 % of it\n\\begin{tabular}{lrrr}')).toBe(true);
});

it('as data: in full precision', () => {
  expect([...boardTable(rows).rows][0]).toEqual(['SG-BP', 0.0298, 0.02, 0.01, 0.03, 3, 5000, 4]);
});

import { expect, it } from 'vitest';
import type { BoardRow } from '../../../state/board/rows.ts';
import { resolveConfig } from '../../../training/presets.ts';
import { boardCaption } from './caption.ts';
import { boardLatex, boardMarkdown, boardTable } from './format-board.ts';

const WITH = 'batch 64, K 4, 5000 steps, rate 0.006 by adam';
const base = {
  config: resolveConfig({ gradient: 'RFG', K: 4 }),
  paper: { kind: 'unreported' } as const,
  runs: 3,
  failed: [],
  share: 1,
};
const rows: BoardRow[] = [
  {
    ...base,
    method: 'SG-BP',
    paper: { kind: 'holds', figure: 0.0298 },
    error: { median: 0.02, min: 0.01, max: 0.03, count: 3 },
    results: 3,
  },
  {
    ...base,
    method: 'WSG-RFG-L',
    error: { median: 0.5, min: 0.4, max: Number.POSITIVE_INFINITY, count: 2 },
    results: 2,
  },
  { ...base, method: 'WP-G', results: 0 },
];

it('as Markdown and LaTeX: rounded, with what diverged and what is missing', () => {
  expect(boardMarkdown(rows, 'hat').split('\n').slice(4)).toEqual([
    `| SG-BP | 0.0298 | 0.0200 [0.0100, 0.0300] | 3 | ${WITH} |`,
    `| WSG-RFG-L | not reported | 0.5000 [0.4000, diverged] | 2 of 3 | ${WITH} |`,
    `| WP-G | – | – | 0 of 3 | ${WITH} |`,
    '',
  ]);
  const latex = boardLatex(rows, '100 % of it');
  expect(latex).toContain(`  WP-G & -- & -- & 0 of 3 & ${WITH} \\\\`);
  expect(latex.startsWith('% 100 % of it\n\\begin{tabular}{lrrrl}')).toBe(true);
});

it('as data: in full precision', () => {
  expect([...boardTable(rows).rows][0]).toEqual([
    'SG-BP',
    0.0298,
    0.02,
    0.01,
    0.03,
    3,
    '64',
    4,
    5000,
    0.006,
    'adam',
  ]);
});

it('says what the error is: of the hat on its grid, of an operator over the test functions', () => {
  const plan = { seeds: 2, varyData: false };
  expect(boardCaption({ ...plan, shared: { T: 8 } })).toBe(
    'Mexican hat, recipe live; seeds 1 to 2; T=8; relative L2 error on the 101 × 101 grid, trained in the browser',
  );
  expect(boardCaption({ ...plan, shared: { experiment: 'poisson', testFunctions: 40 } })).toContain(
    'mean of the relative L2 error over 40 test functions',
  );
});

it('methods say the batch, the directions and the rate that each has of its own', () => {
  const poisson = resolveConfig({ experiment: 'poisson' });
  expect(boardLatex([{ ...base, method: 'SG-BP', results: 0, config: poisson }], '')).toMatch(
    /batch 32\$\\times\$\d+, \d+ steps, rate/,
  );
});

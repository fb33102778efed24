import { describe, expect, it } from 'vitest';
import type { Pinned } from '../src/training/config.ts';
import { resolveConfig } from '../src/training/presets.ts';
import { summarise } from '../src/training/summary.ts';
import { parseMethod } from './methods.ts';
import type { RunResult } from './results.ts';
import { formatError, formatTable, tableOf } from './table.ts';

function result(
  method: string,
  seed: number,
  error: number | null,
  pooled?: number,
  also: Pinned = { boundary: 'soft' },
): RunResult {
  const experiment = pooled === undefined ? ('hat' as const) : ('poisson' as const);
  const pins = { experiment, recipe: 'paper' as const, ...parseMethod(method), seed, ...also };
  const timing = { curve: [], seconds: 1, stepsPerSecond: 1, node: 'v20.0.0', engine: 'reference' };
  return {
    method,
    pins,
    config: resolveConfig(pins),
    error,
    ...(pooled === undefined ? {} : { pooled }),
    ...timing,
  };
}

const hat = [
  ...[0.03, 0.0298, 0.02].map((error, i) => result('SG-BP', i + 1, error)),
  ...[0.05, 0.04].map((error, i) => result('SG-RFG-L', i + 1, error)),
  ...[0.05, null, null].map((error, i) => result('WSG-RFG-G', i + 1, error)),
];

describe('summarise', () => {
  it('takes the middle of an odd count and the mean of the middle two of an even one', () => {
    expect(summarise([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3, count: 3 });
    expect(summarise([4, 1, 3, 2]).median).toBe(2.5);
  });
  it('counts a diverged run as infinite', () => {
    expect(summarise([1, null, 2])).toMatchObject({ median: 2, max: Number.POSITIVE_INFINITY });
  });
});

describe('formatTable', () => {
  it('writes Markdown', () => {
    expect(formatTable(tableOf(hat), 'md')).toBe(
      `hat; recipe paper; seeds 1, 2, 3; data seed 1; engine reference; boundary=soft

| method | learned | paper | relative L2: median [min, max] | against the paper | seeds | steps | K |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
| SG-BP | all weights | 0.0298 | 0.0298 [0.0200, 0.0300] | at or below | 3 | ${hat[0].config.steps} | – |
| SG-RFG-L | all weights | 0.0342 | 0.0450 [0.0400, 0.0500] | above | 2 | ${hat[3].config.steps} | 1 |
| WSG-RFG-G | all weights | not reported | diverged [0.0500, diverged] | – | 3 | ${hat[5].config.steps} | 1 |
`,
    );
  });

  it('says beneath a Markdown table whether RFG-L is closer to BP than RFG-G, in both metrics', () => {
    const runs = [
      result('SG-BP', 1, 0.01, 0.01),
      result('SG-RFG-L', 1, 0.02, 0.05),
      result('SG-RFG-G', 1, 0.03, 0.03),
    ];
    expect(formatTable(tableOf(runs), 'md')).toContain(
      '|\n\nSG-RFG-L is closer to SG-BP than SG-RFG-G is in 1 of 1 seeds (pooled: 0 of 1).\n',
    );
  });

  it('has no figure and no verdict in a setting that is not the paper’s, and says in what it differs', () => {
    const runs = [
      result('SG-BP', 1, 0.02, undefined, { T: 16 }),
      result('SG-RFG-L', 1, 0.02, undefined, { recipe: 'live', batch: [64] }),
    ];
    const text = formatTable(tableOf(runs), 'md');
    expect(text).toContain(
      '| SG-BP | all weights | – | 0.0200 [0.0200, 0.0200] | setting differs: T 16 (paper 32) | 1 |',
    );
    expect(text).toContain('| setting differs: K 8 (paper 1) | 1 |');
    expect(text).not.toMatch(/0\.0298|0\.0342|at or below|above/);
    expect(formatTable(tableOf(runs), 'csv').split('\n')[2]).toBe(
      `SG-BP,"all weights",,0.02,0.02,0.02,setting differs: T 16 (paper 32),1,${runs[0].config.steps},`,
    );
  });

  it('says when runs are missing', () => {
    expect(formatTable(tableOf(hat.slice(0, 3), 5), 'md')).toContain('| at or below | 3 of 5 |');
  });

  it('writes CSV in full precision', () => {
    const lines = formatTable(tableOf(hat), 'csv').split('\n');
    expect(lines.slice(1)).toEqual([
      'method,learned,paper,median,min,max,against_paper,seeds,steps,K',
      `SG-BP,"all weights",0.0298,0.0298,0.02,0.03,at or below,1 2 3,${hat[0].config.steps},`,
      `SG-RFG-L,"all weights",0.0342,0.045,0.04,0.05,above,1 2,${hat[3].config.steps},1`,
      `WSG-RFG-G,"all weights",,diverged,0.05,diverged,not reported,1 2 3,${hat[5].config.steps},1`,
      '',
    ]);
  });

  it('leaves digits of an error that four decimals would not show', () => {
    expect([0.0123, 0.001, 0.00058, 2.6e-8, 0].map(formatError)).toEqual([
      '0.0123',
      '0.0010',
      '5.8e-4',
      '2.6e-8',
      '0.0000',
    ]);
  });

  it('writes LaTeX', () => {
    const text = formatTable(tableOf(hat), 'latex');
    expect(text).toContain('\\begin{tabular}{llrrrrrr}');
    expect(text).toContain('SG-BP & all weights & 0.0298 & 0.0298 [0.0200, 0.0300] & at or below & 3 &');
    expect(text).toContain('-- \\\\');
  });

  it('shows mean and pooled error of operator experiments', () => {
    const table = tableOf([result('SG-BP', 1, 0.03, 0.016)]);
    expect(formatTable(table, 'md')).toContain(
      '| SG-BP | all weights | soft | 0.0246 | 0.0300 [0.0300, 0.0300] | 0.0160 [0.0160, 0.0160] | above | 1 |',
    );
    expect(formatTable(table, 'csv')).toContain('\nSG-BP,"all weights",soft,0.0246,');
    expect(formatTable(table, 'csv')).toContain(',0.03,0.03,0.03,0.016,0.016,0.016,above,1,');
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../cli/results.ts';
import { planRuns } from '../../cli/runs.ts';
import { formatError, tableOf } from '../../cli/table.ts';
import { conditionsOf, DEPENDENCE_METHODS } from '../../src/lessons/dependence.ts';
import measured from '../../src/lessons/measured.json';
import { changesOf } from '../../src/lessons/measured.ts';
import {
  isOnPage,
  type KeptRuns,
  keptRuns,
  measuredFrom,
  passesOf,
  regenerate,
  unsourced,
  untold,
} from './document.ts';
import { requestOf } from './kept.ts';
import { KEPT } from './manifest.ts';

const text = readFileSync(new URL('../../docs/results.md', import.meta.url), 'utf8');
const kept = keptRuns();

describe('docs/results.md', () => {
  it('is what the kept runs give: npm run results', async () => {
    expect(regenerate(text, kept, undefined, await passesOf(kept))).toBe(text);
  });

  it('has every table of the manifest', () => {
    expect(untold(text)).toEqual([]);
  });

  it('has no error in a sentence without its source', () => {
    expect(unsourced(text)).toEqual([]);
  });
});

it('measured.json is what the kept runs give: npm run results', () => {
  expect(measured.length).toBeGreaterThan(0);
  expect(measured).toEqual(measuredFrom(kept));
});

it('measured.json gives the digits that the tables have', () => {
  const rows = new Map(
    measuredFrom(kept).map((row) => [
      `${row.experiment} ${row.recipe} ${row.changes ?? ''} ${row.method}`,
      [row.median, row.min, row.max].map((error) => formatError(error ?? Number.POSITIVE_INFINITY)),
    ]),
  );
  const onPage = [...kept].filter(([file]) => isOnPage(KEPT.find((table) => table.file === file)!));
  for (const [, runs] of onPage)
    for (const { method, error } of runs.length > 0 ? tableOf(runs).rows : []) {
      const { config } = runs[0];
      const key = `${config.experiment} ${config.recipe} ${changesOf(runs.find((run) => run.method === method)!.config)} ${method}`;
      expect([key, rows.get(key)]).toEqual([key, [error.median, error.min, error.max].map(formatError)]);
    }
});

it('every setting that runs were kept with beside the recipe is told under “what the errors depend on”', () => {
  for (const { experiment, changes = '', method } of measuredFrom(kept))
    expect(['', ...conditionsOf(experiment).map((condition) => condition.changes)], method).toContain(
      changes,
    );
});

describe('regenerate', () => {
  const timing = { curve: [], seconds: 50, stepsPerSecond: 1, node: 'v20.0.0', commit: '0123456789' };
  /** Runs of a table of the manifest with made-up errors: 0.01, 0.02, … over the seeds, ten times that for RFG-G. */
  const made = (file: string): [string, RunResult[]] => {
    const table = KEPT.find((entry) => entry.file === file);
    if (!table) throw new Error(file);
    const factor = (method: string) => (method === 'SG-RFG-G' ? 0.1 : 0.01);
    const runs = planRuns(requestOf(table)).map((run) => ({
      ...run,
      ...timing,
      error: factor(run.method) * (run.config.seed - 20),
      pooled: run.config.experiment === 'hat' ? undefined : 0.005,
    }));
    return [file, runs];
  };
  const some: KeptRuns = new Map([made('hat-beyond-methods'), made('poisson-hard'), made('poisson-soft')]);

  it('writes command, table and where it comes from', () => {
    const block = regenerate('A\n<!-- table hat-beyond-methods -->\nold\n<!-- end -->\nB', some);
    expect(block).toMatch(
      /^A\n<!-- table hat-beyond-methods -->\n\n {4}npm run reproduce -- --experiment hat /,
    );
    expect(block).toContain(
      '--methods RF,ANN --out docs/results/hat-beyond-methods.json\n\nhat; recipe live;',
    );
    expect(block).toContain('| RF | read-out | not reported | 0.0300 [0.0100, 0.0500] | – | 5 | 1 | – |');
    expect(block).toMatch(/10 runs, 9 minutes .*; commit 0123456789\.\n\n<!-- end -->\nB$/);
    expect(block).not.toContain('old');
    expect(regenerate(block, some)).toBe(block);
  });

  it('says of a table without runs that it is not there', () => {
    expect(regenerate('<!-- table hat-live -->\n<!-- end -->', some)).toContain('Not computed yet.');
  });

  it('writes what errors depend on', () => {
    const block = regenerate('<!-- dependence poisson -->\n<!-- end -->', some);
    expect(block).toContain(`| recipe \`paper\` | ${DEPENDENCE_METHODS.join(' | ')} |`);
    expect(block).toMatch(
      /\| soft boundary.* \| 0.0300 \[0.0100, 0.0500\] \| 0.0300 .* \| 0.3000 \[0.1000, 0.5000\] \|/,
    );
    expect(block).not.toContain('ℓ = 0.2');
  });

  it('writes the numbers of sentences, with the decimals that they have', () => {
    const number = (sentence: string) => regenerate(sentence, some);
    expect(number('SG-BP has 0.9<!-- poisson-hard: SG-BP -->.')).toBe(
      'SG-BP has 0.0<!-- poisson-hard: SG-BP -->.',
    );
    expect(number('0.9999<!-- poisson-soft: SG-RFG-G, max -->')).toMatch(/^0\.5000</);
    expect(number('9.9 %<!-- poisson-soft: SG-RFG-G, pooled -->')).toMatch(/^0\.5 %</);
    expect(number('0.0123<!-- hat-live: SG-BP -->')).toBe('0.0123<!-- hat-live: SG-BP -->');
    expect(() => number('1<!-- poisson-hard: RF -->')).toThrow('no runs of “RF” in poisson-hard');
    expect(() => number('1<!-- nowhere: RF -->')).toThrow('no table “nowhere”');
  });
});

it('unsourced finds errors in sentences, and no others', () => {
  const table = '<!-- table hat-live -->\n0.1234\n<!-- end -->';
  const sourced = '0.1234<!-- hat-live: SG-BP --> 0.5678<!-- tuning -->';
  expect(unsourced(`${table}\n${sourced}\n0.9 pJ, 12.345 ms, version 2.0.123`)).toEqual([]);
  expect(unsourced(`${table}\n${sourced} then .0241 and 0.0486.`)).toEqual(['.0241', '0.0486']);
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blocks, filled, type ResultRun, type ResultsFile, reached, reachedAt, tablesOf } from './tables.ts';

const text = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8');
const kept = (): ResultsFile[] =>
  readdirSync(new URL('../../docs/results/', import.meta.url))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(text(`results/${name}`)));

const run = (errors: readonly (number | null)[], more: Partial<ResultRun> = {}): ResultRun => ({
  method: 'SG-BP',
  pins: { experiment: 'hat', recipe: 'live', gradient: 'BP', seed: 21 },
  config: { experiment: 'hat', recipe: 'live', gradient: 'BP', seed: 21 },
  curve: errors.map((error, i) => ({ step: 10 * (i + 1), error })),
  stepsPerSecond: 100,
  ...more,
});

describe('docs/cost.md', () => {
  it('has the numbers of the code and of docs/results: npm run costs', async () => {
    const document = text('cost.md');
    expect(document).toBe(filled(document, await blocks(kept())));
  });

  it('names the block that a document lacks', () => {
    expect(filled('a <!-- x -->\nold\n<!-- end --> b', { x: 'new' })).toBe(
      'a <!-- x -->\n\nnew\n\n<!-- end --> b',
    );
    expect(() => filled('nothing', { steps: '' })).toThrow('no block “steps”');
  });
});

describe('cost to an error', () => {
  it('is that of the first evaluated step at or below it, also where the error rises again', () => {
    expect(reachedAt(run([0.5, 0.1, 0.3, 0.05]), 0.1)).toBe(20);
    expect(reachedAt(run([0.5, 0.2]), 0.1)).toBe(Number.POSITIVE_INFINITY);
    expect(reachedAt(run([0.5, null]), 1e9)).toBe(10);
  });

  it('is the median over the seeds, with how many came there', () => {
    const each = { passes: 6.8, pJ: 1e6 };
    const runs = [run([0.1]), run([0.5, 0.1]), run([0.5, 0.5, 0.1])];
    expect(reached(runs, 0.1, each)).toBe('136 · 20 · 200 ms · 20.0 µJ');
    expect(reached([runs[0], runs[1], run([0.5])], 0.1, each)).toBe('136 · 20 · 200 ms · 20.0 µJ (2 of 3)');
    expect(reached([runs[0], run([0.5]), run([null])], 0.1, each)).toBe('not reached (1 of 3)');
    expect(reached([run([0.5])], 0.1, each)).toBe('not reached');
    expect(reached(runs, undefined, each)).toBe('–');
  });

  it('puts no runs with settings of their own and no baselines among those of a recipe', () => {
    const plain = run([0.1]);
    const own = run([0.1], { pins: { ...plain.pins, lengthScale: 0.2 } });
    const baseline = { ...plain, method: 'tanh-BP' };
    const tables = tablesOf([{ runs: [plain, own, baseline] }, { runs: [{ ...plain, method: 'ANN' }] }]);
    expect([...tables]).toEqual([['hat, recipe live', [plain, { ...plain, method: 'ANN' }]]]);
  });
});

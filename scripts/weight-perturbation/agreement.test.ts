import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../cli/engines.ts';
import { EXPERIMENTS } from '../../src/experiments/table.ts';
import { WP_CORRELATION } from '../../src/lessons/weight-perturbation.ts';
import { generateNow } from '../../src/problems/problem.ts';
import { initialState } from '../../src/training/engine.ts';
import { resolveConfig } from '../../src/training/presets.ts';
import { problemParams, specsOf } from '../../src/training/specs.ts';
import { agreement, correlation } from './agreement.ts';
import { measure } from './measure.ts';

/** Medians of the documents' tables: "hat 0 whole batch" → one for each layer. */
function kept(): Map<string, { readonly layer: string; readonly median: number }[]> {
  const text = readFileSync(new URL('../../docs/equations.md', import.meta.url), 'utf8');
  const tables = new Map<string, { layer: string; median: number }[]>();
  let experiment = '';
  let layers: string[] = [];
  for (const line of text.split('\n')) {
    experiment = /^(hat|poisson|reaction-diffusion) \(ε = /.exec(line)?.[1] ?? experiment;
    const [steps, rows, ...cells] = line
      .split('|')
      .slice(1, -1)
      .map((part) => part.trim());
    if (steps === 'steps' && rows === 'rows') layers = cells;
    else if (/^\d+$/.test(steps ?? '') && /^(one|whole batch)$/.test(rows))
      tables.set(
        `${experiment} ${steps} ${rows}`,
        cells.map((cell, k) => ({ layer: layers[k], median: Number.parseFloat(cell) })),
      );
  }
  return tables;
}
const isHidden = (layer: string) => layer.includes('hidden');

describe('weight perturbation', () => {
  it('has numbers that go with the surrogate’s as the documents say', async () => {
    const { layers, summaries } = await measure(await loadEngine('wasm'), 'hat', [
      { step: 0, rows: 1 },
      { step: 0 },
    ]);
    const table = kept();
    for (const [m, rows] of ['one', 'whole batch'].entries()) {
      const row = table.get(`hat 0 ${rows}`);
      expect(row?.map(({ layer }) => layer)).toEqual(layers);
      // Another machine's exponentials may move a spike.
      summaries[m].forEach(({ median }, k) =>
        expect(Math.abs(median - (row?.[k].median ?? 9))).toBeLessThan(0.05),
      );
    }
    const [one, whole] = summaries;
    layers.forEach((layer, k) => {
      if (!isHidden(layer)) expect(whole[k].least).toBeGreaterThan(0.999);
      else expect(whole[k].median).toBeGreaterThan(one[k].median);
    });
  });

  it('is said on the page to correlate as in the tables', () => {
    const start = [...kept()].filter(([name]) => name.endsWith(' 0 whole batch'));
    expect(start).toHaveLength(3);
    const hidden = start.flatMap(([, row]) => row.filter(({ layer }) => isHidden(layer)));
    const medians = hidden.map(({ median }) => median);
    expect(WP_CORRELATION).toEqual({ least: Math.min(...medians), greatest: Math.max(...medians) });
    // Later in training, in every experiment, they go together less.
    for (const [name, row] of start)
      for (const step of [1000, 10_000])
        row.forEach(({ layer, median }, k) => {
          const later = kept().get(name.replace(' 0 ', ` ${step} `))?.[k].median ?? 9;
          if (isHidden(layer)) expect(later).toBeLessThan(median);
          else expect(later).toBe(1);
        });
  });
});

describe('agreement', () => {
  it('is measured for layer-wise weight perturbation alone', async () => {
    const config = resolveConfig({ gradient: 'RFG', T: 4 });
    const task = { specs: specsOf(config), data: generateNow(EXPERIMENTS.hat, problemParams(config)).train };
    const engine = await loadEngine('wasm');
    await expect(agreement(engine, task, initialState(task, 1), 2)).rejects.toThrow(/weight perturbation/);
  });

  it('is a Pearson correlation', () => {
    expect(correlation([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 12);
    expect(correlation([1, 2, 3], [1, -2, 1])).toBeCloseTo(0, 12);
    expect(correlation([1, 2, 3], [5, 5, 5])).toBe(0);
  });
});

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadEngine } from '../../cli/engines.ts';
import { commitFault } from '../../cli/provenance.ts';
import type { Engine } from '../../src/training/engine.ts';
import { regenerate } from '../results/document.ts';
import { AtWeights, configOf } from './at-weights.ts';
import { whyFigures } from './figures.ts';
import { keptWhy } from './kept.ts';
import { alignment, shakes, signNoise } from './measure.ts';
import { SEEDS } from './measure-all.ts';
import { summaryAt, valuesAt } from './summaries.ts';
import { Mean } from './vectors.ts';

const why = keptWhy();
if (!why) throw new Error('docs/measured/why.json is missing: npm run why');

describe('what npm run why has kept', () => {
  it('is of a commit of the history, and of the seeds of the tables', () => {
    expect(commitFault(why.commit)).toBeUndefined();
    expect(why.seeds).toEqual(SEEDS);
    for (const { moments } of [...Object.values(why.alignment), ...Object.values(why.backprop)])
      for (const { seeds } of moments) expect(seeds).toHaveLength(SEEDS.length);
  });

  it('is in the figures', () => {
    for (const [name, svg] of Object.entries(whyFigures(why))) {
      const kept = readFileSync(new URL(`../../docs/images/${name}.svg`, import.meta.url), 'utf8');
      expect(svg === kept, `${name}: npm run why -- --documents`).toBe(true);
    }
  });

  it('is found by its path, and nothing else is', () => {
    expect(valuesAt(why, 'cosine/hat/hidden 2/1000/withWhole/BP')).toHaveLength(SEEDS.length);
    const { min, median, max } = summaryAt(why, 'shake/poisson/trunk hidden 1/0.02/draws/drawn');
    expect(min).toBeLessThan(median);
    expect(max).toBeGreaterThan(median);
    for (const path of ['cosine/hat/hidden 2/999/withWhole/BP', 'shake/hat/hidden 1', 'constructor/hat/a/b'])
      expect(() => valuesAt(why, path)).toThrow(`has no “${path}”`);
  });

  it('is written into documents, negative numbers too', () => {
    const path = 'cosine/hat/hidden 2/5000/withWhole/BP, min';
    const least = summaryAt(why, path.replace(', min', '')).min;
    expect(least).toBeLessThan(0);
    expect(regenerate(`is -9.99<!-- why: ${path} -->.`, new Map(), why)).toBe(
      `is ${least.toFixed(2)}<!-- why: ${path} -->.`,
    );
    const block = regenerate('<!-- why widths -->\n<!-- end -->', new Map(), why);
    expect(block).toContain('npm run why');
    expect(block).toMatch(new RegExp(`Seeds ${SEEDS.join(', ')}; commit ${why.commit}`));
    expect(() => regenerate('<!-- why nothing -->\n<!-- end -->', new Map(), why)).toThrow('“nothing”');
  });
});

describe('measured again', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await loadEngine('wasm');
  });

  it('cosines are those that are kept', async () => {
    const [seed] = SEEDS;
    const at = await AtWeights.start(engine, configOf('hat', seed)).after(10);
    const found = await alignment(at, { draws: 4, requests: 8, perRequest: 16 });
    const kept = why.alignment.hat.moments.find(({ step }) => step === 10)?.seeds[0];
    // Before the read-out nothing is drawn. Another machine's exponentials may move a spike.
    for (const kind of ['withBackprop', 'withWhole'] as const)
      expect(Math.abs((found[1]?.[kind].mean4 ?? 9) - (kept?.[1]?.[kind].mean4 ?? -9))).toBeLessThan(0.02);
    expect(found[1]?.withBackprop.mean1).toBe(found[1]?.withBackprop.mean4);
    expect(found[0]?.withBackprop.mean4).toBeGreaterThan(found[0]?.withBackprop.drawn ?? 9);
    expect(found[1]?.smoothedError).toBeGreaterThan(kept?.[1]?.smoothedError ?? 9);
    expect(
      await alignment(AtWeights.start(engine, configOf('hat', seed)), {
        draws: 1,
        requests: 2,
        perRequest: 1,
      }),
    ).toEqual([undefined, undefined]);
  });

  it('the noise of drawn signs is that of the formula, and averaging leaves none', async () => {
    const at = await AtWeights.start(engine, configOf('hat', 21, { T: 8, hidden: [[8, 8]] })).after(200);
    const { width, drawn, theory, averaged } = await signNoise(at, 1500);
    expect(width).toBe(8);
    expect(drawn / theory).toBeGreaterThan(0.9);
    expect(drawn / theory).toBeLessThan(1.1);
    expect(averaged).toBeLessThan(1e-9);
  });

  it('a small ε makes noise and a large one bias', async () => {
    const at = await AtWeights.start(engine, configOf('hat', 21, { T: 16, hidden: [[8, 8]] })).after(200);
    const counts = { epsilons: [0.002, 0.02, 0.16], reference: 0.01, parts: 2, batches: 40 };
    const [first, before] = await shakes(at, counts);
    const [small, middle] = before.under;
    expect(small.batches).toBeGreaterThan(2 * middle.batches);
    expect(small.draws.drawn).toBeGreaterThan(middle.draws.drawn);
    // Before the read-out rates come in steps, of which something is left at every ε.
    const [, some, most] = first.under;
    expect(most.bias).toBeGreaterThan(4 * Math.max(some.bias, most.biasNoise));
    expect(middle.draws.mean1).toBeLessThan(1e-9);
  });
});

describe('a mean of draws', () => {
  it('knows its variance, its length without noise, and its error', () => {
    const mean = new Mean(2);
    for (const draw of [
      [3, 4],
      [5, 4],
      [4, 1],
    ])
      mean.add(Float64Array.from(draw));
    expect([...mean.value]).toEqual([4, 3]);
    expect(mean.variance).toBeCloseTo(1 + 3, 12);
    // The mean product of two different draws.
    expect(mean.square).toBeCloseTo((31 + 16 + 24) / 3, 12);
    expect(mean.error).toBeCloseTo(Math.sqrt(4 / 3 / (71 / 3)), 12);
  });
});

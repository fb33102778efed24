import { describe, expect, it } from 'vitest';
import type { Pinned } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import { DEPENDENCE_METHODS, dependenceOf } from './dependence.ts';
import { changesOf, type ResultsFile, summariseResults } from './measured.ts';

type ResultRun = ResultsFile['runs'][number];

const PINS: Record<string, Pinned> = {
  'SG-BP': { gradient: 'BP' },
  'SG-RFG-L': { gradient: 'RFG', scope: 'L' },
  'SG-RFG-G': { gradient: 'RFG', scope: 'G' },
  RF: { gradient: 'RF' },
};
const run = (method: string, seed: number, error: number | null, pins: Pinned = {}): ResultRun => ({
  method,
  error,
  config: resolveConfig({ recipe: 'paper', ...PINS[method], ...pins, seed }),
});

describe('summariseResults', () => {
  it('takes the median over seeds; a diverged run counts as infinite', () => {
    const runs = [0.3, 0.1, null, 0.2].map((error, seed) => run('SG-RFG-G', seed, error));
    const [row] = summariseResults([{ runs }]);
    expect(row).toMatchObject({ median: 0.25, min: 0.1, max: null, runs: 4, K: 1, learned: 'all weights' });
    for (const name of ['closeness', 'boundary', 'changes', 'pooled']) expect(row).not.toHaveProperty(name);
  });

  it('says with layer-wise RFG how often it is the closer one to back-propagation', () => {
    const runs = (['SG-BP', 'SG-RFG-L', 'SG-RFG-G'] as const).flatMap((method, m) =>
      [1, 2].map((seed) => ({
        ...run(method, seed, 0.01 + 0.01 * m * (seed === 1 || method === 'SG-RFG-L' ? 1 : 0.1), {
          experiment: 'reaction-diffusion',
        }),
        pooled: 0.01 * seed,
      })),
    );
    const rows = summariseResults([{ runs }]);
    expect(rows.map((row) => row.closeness?.closer)).toEqual([undefined, 1, undefined]);
    expect(rows.map((row) => row.pooled)).toEqual([0.015, 0.015, 0.015]);
    expect(rows.map((row) => row.K)).toEqual([undefined, 1, 1]);
    expect(rows.map((row) => row.boundary)).toEqual(['hard', 'hard', 'hard']);
  });

  it('never mixes runs whose settings differ, in whichever files they lie', () => {
    const poisson = (pins: Pinned) =>
      [1, 2].map((seed) => run('SG-BP', seed, 0.1 * seed, { experiment: 'poisson', ...pins }));
    const settings: Pinned[] = [
      {},
      { boundary: 'soft' },
      { lengthScale: 1 },
      { boundary: 'soft', lengthScale: 1 },
      { steps: 100 },
    ];
    const rows = summariseResults([
      { runs: settings.flatMap(poisson) },
      { runs: poisson({ dataSeed: 5 }).map((one) => ({ ...one, error: 9 })) },
    ]);
    expect(rows.map(({ changes, runs }) => [changes, runs])).toEqual([
      [undefined, 4],
      ['boundary=soft', 2],
      ['lengthScale=1', 2],
      ['boundary=soft lengthScale=1', 2],
      ['steps=100', 2],
    ]);
    expect(rows.map(({ boundary }) => boundary)).toEqual(['hard', 'soft', 'hard', 'soft', 'hard']);
  });
});

it('a baseline that is not trained has no steps', () => {
  const runs = ['SG-BP', 'tanh-BP', 'least-squares'].map((method) => ({ ...run('SG-BP', 1, 0.1), method }));
  const rows = summariseResults([{ runs }]);
  expect(rows.map(({ learned }) => learned)).toEqual(['all weights', 'all weights, tanh', 'linear map']);
  expect(rows.map(({ steps }) => steps)).toEqual([5000, 5000, undefined]);
});

describe('changesOf', () => {
  it('names what the recipe does not have, seeds and method aside', () => {
    const config = (pins: Pinned) => resolveConfig({ experiment: 'poisson', recipe: 'paper', ...pins });
    expect(changesOf(config({ seed: 7, dataSeed: 7, gradient: 'RFG', scope: 'G' }))).toBe('');
    expect(changesOf(config({ gradient: 'RFG', hold: 1, law: 'rademacher' }))).toBe('law=rademacher hold=1');
  });

  it('takes a setting that a run was kept without to have its default', () => {
    const { leak: _, flipout: ___, ...before } = resolveConfig({});
    expect(changesOf(before as never)).toBe('');
    const { perFunctionScale: __, ...other } = resolveConfig({ perFunctionScale: false });
    expect(changesOf(other as never)).toBe('');
  });
});

describe('dependenceOf', () => {
  const measured = summariseResults([
    {
      runs: DEPENDENCE_METHODS.flatMap((method, m) =>
        [
          {},
          { perFunctionScale: false },
          { sensors: 20 },
          { recipe: 'live' as const, boundary: 'soft' as const },
        ].map((pins, i) => run(method, 1, 0.1 * (m + 1) + i, { experiment: 'poisson', ...pins })),
      ),
    },
  ]);

  it('puts each condition that was measured with the recipe beside it', () => {
    const rows = dependenceOf('poisson', measured);
    expect(rows.map(({ changes }) => changes)).toEqual(['', 'perFunctionScale=false']);
    expect(rows[1].cells.map((cell) => cell?.median)).toEqual([1.1, 1.2, 1.3]);
  });

  it('is empty where nothing was measured', () => {
    expect(dependenceOf('hat', measured)).toEqual([]);
    expect(dependenceOf('reaction-diffusion', measured)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { EXPERIMENT_NAMES, OF_PAPER } from '../experiments/table.ts';
import { type Config, FIELDS, type FieldName, type Pinned } from './config.ts';
import {
  comparableFigure,
  configStanding,
  differences,
  methodStretches,
  paperPins,
  paperStanding,
  reportedFigure,
  STATED,
} from './paper.ts';
import { resolveConfig } from './presets.ts';
import { TABLE_METHODS } from './table-methods.ts';

const BP = { gradient: 'BP' } as const;
const L = { gradient: 'RFG', scope: 'L' } as const;
const G = { gradient: 'RFG', scope: 'G' } as const;
const WP = { gradient: 'WP', scope: 'G' } as const;
const paper = (pins: Pinned) => resolveConfig({ recipe: 'paper', ...pins });
const figure = (config: Config) => comparableFigure([{ step: 0, config }]);
const fields = (config: Config) => differences(config).map(({ field }) => field);

describe('figures that the paper reports', () => {
  const reported = (pins: Pinned) => reportedFigure(resolveConfig(pins));

  it('are those of its table and text', () => {
    expect([BP, G, L].map(reported)).toEqual([0.0298, 0.0426, 0.0342]);
    const poisson = (surrogate: 'SG' | 'WSG') =>
      [BP, { ...BP, localLosses: true }, G, L, { ...L, localLosses: true }].map((method) =>
        reported({ experiment: 'poisson', surrogate, ...method }),
      );
    expect(poisson('SG')).toEqual([0.0246, 0.0264, 0.0422, 0.0347, 0.0431]);
    expect(poisson('WSG')).toEqual([0.0241, 0.0244, 0.0412, 0.0359, 0.0446]);
  });

  it('are none where it reports nothing', () => {
    const none: Pinned[] = [{ surrogate: 'WSG' }, { localLosses: true }, WP, { ...L, flipout: true }];
    none.push({ experiment: 'poisson', ...G, localLosses: true });
    none.push(...[BP, L, G].map((method) => ({ experiment: 'reaction-diffusion', ...method }) as const));
    for (const pins of none) expect(configStanding(resolveConfig(pins))).toEqual({ kind: 'unreported' });
  });

  it('are none in an experiment that it does not have, which is told apart', () => {
    const others = EXPERIMENT_NAMES.filter((name) => !OF_PAPER.some(({ id }) => id === name));
    for (const experiment of others)
      expect(configStanding(paper({ experiment }))).toEqual({ kind: 'unreported', otherExperiment: true });
  });
});

describe('the paper’s figure stands beside a run', () => {
  it('whose settings are those of the recipe “paper”, in every row of its tables', () => {
    for (const experiment of ['hat', 'poisson', 'reaction-diffusion'] as const)
      for (const { pins } of TABLE_METHODS[experiment])
        for (const boundary of ['hard', 'soft'] as const) {
          const config = paper({ experiment, ...pins, boundary });
          expect(differences(config)).toEqual([]);
          expect(figure(config)).toBe(reportedFigure(config));
        }
  });

  it('whatever its seeds', () => expect(figure(paper({ ...L, seed: 7, dataSeed: 9 }))).toBe(0.0342));

  it('under back-propagation by the page’s own recipe, which keeps to all that is stated; not with K = 8', () => {
    expect(figure(resolveConfig({}))).toBe(0.0298);
    for (const method of [L, G]) {
      expect(figure(resolveConfig(method))).toBeUndefined();
      expect(differences(resolveConfig(method))).toEqual([
        { field: 'K', stated: true, expected: 1, ours: 8 },
      ]);
    }
  });

  it('however equal settings are written', () => {
    expect(figure(paper({ experiment: 'poisson', ...L, hidden: [[32], [32]], batch: [32, 32] }))).toBe(
      0.0347,
    );
    expect(figure(paper({ ...L, scales: [1, 1, 1], rateFactors: [1, 1] }))).toBe(0.0342);
    expect(figure(paper({ ...L, scales: [1, 1, 0.5] }))).toBeUndefined();
  });

  it('with independent ±1 directions in place of our Hadamard ones, not with normal ones', () => {
    const poisson = { experiment: 'poisson', ...L } as const;
    expect(figure(paper({ ...poisson, law: 'rademacher' }))).toBe(0.0347);
    expect(fields(paper({ ...poisson, law: 'gaussian' }))).toEqual(['law']);
    expect(fields(paper({ ...L, law: 'hadamard' }))).toEqual(['law']);
  });

  it('not after any stated setting was changed, each of which is named with the paper’s value', () => {
    for (const experiment of ['hat', 'poisson', 'reaction-diffusion'] as const)
      for (const [field, stated] of Object.entries(STATED[experiment]) as [FieldName, unknown][]) {
        const config = paper({ experiment, ...L, ...other(field, stated) });
        expect(differences(config)).toEqual([{ field, stated: true, expected: stated, ours: config[field] }]);
        expect(figure(config)).toBeUndefined();
      }
  });

  it('not after any setting that the paper leaves open was taken from its default; settings without a part do not count', () => {
    const open = {
      rate: 0.5,
      batch: [16],
      steps: 100,
      hold: 7,
      threshold: 2,
      init: 'data',
      gain: 1,
    } as const;
    for (const [field, value] of Object.entries(open)) {
      const config = paper({ ...L, [field]: value });
      expect(fields(config)).toEqual([field]);
      expect(differences(config)[0].stated).toBe(false);
    }
    const idle = { epsilon: 0.5, samples: 9, sensors: 20, diffusion: 0.5, beta1: 0.5, currentStd: 1 };
    expect(figure(paper({ ...L, ...idle }))).toBe(0.0342);
    expect(figure(paper({ ...BP, K: 9, law: 'gaussian', scales: [3] }))).toBe(0.0298);
    for (const one of [
      { perFunctionScale: false },
      { sensors: 20 },
      { lengthScale: 0.2 },
      { rank: 4 },
    ] as const)
      expect(fields(paper({ experiment: 'poisson', ...BP, ...one }))).toEqual(Object.keys(one));
  });

  it('not beside a target of one’s own', () =>
    expect(configStanding(resolveConfig({ target: 'ripples' }))).toMatchObject({
      kind: 'differs',
      figure: 0.0298,
      differences: [{ field: 'target', expected: 'hat', ours: 'ripples' }],
    }));

  it('not where the method or anything else was changed in mid-run', () => {
    const bp = paper({ ...BP });
    const log = [
      { step: 0, config: bp },
      { step: 5000, config: paper({ ...L }) },
    ];
    expect(paperStanding(log)).toEqual({ kind: 'differs', figure: 0.0342, differences: [], changed: [5000] });
    const back = [
      { step: 0, config: bp },
      { step: 10, config: paper({ ...BP, rate: 0.1 }) },
      { step: 20, config: bp },
    ];
    expect(paperStanding(back)).toMatchObject({ kind: 'differs', changed: [10, 20] });
    expect(comparableFigure(back.slice(0, 1))).toBe(0.0298);
  });
});

it('the paper’s settings are a click away: method, boundary and seeds stay', () => {
  const pins: Pinned = { experiment: 'poisson', ...L, K: 8, T: 8, boundary: 'soft', seed: 4, recipe: 'live' };
  const kept = paperPins(pins);
  expect(kept).toEqual({ experiment: 'poisson', ...L, boundary: 'soft', seed: 4, recipe: 'paper' });
  expect(figure(resolveConfig(kept))).toBe(0.0347);
});

it('a run is told by the stretches of its methods', () => {
  const at = (step: number, pins: Pinned) => ({ step, config: resolveConfig(pins) });
  expect(methodStretches([at(0, BP), at(5, { ...BP, rate: 0.1 }), at(9, L), at(12, BP)])).toEqual([
    { step: 0, method: 'SG-BP' },
    { step: 9, method: 'SG-RFG-L' },
    { step: 12, method: 'SG-BP' },
  ]);
});

/** Another value of a field than `value`. */
function other(field: FieldName, value: unknown): Pinned {
  if (field === 'law') return { law: 'gaussian' };
  if (field === 'hidden') return { hidden: [[8]] };
  const { choices } = FIELDS[field] as { readonly choices?: readonly unknown[] };
  if (choices) return { [field]: choices.find((choice) => choice !== value) };
  if (field === 'leak') return { leak: 0.5 };
  return { [field]: 2 * Number(value) };
}

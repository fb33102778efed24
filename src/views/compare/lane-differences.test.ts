import { describe, expect, it } from 'vitest';
import { COMPARABLE, isMethodField, laneConfig } from '../../state/comparison.ts';
import { type Config, FIELDS, type FieldName, formatField, type Pinned } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { whyMeaningless } from '../shell/reasons.ts';
import { comparedWords, differencesOf, sharedOf, stepSettings } from './lane-differences.ts';

const lanesOf = (main: Pinned, ...differences: Pinned[]): Config[] => [
  resolveConfig(main),
  ...differences.map((difference) => laneConfig(main, difference)),
];
const words = (configs: readonly Config[], hidden = false) =>
  comparedWords(
    configs.map((config, i) => ({ letter: 'ABCDEFGHIJ'[i], config })),
    hidden,
  );

/** A value beside the one in force, and what makes the field mean something. */
const OTHER: Record<string, [before: Pinned, after: Pinned]> = {
  surrogate: [{}, { surrogate: 'WSG' }],
  gradient: [{}, { gradient: 'RFG' }],
  scope: [{ gradient: 'RFG' }, { scope: 'G' }],
  localLosses: [{}, { localLosses: true }],
  localRank: [{ experiment: 'poisson', localLosses: true }, { localRank: 2 }],
  K: [{ gradient: 'RFG' }, { K: 3 }],
  law: [{ gradient: 'RFG' }, { law: 'gaussian' }],
  flipout: [{ gradient: 'RFG' }, { flipout: true }],
  epsilon: [{ gradient: 'WP', scope: 'G' }, { epsilon: 0.5 }],
  scales: [{ gradient: 'RFG' }, { scales: [0.5] }],
  samples: [{ surrogate: 'WSG' }, { samples: 7 }],
  sigma: [{}, { sigma: 0.7 }],
  threshold: [{}, { threshold: 2 }],
  leak: [{}, { leak: 0.5 }],
  reset: [{}, { reset: 'zero' }],
  T: [{}, { T: 9 }],
  hidden: [{}, { hidden: [[9]] }],
  centring: [{}, { centring: true }],
  init: [{}, { init: 'uniform' }],
  gain: [{ init: 'uniform' }, { gain: 3 }],
  hold: [{}, { hold: 5 }],
  optimiser: [{}, { optimiser: 'sgd' }],
  rate: [{}, { rate: 0.5 }],
  rateFactors: [{}, { rateFactors: [0.5] }],
  beta1: [{}, { beta1: 0.5 }],
  beta2: [{}, { beta2: 0.5 }],
  stabiliser: [{}, { stabiliser: 0.5 }],
  schedule: [{}, { schedule: 'constant' }],
  finalFraction: [{}, { finalFraction: 0.5 }],
  coding: [{ experiment: 'forecast' }, { coding: 'delta' }],
  neuron: [{ experiment: 'forecast' }, { neuron: 'LIF' }],
  synapticDecay: [{ experiment: 'forecast' }, { synapticDecay: 0.7 }],
  longestDelay: [{ experiment: 'forecast' }, { longestDelay: 7 }],
  refractoryDecay: [{ experiment: 'forecast' }, { refractoryDecay: 0.7 }],
  readDecay: [{ experiment: 'forecast' }, { readDecay: 0.7 }],
  readTime: [{ experiment: 'forecast' }, { readTime: 'each' }],
};
const IN_NAME = ['surrogate', 'gradient', 'scope', 'localLosses', 'flipout'];

describe('lanes that differ', () => {
  it.each(COMPARABLE)('in %s: it is said, with both values, and nothing that is not so', (field) => {
    const [main, after] = OTHER[field];
    const configs = lanesOf(main, after);
    const said = words(configs);
    const found = differencesOf(configs);
    if (IN_NAME.includes(field)) expect(found[0].label).toBe('method');
    else {
      const own = found.find((each) => each.field === field);
      expect(own?.values).toEqual(configs.map((config) => formatField(field, config[field] as never)));
      expect(said.list.join()).toContain(`A ${own?.values[0]} · B ${own?.values[1]}`);
    }
    // Whatever differs and means something to a lane stands in the list, and nothing else does.
    const truly = (Object.keys(FIELDS) as FieldName[]).filter(
      (name) =>
        !IN_NAME.includes(name) &&
        String(configs[0][name]) !== String(configs[1][name]) &&
        configs.some((config) => whyMeaningless(name, config) === undefined),
    );
    const listed = found.flatMap((each) => each.field ?? []);
    for (const name of truly) expect(listed).toContain(name);
    expect(found).toHaveLength(said.list.length);
    expect(said.more).toBe(Math.max(0, said.list.length - 3));
  });

  it('in what a lane may not differ in are not there: all of that is shared', () => {
    const configs = lanesOf({}, { gradient: 'RFG' });
    for (const name of Object.keys(FIELDS) as FieldName[])
      if (!isMethodField(name)) expect(configs[1][name]).toEqual(configs[0][name]);
    expect(sharedOf(configs)).toEqual(['data', 'batches', 'initial weights', 'number of steps']);
  });

  it('in more than method and rate: the sentence does not hide it', () => {
    const hat = words(lanesOf({}, { gradient: 'RFG', scope: 'G' }));
    expect(hat.sentence).toBe(
      'The same data, batches, initial weights and number of steps, trained side by side. Different: method; learning rate η 0.02 | 0.006; directions K – | 8;',
    );
    expect(hat.more).toBeGreaterThan(0);
    expect(hat.list).toContain('rate factors: A 1 · B 1/0.3/0.3');
    const poisson = words(lanesOf({ experiment: 'poisson' }, { gradient: 'RFG' }));
    expect(poisson.sentence).toMatch(/^The same data, initial weights and number of steps, /);
    expect(poisson.sentence).toContain('batch hold 1 | 1024');
    const init = words(lanesOf({ gradient: 'RFG' }, { init: 'uniform' }));
    expect(init.sentence).toBe(
      'The same data, batches and number of steps, trained side by side. Different: initial weights data | uniform; gain of uniform weights – | 2.',
    );
    expect(words(lanesOf({}, {})).sentence).toMatch(/The lanes have equal settings\.$/);
  });

  it('in what the network is made of: their data are the same, and said to be', () => {
    const neurons = lanesOf({ experiment: 'forecast' }, { neuron: 'LIF' }, { neuron: 'CuBa' });
    expect(words(neurons).sentence).toMatch(
      /^The same data, batches and number of steps, trained side by side. Different: neuron SRM \| LIF \| CuBa;/,
    );
    expect(sharedOf(lanesOf({ experiment: 'forecast' }, { readDecay: 0.7 }))).toContain('initial weights');
    // Of a series the number of time steps makes the windows.
    expect(sharedOf(lanesOf({ experiment: 'forecast' }, { T: 12 }))).not.toContain('data');
    expect(sharedOf(lanesOf({}, { T: 12 }))).toContain('data');
  });

  it('and are hidden: no value, nothing that a method brings', () => {
    const { sentence, list } = words(lanesOf({ experiment: 'poisson' }, { gradient: 'RFG' }), true);
    expect(sentence).toMatch(/The lanes differ in method, learning rate η and batch hold\.$/);
    expect(list).toEqual([]);
  });
});

it('a lane’s card has batch and K, each once', () => {
  const card = (pinned: Pinned, named: readonly FieldName[] = []) =>
    stepSettings(resolveConfig(pinned), named);
  // “SG-RFG-L, directions K 8” says K already.
  expect(card({ gradient: 'RFG', K: 8 }, ['K'])).toBe('batch 64');
  expect(card({ gradient: 'RFG', K: 8 }, ['batch', 'K'])).toBe('');
  expect(card({})).toBe('batch 128');
  expect(card({ gradient: 'RFG', K: 4 })).toBe('batch 64, K = 4');
  expect(card({ experiment: 'reaction-diffusion', gradient: 'WP' })).toBe('batch 40 × 8 × 8, K = 4');
});

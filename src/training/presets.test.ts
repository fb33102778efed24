import { describe, expect, it } from 'vitest';
import { randomPins } from '../../tests/support/training.ts';
import { EXPERIMENTS as TABLE } from '../experiments/table.ts';
import { gradientsFor } from '../methods/index.ts';
import { ConfigError } from '../settings/fields.ts';
import { RandomSequence, Stream } from '../snn/random.ts';
import { type Config, FIELD_NAMES, FIELDS, type FieldName, type Pinned } from './config.ts';
import { changeBetween, minimalPins, resolveConfig } from './presets.ts';
import { specsOf } from './specs.ts';

const EXPERIMENTS = FIELDS.experiment.choices!;
const BP: Pinned = { gradient: 'BP' };
const L: Pinned = { gradient: 'RFG', scope: 'L' };
const G: Pinned = { gradient: 'RFG', scope: 'G' };
const A: Pinned = { gradient: 'RFG', scope: 'A' };
const WP: Pinned = { gradient: 'WP' };

/** Every combination of experiment, recipe and method. */
function* everyMethod(): Generator<Pinned> {
  for (const experiment of EXPERIMENTS)
    for (const recipe of FIELDS.recipe.choices!)
      for (const surrogate of FIELDS.surrogate.choices!)
        for (const gradient of gradientsFor(TABLE[experiment].shape))
          for (const scope of FIELDS.scope.choices!)
            for (const localLosses of gradient === 'WP' && scope === 'A' ? [] : [false, true])
              yield { experiment, recipe, surrogate, gradient, scope, localLosses };
}

describe('resolveConfig', () => {
  it('resolves every method of every experiment', () => {
    let count = 0;
    for (const pinned of everyMethod()) {
      const config = resolveConfig(pinned);
      expect(config).toMatchObject(pinned);
      const { layout, method, optimiser, directions, batch } = specsOf(config);
      const layers = layout.layers.length;
      expect([method.scales.length, optimiser.rateFactors.length, directions.scales.length]).toEqual([
        layers,
        layers,
        layers,
      ]);
      expect(batch.rows).toHaveLength(layout.hidden.length);
      expect(config.scales.length).toBeLessThanOrEqual(layers);
      expect(config.rateFactors.length).toBeLessThanOrEqual(layers);
      count++;
    }
    // 2 recipes, 2 surrogates, 4 × 3 + 2 gradients with scopes, with and without LL; where series are read one more gradient.
    const series = EXPERIMENTS.filter((name) => TABLE[name].shape === 'series').length;
    expect(count).toBe(2 * 2 * (EXPERIMENTS.length * 14 + series * 3) * 2);
  });

  it('lets pinned fields win over every preset', () => {
    const pinned: Pinned = {
      rate: 0.5,
      K: 3,
      steps: 7,
      batch: [9],
      scales: [2],
      law: 'gaussian',
      optimiser: 'sgd',
    };
    for (const method of everyMethod()) expect(resolveConfig({ ...method, ...pinned })).toMatchObject(pinned);
  });

  it('has the rows of the recipes', () => {
    const adam: Pinned = {
      optimiser: 'adam',
      beta1: 0.9,
      beta2: 0.999,
      rateFactors: [1],
      scales: [1],
      law: 'rademacher',
      K: 1,
    };
    const hat: Pinned = {
      ...adam,
      sigma: 0.5,
      T: 32,
      threshold: 1,
      hidden: [[16, 16]],
      gain: 2,
      schedule: 'cosine',
      finalFraction: 0.01,
    };
    const poisson: Pinned = {
      ...adam,
      sigma: 0.3,
      T: 32,
      threshold: 1,
      hidden: [[32]],
      rank: 8,
      localRank: 4,
      sensors: 10,
      lengthScale: 0.5,
      init: 'operator',
      currentStd: 0.15,
      centring: true,
      boundary: 'hard',
      perFunctionScale: true,
      trainFunctions: 800,
      testFunctions: 800,
      batch: [32, 32],
      sampling: 'stratified',
      schedule: 'exponential',
      finalFraction: 0.01,
      samples: 4,
    };
    const reaction: Pinned = {
      ...adam,
      sigma: 0.5,
      T: 32,
      hidden: [[16]],
      rank: 8,
      sensors: 5,
      lengthScale: 1,
      init: 'operator',
      currentStd: 0.12,
      centring: true,
      boundary: 'hard',
      perFunctionScale: true,
      diffusion: 0.01,
      reaction: 0.01,
      trainFunctions: 100,
      testFunctions: 100,
      batch: [40, 8, 8],
      sampling: 'stratified',
      schedule: 'exponential',
      finalFraction: 0.01,
    };
    const rows: [Config['experiment'], Config['recipe'], Pinned, Pinned][] = [
      ['hat', 'live', A, { ...hat, law: 'mean', init: 'data', rate: 0.02, batch: [64], K: 4, steps: 5000 }],
      ['hat', 'paper', A, { ...hat, init: 'uniform', rate: 0.005, batch: [128], steps: 20000 }],
      ['hat', 'live', { ...G, flipout: true }, { ...resolveConfig(G), flipout: true }],
      ['poisson', 'live', A, { ...poisson, law: 'mean', rate: 0.01, steps: 20000, K: 1, hold: 1 }],
      ['poisson', 'paper', A, { ...poisson, rate: 0.003, steps: 20000, hold: 1 }],
      ['poisson', 'live', { ...L, flipout: true }, { ...poisson, rate: 0.003, steps: 10000, K: 4, hold: 1 }],
      ['poisson', 'paper', { ...G, flipout: true }, { ...poisson, rate: 0.003, steps: 20000, hold: 1 }],
      [
        'reaction-diffusion',
        'live',
        A,
        { ...reaction, law: 'mean', rate: 0.01, steps: 20000, K: 1, hold: 1 },
      ],
      [
        'reaction-diffusion',
        'live',
        { ...L, flipout: true },
        { ...reaction, rate: 0.006, steps: 20000, K: 4 },
      ],
      ['hat', 'paper', BP, { ...hat, init: 'uniform', rate: 0.02, batch: [128], steps: 5000 }],
      [
        'hat',
        'paper',
        L,
        { ...hat, init: 'uniform', optimiser: 'normalised', rate: 0.03, batch: [128], steps: 20000 },
      ],
      [
        'hat',
        'paper',
        G,
        { ...hat, init: 'uniform', rate: 0.004, rateFactors: [1, 0.3, 0.3], batch: [128], steps: 20000 },
      ],
      ['hat', 'live', BP, { ...hat, init: 'data', rate: 0.02, batch: [128], steps: 5000 }],
      ['hat', 'live', L, { ...hat, init: 'data', rate: 0.006, batch: [64], K: 8, steps: 5000 }],
      [
        'hat',
        'live',
        G,
        {
          ...hat,
          init: 'data',
          rate: 0.006,
          batch: [64],
          K: 8,
          steps: 5000,
          scales: [0.25, 1, 1],
          rateFactors: [1, 0.3, 0.3],
        },
      ],
      ['poisson', 'paper', BP, { ...poisson, rate: 0.01, steps: 20000, hold: 1 }],
      ['poisson', 'paper', L, { ...poisson, rate: 0.001, steps: 50000, law: 'hadamard', hold: 1024 }],
      [
        'poisson',
        'paper',
        { ...L, localLosses: true },
        { ...poisson, rate: 0.001, steps: 50000, law: 'hadamard', hold: 1024 },
      ],
      ['poisson', 'paper', G, { ...poisson, rate: 0.001, steps: 100000, law: 'hadamard', hold: 1024 }],
      ['poisson', 'live', BP, { ...poisson, rate: 0.01, steps: 20000 }],
      ['reaction-diffusion', 'paper', BP, { ...reaction, rate: 0.01, steps: 20000 }],
      [
        'reaction-diffusion',
        'paper',
        L,
        {
          ...reaction,
          rate: 0.002,
          steps: 80000,
          law: 'hadamard',
          hold: 512,
          scales: [0.3, 1, 0.3, 1, 0.3, 1],
        },
      ],
      [
        'reaction-diffusion',
        'paper',
        G,
        {
          ...reaction,
          rate: 0.002,
          steps: 80000,
          law: 'hadamard',
          hold: 512,
          scales: [0.3, 1, 0.3, 1, 0.3, 1],
        },
      ],
    ];
    for (const [experiment, recipe, method, expected] of rows)
      expect(
        resolveConfig({ experiment, recipe, ...method }),
        `${experiment} ${recipe} ${JSON.stringify(method)}`,
      ).toMatchObject(expected);
  });

  it('perturbs with one direction a step in the paper’s recipes', () => {
    for (const pinned of everyMethod())
      if (pinned.recipe === 'paper') expect(resolveConfig(pinned).K).toBe(1);
  });

  it('scales exactly the hidden layers of the reaction-diffusion network', () => {
    for (const localLosses of [false, true]) {
      const { layout, method, directions } = specsOf(
        resolveConfig({ experiment: 'reaction-diffusion', ...L, localLosses }),
      );
      expect(method.scales).toEqual(layout.layers.map((layer) => (layer.role === 'hidden' ? 0.3 : 1)));
      expect(directions.scales).toEqual(method.scales);
    }
  });

  it('refuses wrong pins', () => {
    expect(() => resolveConfig({ K: 33 })).toThrow(ConfigError);
    expect(() => resolveConfig({ K: undefined } as Pinned)).toThrow(ConfigError);
    expect(() => resolveConfig({ experiment: 'poisson', init: 'data' })).toThrow(ConfigError);
    expect(() => resolveConfig({ gradient: 'S-SWIM' })).toThrow(
      /^gradient: .S-SWIM. is not allowed.*for hat/,
    );
    expect(() => resolveConfig({ experiment: 'forecast', gradient: 'S-SWIM', init: 'operator' })).toThrow(
      /^init: .operator. is not/,
    );
  });
});

describe('minimalPins', () => {
  it('drops what would hold anyway', () => {
    expect(minimalPins({})).toEqual({});
    expect(minimalPins({ ...resolveConfig({}) })).toEqual({});
    expect(minimalPins({ ...resolveConfig({ experiment: 'poisson', ...G }) })).toEqual({
      experiment: 'poisson',
      gradient: 'RFG',
      scope: 'G',
    });
    expect(minimalPins({ ...L, K: 8, rate: 0.006 })).toEqual({ gradient: 'RFG' });
    expect(minimalPins({ ...BP, K: 8 })).toEqual({ K: 8 });
  });

  it('implies the same configuration as all pins, for random pins', () => {
    const random = new RandomSequence(1, Stream.data);
    let valid = 0;
    let dropped = 0;
    for (let n = 0; n < 1500; n++) {
      const start = randomPins(random, [0.05, 0.15, 0.5][n % 3]);
      // Half of them with fields that repeat what holds anyway.
      let pins = start;
      let whole: Config;
      try {
        whole = resolveConfig(start);
      } catch {
        continue;
      }
      valid++;
      if (n % 2 === 0)
        for (const name of FIELD_NAMES) if (random.uniform() < 0.3) pins = { ...pins, [name]: whole[name] };
      const kept = minimalPins(pins);
      expect(resolveConfig(kept)).toEqual(whole);
      expect(pins).toMatchObject(kept);
      expect(minimalPins(kept)).toEqual(kept);
      dropped += Object.keys(pins).length - Object.keys(kept).length;
      for (const name of Object.keys(kept) as FieldName[]) {
        const { [name]: value, ...rest } = kept;
        let implied: unknown;
        try {
          implied = resolveConfig(rest)[name];
        } catch {
          continue;
        }
        expect(implied).not.toEqual(value);
      }
    }
    expect(valid).toBeGreaterThan(300);
    expect(dropped).toBeGreaterThan(1000);
  });
});

describe('changeBetween', () => {
  const hat = resolveConfig({});

  it('finds nothing between equal configurations', () => {
    expect(changeBetween(hat, resolveConfig({ ...hat, hidden: [[16, 16]] }))).toEqual({
      kind: 'none',
      fields: [],
    });
  });

  it('keeps the run when the method or its settings change', () => {
    for (const method of [
      L,
      G,
      WP,
      { surrogate: 'WSG' },
      { localLosses: true },
      { K: 4 },
      { rate: 1 },
      { leak: 0.9 },
    ] as Pinned[]) {
      const change = changeBetween(hat, { ...hat, ...method });
      expect(change.kind).toBe('keep');
      expect([...change.fields].sort()).toEqual(
        (Object.keys(method) as FieldName[]).filter((f) => method[f] !== hat[f]).sort(),
      );
    }
  });

  it('starts anew when shape, T, problem, initial weights or a seed change', () => {
    const resets = FIELD_NAMES.filter((name) => FIELDS[name].resets);
    expect(resets.sort()).toEqual(
      [
        'experiment',
        'recipe',
        'T',
        'hidden',
        'rank',
        'localRank',
        'lossWeight',
        'centring',
        'init',
        'gain',
        'currentStd',
        'fitted',
        'target',
        'formula',
        'painting',
        'data',
        'testShare',
        'noise',
        'boundary',
        'perFunctionScale',
        'sensors',
        'lengthScale',
        'diffusion',
        'reaction',
        'series',
        'horizon',
        'coding',
        'sampleSteps',
        'neuron',
        'readTime',
        'synapticDecay',
        'longestDelay',
        'refractoryDecay',
        'trainFunctions',
        'testFunctions',
        'seed',
        'dataSeed',
      ].sort(),
    );
    for (const change of [{ T: 8 }, { hidden: [[16]] }, { seed: 2 }, { dataSeed: 2 }] as Pinned[])
      expect(changeBetween(hat, { ...hat, ...change }).kind).toBe('reset');
    expect(changeBetween(hat, resolveConfig({ experiment: 'poisson' })).kind).toBe('reset');
  });

  it('starts anew when one of several changed fields demands it', () => {
    expect(changeBetween(hat, { ...hat, K: 4, T: 8 })).toEqual({ kind: 'reset', fields: ['K', 'T'] });
  });

  it('never resets within a live recipe of the hat', () => {
    for (const a of [BP, L, G, WP])
      for (const b of [BP, L, G, WP])
        expect(changeBetween(resolveConfig(a), resolveConfig(b)).kind).not.toBe('reset');
  });
});

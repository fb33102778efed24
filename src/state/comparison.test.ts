import { describe, expect, it } from 'vitest';
import { EXPERIMENT_NAMES } from '../experiments/table.ts';
import { type ExperimentName, methodName, type Pinned } from '../training/config.ts';
import { changeBetween, resolveConfig } from '../training/presets.ts';
import { COMPARABLE, distinguishing, laneConfig, lanesOf } from './comparison.ts';
import { comparisonPresets } from './comparison-presets.ts';
import { lanesFollowing } from './lanes-following.ts';
import { seal } from './sealed.ts';
import { formatHash, parseHash } from './url.ts';

describe('laneConfig', () => {
  it('shares data, batches, initial weights and budget; the rate follows the method', () => {
    const main = { seed: 4, batch: [32], steps: 700, init: 'uniform' } as const;
    const lane = laneConfig(main, { gradient: 'RFG', scope: 'G' });
    const alone = resolveConfig({ ...main, gradient: 'RFG', scope: 'G' });
    expect(lane).toEqual(alone);
    const free = laneConfig({}, { gradient: 'RFG' });
    expect(free.batch).toEqual(resolveConfig({}).batch);
    expect(free.batch).not.toEqual(resolveConfig({ gradient: 'RFG' }).batch);
    const { fields } = changeBetween(resolveConfig({}), free);
    expect(fields.every((name) => COMPARABLE.includes(name))).toBe(true);
  });

  it('takes a pinned rate over to the same method only', () => {
    expect(laneConfig({ rate: 0.5 }, {}).rate).toBe(0.5);
    expect(laneConfig({ rate: 0.5, gradient: 'RFG' }, { K: 2 }).rate).toBe(0.5);
    expect(laneConfig({ rate: 0.5 }, { gradient: 'RFG' }).rate).toBe(resolveConfig({ gradient: 'RFG' }).rate);
    expect(laneConfig({ gradient: 'RFG', K: 3 }, { scope: 'G' }).K).toBe(3);
  });

  it('gives S-SWIM the start that it is made of, and no other method that of S-SWIM', () => {
    const forecast = { experiment: 'forecast' } as const;
    const init = (main: Pinned, difference: Pinned) => laneConfig({ ...forecast, ...main }, difference).init;
    const swim = { gradient: 'S-SWIM' } as const;
    expect(init({}, swim)).toBe('data');
    expect(init({ init: 'uniform' }, swim)).toBe('data');
    expect(init(swim, { gradient: 'RF' })).toBe('operator');
    expect(init({ ...swim, init: 'data' }, { gradient: 'RF' })).toBe('data');
    expect(init({ init: 'uniform' }, { gradient: 'RF' })).toBe('uniform');
  });

  it('gives lanes beside a fit, which has one step, the steps of their own methods', () => {
    const steps = (main: Pinned) => laneConfig(main, { gradient: 'BP' }).steps;
    expect(resolveConfig({ gradient: 'RF' }).steps).toBe(1);
    expect(steps({ gradient: 'RF' })).toBe(resolveConfig({}).steps);
    expect(steps({ gradient: 'RF', steps: 300 })).toBe(300);
    const forecast = { experiment: 'forecast' } as const;
    expect(steps({ ...forecast, gradient: 'S-SWIM' })).toBe(resolveConfig(forecast).steps);
  });

  it('refuses what would make the comparison unfair, by name', () => {
    expect(() => laneConfig({}, { steps: 10 })).toThrow(
      /lanes: “steps” is not allowed; allowed: fields in which/,
    );
    expect(() => laneConfig({}, { seed: 2 })).toThrow(/“seed”/);
    expect(() => laneConfig({ experiment: 'poisson' }, { init: 'data' })).toThrow(/init/);
  });
});

describe('the presets', () => {
  it('named after a figure or table stand in its experiment alone, with its methods in its order', () => {
    const named: Record<string, string[]> = {};
    for (const experiment of ['hat', 'poisson', 'reaction-diffusion'] as const)
      for (const { label, main, differences, show, truth } of comparisonPresets(
        resolveConfig({ experiment }),
      )) {
        if (!/Figure|Table/.test(label)) continue;
        const methods = [main, ...differences].map((d) => methodName({ ...resolveConfig(main), ...d }));
        named[`${label}, ${experiment}${show ? `, ${show}` : ''}${truth ? ', truth' : ''}`] = methods;
      }
    const three = ['SG-BP', 'SG-RFG-G', 'SG-RFG-L'];
    const six = [...three, ...three.map((name) => `W${name}`)];
    const local = ['SG-BP-LL', 'WSG-BP-LL', 'SG-RFG-L-LL', 'WSG-RFG-L-LL'];
    expect(named).toEqual({
      'Figure 5, hat, surfaces, truth': ['SG-RFG-G', 'SG-RFG-L', 'SG-BP'],
      'Figure 6, poisson': six,
      'Table 1, poisson': [...six, ...local],
      'Figure 7, reaction-diffusion, truth': three,
    });
  });

  it('have lanes that differ, with equal budget', () => {
    const counts = {
      hat: [2, 2, 2, 3, 6, 10],
      poisson: [2, 2, 2, 6, 3, 10],
      'reaction-diffusion': [2, 2, 2, 3, 6, 10],
    };
    for (const experiment of ['hat', 'poisson', 'reaction-diffusion'] as const) {
      const presets = comparisonPresets(resolveConfig({ experiment }));
      const found = presets.filter((p) => !p.beyond).map(({ differences }) => differences.length + 1);
      expect(found).toEqual(counts[experiment]);
      expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
      for (const { main, differences } of presets) {
        const pinned = { experiment, ...main };
        const configs = [resolveConfig(pinned), ...differences.map((d) => laneConfig(pinned, d))];
        for (const shared of ['steps', 'batch', 'seed'] as const)
          expect(new Set(configs.map((config) => JSON.stringify(config[shared]))).size).toBe(1);
        expect(new Set(configs.map((config) => JSON.stringify(config))).size).toBe(configs.length);
      }
    }
  });
});

it('lanes may differ in how a window is coded: samples, windows and targets are the same', () => {
  const lane = (difference: Pinned) => laneConfig({ experiment: 'forecast' }, difference);
  expect(lane({ coding: 'delta' })).toMatchObject({ T: 24, sampleSteps: 1 });
  expect(lane({ coding: 'rate' })).toMatchObject({ T: 96, sampleSteps: 4, longestDelay: 95 });
  expect(lane({ T: 12 })).toMatchObject({ T: 12, longestDelay: 11 });
  expect(() => laneConfig({ experiment: 'forecast', sampleSteps: 1 }, { coding: 'latency' })).toThrow(
    /sampleSteps/,
  );
});

it('the forecast offers its neurons side by side, and nothing else does', () => {
  const neurons = (experiment: ExperimentName) =>
    comparisonPresets(resolveConfig({ experiment })).find(({ id }) => id === 'neurons');
  const preset = neurons('forecast')!;
  const pinned = { experiment: 'forecast', ...preset.main } as const;
  const configs = [resolveConfig(pinned), ...preset.differences.map((d) => laneConfig(pinned, d))];
  expect(configs.map(({ neuron }) => neuron)).toEqual(['LIF', 'CuBa', 'SRM']);
  expect(preset.beyond).toBe(true);
  for (const config of configs)
    expect(changeBetween({ ...config, neuron: 'LIF' }, configs[0]).kind).toBe('none');
  for (const experiment of EXPERIMENT_NAMES.filter((name) => name !== 'forecast'))
    expect(neurons(experiment)).toBeUndefined();
});

describe('a link', () => {
  it('holds lanes that differ in what an experiment’s network is made of, not in its data', () => {
    const hash =
      '#experiment=forecast&neuron=LIF&lanes=neuron=CuBa:synapticDecay=0.7,neuron=SRM:longestDelay=9';
    const { pinned, comparison, faults } = parseHash(hash);
    expect(faults).toEqual([]);
    expect(comparison.lanes.map(({ difference }) => difference)).toEqual([
      { neuron: 'CuBa', synapticDecay: 0.7 },
      { neuron: 'SRM', longestDelay: 9 },
    ]);
    expect(formatHash(pinned, undefined, { comparison })).toBe(hash);
    expect(parseHash('#experiment=forecast&lanes=series=lorenz').faults).toEqual([
      expect.stringMatching(/^lanes: “series” is not allowed; allowed: fields in which .*neuron/),
    ]);
    expect(parseHash('#experiment=forecast&lanes=neuron=HH').faults).toEqual([
      expect.stringMatching(/^lanes, “neuron=HH”: neuron: “HH” is not allowed; allowed: LIF, CuBa, SRM/),
    ]);
  });

  it('holds the lanes and how they are looked at', () => {
    const hash = '#steps=99&lanes=gradient=RFG:scope=G,same,K=4&letters=CADB&axis=passes&lockstep=cost';
    const { pinned, comparison, faults } = parseHash(hash);
    expect(faults).toEqual([]);
    expect(comparison).toEqual({
      lanes: lanesOf([{ gradient: 'RFG', scope: 'G' }, {}, { K: 4 }]),
      axis: 'passes',
      lockstep: 'cost',
      blind: false,
      slots: { main: 2, lane2: 0, lane3: 3, lane4: 1 },
    });
    expect(formatHash(pinned, undefined, { comparison })).toBe(hash);
  });

  it('holds how answers are shown and whether the truth stands beside them; earlier links show maps alone', () => {
    const hash = '#lanes=scope=L&show=surfaces&truth=true';
    const { pinned, comparison, faults } = parseHash(hash);
    expect(faults).toEqual([]);
    expect(comparison).toMatchObject({ show: 'surfaces', truth: true });
    expect(formatHash(pinned, undefined, { comparison })).toBe(hash);
    const plain = parseHash('#lanes=scope=L').comparison;
    expect(plain.show ?? plain.truth).toBeUndefined();
    expect(parseHash('#lanes=scope=L&show=cubes').faults).toEqual([
      'show: “cubes” is not allowed; allowed: maps, surfaces',
    ]);
  });

  it('keeps the lane under the microscope, by its letter, while that is open', () => {
    const hash = '#lanes=scope=L,K=4&letters=CAD&specimen=A&inside=microscope';
    const { pinned, comparison, presentation, faults } = parseHash(hash);
    expect(faults).toEqual([]);
    expect(comparison.microscopeLane).toBe('lane2');
    expect(formatHash(pinned, undefined, { comparison, presentation })).toBe(hash);
    expect(formatHash(pinned, undefined, { comparison })).not.toContain('specimen');
    const [first] = parseHash('#lanes=scope=L&specimen=C').faults;
    expect(first).toMatch(/specimen.*C.*A, B/);
  });

  it('that is blind says no method, and says the same under its seal', () => {
    const plain =
      '#seed=3&gradient=RFG&scope=G&T=16&K=2&then=40:rate=0.001&lanes=scope=L:hidden=8-8,gradient=BP&letters=CAB&blind=true';
    const { pinned, planned, comparison, faults } = parseHash(plain);
    expect(faults).toEqual([]);
    const blind = formatHash(pinned, undefined, { comparison, changes: planned });
    expect(blind).toMatch(/^#T=16&seed=3&sealed=[\w-]+&blind=true$/);
    const { pinned: read, ...rest } = parseHash(blind);
    expect(rest).toMatchObject({ planned, comparison, faults: [] });
    expect(resolveConfig(read)).toEqual(resolveConfig(pinned));
    expect(formatHash(read, undefined, { comparison, changes: planned })).toBe(blind);
  });

  it('that is blind is checked as a plain one is', () => {
    const faulty = 'gradient=XX&lanes=scope=Q,gradient=RFG,seed=3';
    expect(parseHash(`#${seal([faulty])}&blind=true`)).toEqual(parseHash(`#${faulty}&blind=true`));
    for (const text of ['%%', 'a', 'gICA', ''])
      expect(parseHash(`#T=8&sealed=${text}`)).toMatchObject({
        pinned: { T: 8 },
        faults: [expect.stringMatching(/sealed: “.*” is not allowed; allowed: what the page writes/)],
      });
    expect(parseHash(`#${seal([seal(['K=2'])])}`).faults).toEqual([
      expect.stringContaining('“sealed” is not a setting'),
    ]);
  });

  it('names what cannot be used and keeps the rest', () => {
    const { comparison, faults } = parseHash(
      '#lanes=scope=Q,gradient=RFG,seed=3&axis=furlongs&blind=perhaps',
    );
    expect(comparison.lanes.map(({ difference }) => difference)).toEqual([{ gradient: 'RFG' }]);
    expect(comparison).toMatchObject({ axis: 'steps', blind: false });
    expect(faults).toHaveLength(4);
    expect(faults[0]).toMatch(/lanes, “scope=Q”: scope: “Q” is not allowed; allowed: G, L/);
    expect(parseHash(`#lanes=${Array(12).fill('same').join(',')}`).comparison.lanes).toHaveLength(9);
  });
});

it('names carry the fields that lanes were made to differ in', () => {
  expect(distinguishing(lanesOf([{ gradient: 'RFG' }, { K: 4 }, { scope: 'G', T: 8 }]))).toEqual(['K', 'T']);
});

it('a setting of the page changes the lanes that do nothing of their own in it', () => {
  const lanes = lanesOf([{ gradient: 'RFG' }, { K: 4 }, { T: 8 }]);
  expect(lanesFollowing('gradient', {}, lanes)).toEqual(['main', 'lane3', 'lane4']);
  expect(lanesFollowing('T', {}, lanes)).toEqual(['main', 'lane2', 'lane3']);
  // What a method brings with it stays with the lanes by the same method.
  expect(lanesFollowing('rate', {}, lanes)).toEqual(['main', 'lane3', 'lane4']);
  expect(lanesFollowing('batch', {}, lanes)).toEqual(['main', 'lane2', 'lane3', 'lane4']);
});

import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../experiments/table.ts';
import { forecastData, forecastProblem, persistenceOf, SAMPLES } from '../problems/forecast.ts';
import { whole } from '../problems/parts.ts';
import { generateNow, relativeErrors } from '../problems/problem.ts';
import { packSeries } from '../problems/series/own-series.ts';
import { nameOfTable } from '../problems/table.ts';
import { isHeld, rowWidth } from '../snn/network.ts';
import { baselineOutput } from './baselines.ts';
import { FIELDS, type Pinned, usedByExperiment } from './config.ts';
import { minimalPins, resolveConfig } from './presets.ts';
import { problemParams, specsOf } from './specs.ts';

const config = resolveConfig({ experiment: 'forecast', T: 12, horizon: 5 });
const params = { ...problemParams(config), T: 12 };

describe('the data of a forecast', () => {
  const data = forecastProblem(params);
  const { series, windows } = forecastData(params);

  it('are windows of the series, and what follows them, in the training part’s deviations', () => {
    expect(series).toHaveLength(SAMPLES);
    const [rows, horizons] = data.test.factors;
    expect([rows.width, horizons.rows, horizons.width]).toEqual([12, 5, 1]);
    const end = windows.test.ends[7];
    const own = (value: number) => value * data.unit + (data.offset ?? 0);
    for (let t = 0; t < 12; t++) expect(own(rows.inputs[7 * 12 + t])).toBeCloseTo(series[end - 11 + t], 5);
    for (let h = 0; h < 5; h++) expect(own(data.test.target[7 * 5 + h])).toBeCloseTo(series[end + 1 + h], 5);
  });

  it('have no sample of the test part in the part that is learned from', () => {
    const { train, test, cut } = windows;
    expect(train.ends[train.ends.length - 1] + 5).toBeLessThan(cut);
    expect(test.ends[0] - 11).toBeGreaterThanOrEqual(cut);
  });

  it('have coarse windows that are test windows, equally spaced', () => {
    const stride = Math.ceil(data.test.factors[0].rows / data.coarse.factors[0].rows);
    expect(data.coarse.target.subarray(5, 10)).toEqual(data.test.target.subarray(5 * stride, 5 * stride + 5));
  });

  it('are what the record of the experiment makes, for a network that reads one sample a time step', async () => {
    const experiment = EXPERIMENTS.forecast;
    await experiment.load?.(params);
    expect(generateNow(experiment, params)).toEqual(data);
    const { network } = specsOf(config);
    expect(rowWidth(network, 0)).toBe(data.train.factors[0].width);
    expect(data.test.factors[0].inputs).toEqual(windows.test.windows);
    expect([isHeld(network, 0), isHeld(network, 1)]).toEqual([false, true]);
    expect(experiment.nothingLearned(data)).toEqual(persistenceOf(data.test));
  });

  it('measure one error over all windows at once', () => {
    const errors = relativeErrors(persistenceOf(data.test), data.test);
    expect(errors).toHaveLength(1);
    let [error, norm] = [0, 0];
    data.test.target.forEach((u, n) => {
      error += (persistenceOf(data.test)[n] - u) ** 2;
      norm += u ** 2;
    });
    expect(errors[0]).toBeCloseTo(Math.sqrt(error / norm), 12);
  });

  it('refuse windows and horizons that do not fit', () => {
    expect(() => forecastProblem({ ...params, T: 1200 })).toThrow(/allowed/);
  });
});

describe('a code of the windows', () => {
  const CODED = [
    ['direct', 1],
    ['rate', 1],
    ['latency', 1],
    ['delta', 2],
  ] as const;
  const codedAs = (coding: (typeof CODED)[number][0], pinned: Pinned = {}) => {
    const config = resolveConfig({ experiment: 'forecast', horizon: 5, coding, sampleSteps: 4, ...pinned });
    return { config, data: forecastProblem({ ...problemParams(config), T: config.T }) };
  };
  const plain = codedAs('direct', { sampleSteps: 1 }).data;

  it.each(CODED)('%s: the same windows, horizons and targets, on 4 steps a sample', (coding, width) => {
    const { config, data } = codedAs(coding);
    expect(config.T).toBe(96);
    for (const part of ['train', 'test', 'coarse'] as const) {
      expect(data[part].target).toEqual(plain[part].target);
      const [{ inputs, rows, width: all }] = data[part].factors;
      expect([inputs.length, all]).toEqual([rows * 96 * width, 96 * width]);
      expect(all).toBe(rowWidth(specsOf(config).network, 0));
      if (coding !== 'direct') expect(inputs.every((x) => x === 0 || x === 1)).toBe(true);
      expect(new Set(inputs).size).toBeGreaterThan(1);
    }
    expect(data.uncoded?.test.factors[0].inputs).toEqual(plain.test.factors[0].inputs);
  });

  it('direct holds each sample; the earlier of two latencies is the larger sample', () => {
    const held = codedAs('direct').data.test.factors[0].inputs;
    const late = codedAs('latency').data.test.factors[0].inputs;
    const samples = plain.test.factors[0].inputs;
    const from = Math.min(...plain.train.factors[0].inputs);
    const to = Math.max(...plain.train.factors[0].inputs);
    for (let n = 0; n < 24 * 40; n++) {
      for (let k = 0; k < 4; k++) expect(held[4 * n + k]).toBe(samples[n]);
      const times = [0, 1, 2, 3].filter((k) => late[4 * n + k] === 1);
      const share = Math.min(1, Math.max(0, (samples[n] - from) / (to - from)));
      expect(times).toEqual([Math.round((1 - share) * 3)]);
    }
  });

  it('is nothing to what needs no network: persistence and linear autoregression read the samples', async () => {
    for (const [coding] of CODED) {
      const { config, data } = codedAs(coding);
      await EXPERIMENTS.forecast.load?.(problemParams(config));
      for (const name of ['nothing-learned', 'autoregression', 'least-squares'] as const)
        expect(whole(baselineOutput(name, config, data))).toEqual(whole(baselineOutput(name, config, plain)));
    }
  });

  it('makes steps a sample, T and the longest delay follow, so that windows keep 24 samples', () => {
    const of = (pinned: Pinned) => {
      const { sampleSteps, T, longestDelay } = resolveConfig({ experiment: 'forecast', ...pinned });
      return [sampleSteps, T, longestDelay];
    };
    expect(of({})).toEqual([1, 24, 23]);
    expect(of({ coding: 'delta' })).toEqual([1, 24, 23]);
    expect(of({ coding: 'latency' })).toEqual([4, 96, 95]);
    expect(of({ coding: 'rate', sampleSteps: 10 })).toEqual([10, 240, 239]);
    expect(of({ coding: 'rate', sampleSteps: 32 })).toEqual([32, 256, 255]);
    expect(of({ coding: 'rate', T: 30 })).toEqual([3, 30, 29]);
    expect(of({ T: 12 })).toEqual([1, 12, 11]);
    for (const pinned of [
      { coding: 'rate', sampleSteps: 1 },
      { T: 48, longestDelay: 23 },
    ] as Pinned[]) {
      const config = resolveConfig({ experiment: 'forecast', ...pinned });
      expect(minimalPins(config)).toEqual({ experiment: 'forecast', ...pinned });
      expect(resolveConfig(minimalPins(config))).toEqual(config);
    }
  });

  it('takes a longest delay of T - 1 for the whole window, whatever T is, as its help says', () => {
    const delay = (pinned: Pinned) => resolveConfig({ ...pinned, T: 48 }).longestDelay;
    expect(delay(minimalPins({ experiment: 'forecast', T: 24, longestDelay: 23 }))).toBe(47);
    expect(delay(minimalPins({ experiment: 'forecast', T: 24, longestDelay: 22 }))).toBe(22);
    expect(FIELDS.longestDelay.help).toContain('T - 1, the whole window, stays that when T is changed');
  });

  it('refuses what does not fit, by name', () => {
    const fault = (pinned: Pinned) => () => resolveConfig({ experiment: 'forecast', ...pinned });
    expect(fault({ T: 25, sampleSteps: 2 })).toThrow(
      'T: “25” is not allowed; allowed: a multiple of the steps a sample, 2',
    );
    expect(fault({ coding: 'latency', sampleSteps: 1 })).toThrow(
      /^sampleSteps: “1” is not allowed; allowed: at least 2/,
    );
    expect(fault({ T: 12, longestDelay: 12 })).toThrow(
      'longestDelay: “12” is not allowed; allowed: less than the 12',
    );
    expect(fault({ T: 12, longestDelay: 12, neuron: 'LIF' })).not.toThrow();
    expect(resolveConfig({ T: 25, sampleSteps: 2 }).T).toBe(25);
  });
});

describe('windows that are read at any of their samples', () => {
  const each = (pinned: Pinned = {}) => {
    const own = resolveConfig({ experiment: 'forecast', horizon: 5, readTime: 'each', ...pinned });
    return {
      own,
      data: forecastProblem({ ...problemParams(own), T: own.T }),
      made: { ...problemParams(own), T: own.T },
    };
  };

  it.each([1, 4])(
    'are read at the end of one, with what came after it as targets: %i steps a sample',
    (sampleSteps) => {
      const { data, made } = each({ sampleSteps });
      const { series, windows } = forecastData(made);
      const [{ readAt, rows, inputs, width }] = data.train.factors;
      expect(readAt).toHaveLength(rows);
      expect(new Set(readAt)).toEqual(
        new Set(Array.from({ length: 24 }, (_, k) => (k + 1) * sampleSteps - 1)),
      );
      for (const row of [0, 7, rows - 1]) {
        const step = readAt![row];
        const last = windows.train.ends[row] - 23 + (step + 1) / sampleSteps - 1;
        const own = (value: number) => value * data.unit + (data.offset ?? 0);
        expect(own(inputs[row * width + step])).toBeCloseTo(series[last], 5);
        for (let h = 0; h < 5; h++)
          expect(own(data.train.target[row * 5 + h])).toBeCloseTo(series[last + 1 + h], 5);
      }
    },
  );

  it('are evaluated at their ends, as baselines see them', async () => {
    const { own, data } = each();
    const atEnd = each({ readTime: 'end' });
    expect(data.test).toEqual(atEnd.data.test);
    expect(data.coarse).toEqual(atEnd.data.coarse);
    expect(data.uncoded).toEqual({ train: atEnd.data.train, test: atEnd.data.test });
    await EXPERIMENTS.forecast.load?.(problemParams(own));
    for (const name of ['nothing-learned', 'autoregression', 'least-squares'] as const)
      expect(whole(baselineOutput(name, own, data))).toEqual(
        whole(baselineOutput(name, atEnd.own, atEnd.data)),
      );
  });

  it('need a filter: of mean rates it is one that forgets nothing', () => {
    const decays = (pinned: Pinned) =>
      specsOf(each(pinned).own).network.factors.map(({ readDecay }) => readDecay);
    expect(decays({})).toEqual([0.9, undefined]);
    expect(decays({ readDecay: 1 })).toEqual([1, undefined]);
    expect(decays({ readDecay: 1, readTime: 'end' })).toEqual([undefined, undefined]);
  });
});

describe('a series of the reader’s', () => {
  const values = Float64Array.from({ length: 400 }, (_, i) => 120 + 80 * Math.sin(i / 9));
  const text = (length = values.length) =>
    packSeries({
      name: 'tides.csv',
      time: 'hour',
      measured: 'height',
      begin: 3.5,
      interval: 0.25,
      values: values.subarray(0, length),
    });
  const own = (data: string, pinned: Pinned = {}) => {
    const config = resolveConfig({ experiment: 'forecast', series: 'own', data, ...pinned });
    return { config, params: { ...problemParams(config), T: config.T } };
  };

  it('is forecast as a system’s is, in its own unit', () => {
    const data = forecastProblem(own(text()).params);
    const { windows } = forecastData(own(text()).params);
    const [rows] = data.test.factors;
    expect(rows.rows).toBe(120 - 24 - 34 + 1);
    const end = windows.test.ends[0];
    for (let t = 0; t < 24; t++)
      expect(rows.inputs[t] * data.unit + (data.offset ?? 0)).toBeCloseTo(values[end - 23 + t], 3);
  });

  it('is missing where none was opened, or a link only names it; what cannot be forecast says why', () => {
    const missing = (data: string, pinned?: Pinned) =>
      EXPERIMENTS.forecast.isDataMissing?.(own(data, pinned).config);
    expect([missing(text()), missing(''), missing(nameOfTable(text()))]).toEqual([false, true, true]);
    expect(missing('', { series: 'lorenz' })).toBe(false);
    expect(() => forecastProblem(own('').params)).toThrow(/^data: .*open a file that has one/);
    expect(() => forecastProblem(own(nameOfTable(text())).params)).toThrow(/tides\.csv.*open that file/);
    expect(() => forecastProblem(own(text(100)).params)).toThrow(
      /^series: 100 samples are not allowed, 70 to learn from and 30 for the test; allowed: at least 58 of either/,
    );
    expect(forecastProblem(own(text(100), { horizon: 5 }).params).test.factors[0].rows).toBe(2);
  });

  it('is the setting “data” of the forecast too, where its series is the reader’s', () => {
    const used = (pinned: Pinned) => usedByExperiment('data', resolveConfig(pinned));
    expect(used({ experiment: 'own-data' })).toBe(true);
    expect(used({ experiment: 'forecast', series: 'own' })).toBe(true);
    expect(used({ experiment: 'forecast' })).toBe(false);
    expect(used({})).toBe(false);
    expect(used({ experiment: 'poisson' })).toBe(false);
  });
});

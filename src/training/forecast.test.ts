import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../experiments/table.ts';
import { forecastData, forecastProblem, persistenceOf, SAMPLES } from '../problems/forecast.ts';
import { generateNow, relativeErrors } from '../problems/problem.ts';
import { isHeld, rowWidth } from '../snn/network.ts';
import { resolveConfig } from './presets.ts';
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

import { expect, it } from 'vitest';
import { packSeries } from '../../problems/series/own-series.ts';
import type { Pinned } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { forecastsOf } from './forecast-of.ts';
import { seriesPlot } from './series-plot.ts';

const values = Float64Array.from({ length: 200 }, (_, i) => Math.sin(i / 5));
const plotOf = (pinned: Pinned) => {
  const forecasts = forecastsOf(resolveConfig({ experiment: 'forecast', T: 6, horizon: 3, ...pinned }))!;
  return { forecasts, plot: seriesPlot(forecasts, {}, 0) };
};
const own = (time: string, begin: number, interval: number) =>
  plotOf({
    series: 'own',
    data: packSeries({ name: 'tides.csv', time, measured: 'height', begin, interval, values }),
  });

it('is drawn over the time of the reader’s file, in its unit; over samples where it has none', () => {
  const timed = own('hour', 40, 0.25);
  expect(timed.plot).toMatchObject({ from: -1.25, to: 0.75, xLabel: 'hour from now', cursor: 0 });
  const { x, y } = timed.plot.lines.find(({ name }) => name === 'series')!;
  expect(Array.from(x)).toEqual([-1.25, -1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75]);
  const [end] = timed.forecasts.windows.test.ends;
  expect(Array.from(y)).toEqual(Array.from(timed.forecasts.series.subarray(end - 5, end + 4)));

  for (const { plot, forecasts } of [own('sample', 0, 1), plotOf({})]) {
    expect(plot).toMatchObject({ from: -5, to: 3, xLabel: 'samples from now' });
    expect(forecasts.clock.interval).toBe(1);
  }
});

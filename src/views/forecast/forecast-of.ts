import { EXPERIMENTS } from '../../experiments/table.ts';
import { codedWindows, type ForecastData, forecastData } from '../../problems/forecast.ts';
import {
  type HorizonError,
  horizonErrors,
  linearAutoregression,
  persistence,
} from '../../problems/forecast-baselines.ts';
import { whole } from '../../problems/parts.ts';
import { TableError } from '../../problems/samples.ts';
import { NO_TIME, unpackSeries } from '../../problems/series/own-series.ts';
import type { LaneState } from '../../state/lane-store.ts';
import type { Config } from '../../training/config.ts';
import { problemParams } from '../../training/specs.ts';

/** A series, its windows and the forecasts that need no network: what the worker has, made here once more to be drawn. */
export interface Forecasts extends ForecastData {
  /** Forecasts of the test windows, [window][horizon]. */
  readonly persistence: Float64Array;
  readonly autoregression: Float64Array;
  /** The test windows as the network is fed them, [window][t][channel]. */
  readonly coded: Float32Array;
  readonly clock: Clock;
}

/** What an axis of time counts: samples, or what the time column of the reader's file does. */
export interface Clock {
  /** Of one sample. */
  readonly interval: number;
  readonly unit: string;
}

const SAMPLES: Clock = { interval: 1, unit: 'samples' };

function clockOf({ series, data }: Config): Clock {
  if (series !== 'own') return SAMPLES;
  const { interval, time } = unpackSeries(data);
  return time === NO_TIME ? SAMPLES : { interval, unit: time };
}

/** A test window as the network is fed it. */
export function rowOf({ coded, windows }: Forecasts, index: number): Float32Array {
  const width = coded.length / windows.test.ends.length;
  return coded.subarray(index * width, (index + 1) * width);
}

/** Of the latest data: lanes may differ in their windows. */
const MOST = 10;
const known = new Map<string, Forecasts | undefined>();
const ofConfig = new WeakMap<Config, { readonly forecasts: Forecasts | undefined }>();

/** The series of a configuration; undefined for another experiment's, and where none can be forecast: the worker says why. */
export function forecastsOf(config: Config): Forecasts | undefined {
  let found = ofConfig.get(config);
  if (!found) {
    found = { forecasts: ofData(config) };
    ofConfig.set(config, found);
  }
  return found.forecasts;
}

function ofData(config: Config): Forecasts | undefined {
  const key = JSON.stringify([config.experiment, problemParams(config)]);
  if (!known.has(key)) {
    known.set(key, made(config));
    for (const oldest of known.keys()) if (known.size > MOST) known.delete(oldest);
  }
  return known.get(key);
}

function made(config: Config): Forecasts | undefined {
  if (EXPERIMENTS[config.experiment].shape !== 'series') return undefined;
  let data: ForecastData;
  try {
    data = forecastData({ ...problemParams(config), T: config.T });
  } catch (error) {
    if (error instanceof RangeError || error instanceof TableError) return undefined;
    throw error;
  }
  return {
    ...data,
    persistence: persistence(data.windows),
    autoregression: whole(linearAutoregression(data.windows)),
    coded: codedWindows(data, data.windows.test),
    clock: clockOf(config),
  };
}

/** Errors by horizon of the network and of what needs none, on the windows on which the network was evaluated. */
export interface ErrorsByHorizon {
  readonly network: readonly HorizonError[];
  readonly persistence: readonly HorizonError[];
  readonly autoregression: readonly HorizonError[];
}

/** Undefined while what was evaluated last is of other data. */
export function errorsByHorizon(
  { windows, persistence, autoregression }: Forecasts,
  { prediction, data }: Pick<LaneState, 'prediction' | 'data'>,
): ErrorsByHorizon | undefined {
  const { horizons, mean, deviation, test } = windows;
  if (!prediction || !data) return undefined;
  const target = prediction.grid === 'coarse' ? data.coarse.target : data.test.target;
  if (prediction.values.length !== target.length || target.length % horizons.length !== 0) return undefined;
  const all = test.ends.length;
  const stride = Math.ceil(all / (target.length / horizons.length));
  const chosen = (values: ArrayLike<number>) =>
    Float64Array.from(
      target,
      (_, n) => values[Math.floor(n / horizons.length) * stride * horizons.length + (n % horizons.length)],
    );
  const of = (values: ArrayLike<number>) => horizonErrors(values, target, horizons);
  return {
    network: of(Float64Array.from(prediction.values, (value) => (value - mean) / deviation)),
    persistence: of(chosen(persistence)),
    autoregression: of(chosen(autoregression)),
  };
}

/** One test window as it is drawn, over the time from its last sample on; NaN where a curve is not. */
export interface Moment {
  readonly time: Float64Array;
  readonly series: Float64Array;
  readonly autoregression: Float64Array;
  /** The same for the network's answer. */
  readonly placed: (answer: ArrayLike<number>) => Float64Array;
}

/** What came before and after the end of test window `index`, in the series' own unit. */
export function momentOf(
  { series, windows, autoregression, clock }: Forecasts,
  index: number,
  history: number,
): Moment {
  const { horizons, mean, deviation, test } = windows;
  const most = horizons[horizons.length - 1];
  const end = test.ends[index];
  const sample = Float64Array.from({ length: history + most }, (_, i) => i - history + 1);
  const placed = (values: ArrayLike<number>) => {
    const out = new Float64Array(sample.length).fill(Number.NaN);
    out[history - 1] = series[end];
    horizons.forEach((horizon, h) => {
      out[history - 1 + horizon] = values[h];
    });
    return out;
  };
  const from = index * horizons.length;
  return {
    time: sample.map((t) => t * clock.interval),
    series: sample.map((t) => series[end + t]),
    autoregression: placed(
      Float64Array.from(horizons, (_, h) => mean + deviation * autoregression[from + h]),
    ),
    placed,
  };
}

/** Number of a test window that the network is fed as `row`; looked for from `near` down and around. */
export function windowIndex(forecasts: Forecasts, row: readonly number[], near: number): number | undefined {
  const count = forecasts.windows.test.ends.length;
  if (row.length * count !== forecasts.coded.length) return undefined;
  for (let n = 0; n < count; n++) {
    const index = (near - n + count) % count;
    const own = rowOf(forecasts, index);
    if (row.every((value, i) => value === own[i])) return index;
  }
  return undefined;
}

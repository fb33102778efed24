import type { Dataset, FactorData } from '../snn/network.ts';
import type { ProblemData, ProblemParams } from './problem.ts';
import { type SeriesName, sampleSeries } from './series/series.ts';
import { cutWindows, horizonInputs, type WindowSet, type Windows } from './windows.ts';

/** What a forecast's data depend on beside the data seed. */
export interface ForecastParams {
  readonly series: SeriesName;
  /** Samples of a window: one a time step. */
  readonly T: number;
  /** The longest horizon, in samples. */
  readonly horizon: number;
}

/** Samples of a series, the share of them that is not learned from, and the most windows of each part. */
export const SAMPLES = 4000;
const TEST_SHARE = 0.3;
const TRAIN_WINDOWS = 2000;
const TEST_WINDOWS = 500;
const COARSE_WINDOWS = 50;

/** A series and its windows; horizons are 1 … the longest. */
export interface ForecastData {
  readonly series: Float64Array;
  readonly windows: Windows;
}

/** Throws RangeError where the windows and horizons do not fit into the series. */
export function forecastData({ dataSeed, series, T, horizon }: ProblemParams & ForecastParams): ForecastData {
  const values = sampleSeries(series, dataSeed, SAMPLES);
  const windows = cutWindows(values, {
    history: T,
    horizons: Array.from({ length: horizon }, (_, i) => i + 1),
    testShare: TEST_SHARE,
    trainWindows: TRAIN_WINDOWS,
    testWindows: TEST_WINDOWS,
  });
  return { series: values, windows };
}

/** Windows as sequences of one number a time step × horizons; targets are what came, all in the training part's deviations. */
export function forecastProblem(params: ProblemParams & ForecastParams): ProblemData {
  const { windows } = forecastData(params);
  const { train, test, horizons, mean, deviation } = windows;
  const trunk = horizonInputs(horizons);
  const stated = datasetOf(test, trunk, 1);
  const stride = Math.ceil(stated.factors[0].rows / COARSE_WINDOWS);
  return {
    train: datasetOf(train, trunk, 1),
    test: stated,
    coarse: datasetOf(test, trunk, stride),
    unit: deviation,
    offset: mean,
  };
}

/** Every `stride`-th window of a set. */
function datasetOf(set: WindowSet, trunk: FactorData, stride: number): Dataset {
  const { history } = set;
  const rows = Math.ceil(set.ends.length / stride);
  const pick = (values: Float32Array, width: number) =>
    Float32Array.from(
      { length: rows * width },
      (_, n) => values[Math.floor(n / width) * stride * width + (n % width)],
    );
  return {
    factors: [
      { rows, width: history, inputs: pick(set.windows, history), scale: new Float32Array(rows).fill(1) },
      trunk,
    ],
    target: pick(set.targets, trunk.rows),
    pooled: true,
  };
}

/** Each window's last sample, for all horizons: the forecast that nothing changes. */
export function persistenceOf({ factors: [windows, horizons] }: Dataset): Float64Array {
  const { rows, width, inputs } = windows;
  return Float64Array.from(
    { length: rows * horizons.rows },
    (_, n) => inputs[(Math.floor(n / horizons.rows) + 1) * width - 1],
  );
}

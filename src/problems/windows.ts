import type { FactorData } from '../snn/network.ts';
import { wholeNumber } from './whole-number.ts';

/** How a series is cut into what is known and what is asked. */
export interface WindowParams {
  /** Samples H of a window. */
  readonly history: number;
  /** How many samples after a window's last one a forecast is for, increasing. */
  readonly horizons: readonly number[];
  /** Share of the series, its end, that is not learned from. */
  readonly testShare: number;
  /** Most windows of each part. */
  readonly trainWindows: number;
  readonly testWindows: number;
}

/** Windows of one part of a series and what follows them, in the training part's deviations from its mean. */
export interface WindowSet {
  readonly history: number;
  /** Index in the series of each window's last sample, increasing. */
  readonly ends: Int32Array;
  /** [window][sample], the earliest sample first. */
  readonly windows: Float32Array;
  /** [window][horizon]. */
  readonly targets: Float32Array;
}

/** A series cut into windows; a value in its own unit is mean + deviation · value. */
export interface Windows {
  /** Of the training part. */
  readonly mean: number;
  readonly deviation: number;
  /** Index of the first sample of the test part. */
  readonly cut: number;
  readonly horizons: readonly number[];
  readonly train: WindowSet;
  readonly test: WindowSet;
}

/**
 * Cuts a series in time: windows and targets to learn from lie before the cut, those of the test after it. The two have no sample in
 * common: from the end of the last window that is learned from to that of the first that is tested it is the longest horizon and a
 * window. Mean and deviation are those of the part before the cut. Of more windows than are asked for, equally spaced ones are taken.
 * @throws RangeError naming what is not allowed
 */
export function cutWindows(series: ArrayLike<number>, params: WindowParams): Windows {
  const { history, horizons, testShare } = params;
  wholeNumber('history', history);
  wholeNumber('trainWindows', params.trainWindows);
  wholeNumber('testWindows', params.testWindows);
  if (horizons.length === 0 || horizons.some((h, i) => !(Number.isInteger(h) && h > (horizons[i - 1] ?? 0))))
    throw new RangeError(
      `horizons: ${horizons.slice(0, 8).join(', ') || 'none'} is not allowed; allowed: whole numbers from 1, increasing`,
    );
  if (!(testShare > 0 && testShare < 1))
    throw new RangeError(`testShare: ${testShare} is not allowed; allowed: above 0, below 1`);
  const cut = Math.round((1 - testShare) * series.length);
  const longest = horizons[horizons.length - 1];
  const least = history + longest;
  if (Math.min(cut, series.length - cut) < least)
    throw new RangeError(
      `series: ${series.length} samples are not allowed, ${cut} to learn from and ${series.length - cut} for the test; allowed: at least ${least} of either, a window of ${history} and the longest horizon, ${longest}`,
    );
  for (let i = 0; i < series.length; i++)
    if (!Number.isFinite(series[i]))
      throw new RangeError(`series: ${series[i]} at sample ${i + 1} is not allowed; allowed: finite numbers`);

  let mean = 0;
  for (let i = 0; i < cut; i++) mean += series[i] / cut;
  let variance = 0;
  for (let i = 0; i < cut; i++) variance += (series[i] - mean) ** 2 / cut;
  const deviation = Math.sqrt(variance);
  if (!(deviation > 1e-12 * Math.abs(mean) && Number.isFinite(deviation)))
    throw new RangeError(
      `series: ${series[0]} in all ${cut} samples to learn from is not allowed; allowed: samples that differ`,
    );
  const normalised = Float64Array.from({ length: series.length }, (_, i) => (series[i] - mean) / deviation);
  const part = (from: number, to: number, most: number): WindowSet => {
    const available = to - from - least + 1;
    const count = Math.min(available, most);
    const ends = Int32Array.from(
      { length: count },
      (_, n) => from + history - 1 + Math.floor((n * available) / count),
    );
    return windowsAt(normalised, ends, history, horizons);
  };
  return {
    mean,
    deviation,
    cut,
    horizons,
    train: part(0, cut, params.trainWindows),
    test: part(cut, series.length, params.testWindows),
  };
}

function windowsAt(
  values: Float64Array,
  ends: Int32Array,
  history: number,
  horizons: readonly number[],
): WindowSet {
  const windows = new Float32Array(ends.length * history);
  const targets = new Float32Array(ends.length * horizons.length);
  ends.forEach((end, n) => {
    windows.set(values.subarray(end - history + 1, end + 1), n * history);
    horizons.forEach((horizon, h) => {
      targets[n * horizons.length + h] = values[end + horizon];
    });
  });
  return { history, ends, windows, targets };
}

/** What a trunk is fed: the horizons on [-1, 1], the nearest at -1 and the furthest at 1; a single one at 0. */
export function horizonInputs(horizons: readonly number[]): FactorData {
  const [first, last] = [horizons[0], horizons[horizons.length - 1]];
  const rows = horizons.length;
  const inputs = Float32Array.from(horizons, (h) => (rows > 1 ? (2 * (h - first)) / (last - first) - 1 : 0));
  return { rows, width: 1, inputs, scale: new Float32Array(rows).fill(1) };
}

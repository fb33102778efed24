import type { Dataset, FactorData } from '../snn/network.ts';
import { RandomSequence, Stream } from '../snn/random.ts';
import { type CodedRange, type Coding, codeWindows, delta, direct, latency, rate } from './codings.ts';
import type { ProblemData, ProblemParams } from './problem.ts';
import { unpackSeries } from './series/own-series.ts';
import { SeriesPart } from './series/part.ts';
import { type SeriesName, sampleSeries } from './series/series.ts';
import { cutWindows, horizonInputs, type WindowSet, type Windows } from './windows.ts';

/** What a forecast's data depend on beside the data seed. */
export interface ForecastParams {
  readonly series: SeriesName | 'own';
  /** The reader's series as text (`packSeries`), where that is forecast. */
  readonly data: string;
  /** Time steps: `sampleSteps` for each sample of a window. */
  readonly T: number;
  readonly sampleSteps: number;
  /** What stands for a sample during its time steps. */
  readonly coding: 'direct' | 'rate' | 'latency' | 'delta';
  /** Whether windows that are learned from are read at their ends, or each at one of its samples. */
  readonly readTime: 'end' | 'each';
  /** The longest horizon, in samples. */
  readonly horizon: number;
}

/** Samples of a system's series, the share of them that is not learned from, and the most windows of each part. */
export const SAMPLES = 4000;
const TEST_SHARE = 0.3;
const TRAIN_WINDOWS = 2000;
const TEST_WINDOWS = 500;
const COARSE_WINDOWS = 50;
/** A change that delta coding tells of, in the training part's deviations; docs/equations.md says what others come to. */
export const TOLD_CHANGE = 0.2;

/** A series, its windows, and how the network is fed them; horizons are 1 … the longest. */
export interface ForecastData {
  readonly series: Float64Array;
  readonly windows: Windows;
  readonly coding: Coding;
}

/** @throws RangeError where the windows and horizons do not fit into the series; TableError of one that is the reader's */
export function forecastData(params: ProblemParams & ForecastParams): ForecastData {
  const { dataSeed, series, data, T, sampleSteps, horizon } = params;
  const values = series === 'own' ? unpackSeries(data).values : sampleSeries(series, dataSeed, SAMPLES);
  const windows = cutWindows(values, {
    history: T / sampleSteps,
    horizons: Array.from({ length: horizon }, (_, i) => i + 1),
    testShare: TEST_SHARE,
    trainWindows: TRAIN_WINDOWS,
    testWindows: TEST_WINDOWS,
  });
  return { series: values, windows, coding: codingOf(params, windows.train) };
}

/** @param train the windows that are learned from: their least and greatest sample are the ends of the range of rates and latencies */
function codingOf(
  { coding, sampleSteps, dataSeed }: ProblemParams & ForecastParams,
  train: WindowSet,
): Coding {
  const arrangement = { history: train.history, side: 1, steps: sampleSteps };
  switch (coding) {
    case 'direct':
      return direct(arrangement);
    case 'rate':
      return rate(arrangement, rangeOf(train.windows), dataSeed);
    case 'latency':
      return latency(arrangement, rangeOf(train.windows));
    case 'delta':
      return delta(arrangement, TOLD_CHANGE);
  }
}

function rangeOf(values: Float32Array): CodedRange {
  let [from, to] = [values[0], values[0]];
  for (const value of values) {
    if (value < from) from = value;
    if (value > to) to = value;
  }
  return { from, to };
}

/** Inputs of a set's windows over time: [window][t][channel]. */
export const codedWindows = (
  { coding }: Pick<ForecastData, 'coding'>,
  { windows, ends }: WindowSet,
): Float32Array => codeWindows(coding, windows, ends);

/** Windows as sequences × horizons; targets are what came, all in the training part's deviations. */
export function forecastProblem(params: ProblemParams & ForecastParams): ProblemData {
  const { series, windows, coding } = forecastData(params);
  const { train, test, horizons, mean, deviation } = windows;
  const trunk = horizonInputs(horizons);
  const coded = (set: WindowSet): Fed => ({
    set,
    inputs: codedWindows({ coding }, set),
    width: coding.T * coding.width,
  });
  const raw = (set: WindowSet): Fed => ({ set, inputs: set.windows, width: set.history });
  const isPlain = params.coding === 'direct' && params.sampleSteps === 1 && params.readTime === 'end';
  const fedTest = coded(test);
  const stride = Math.ceil(test.ends.length / COARSE_WINDOWS);
  return {
    train:
      params.readTime === 'end'
        ? datasetOf(coded(train), trunk, 1)
        : readAnywhen(params, series, windows, coded(train), trunk),
    test: datasetOf(fedTest, trunk, 1),
    coarse: datasetOf(fedTest, trunk, stride),
    ...(!isPlain && {
      uncoded: { train: datasetOf(raw(train), trunk, 1), test: datasetOf(raw(test), trunk, 1) },
    }),
    unit: deviation,
    offset: mean,
  };
}

/** Windows, and what stands for them as inputs: `width` numbers each. */
interface Fed {
  readonly set: WindowSet;
  readonly inputs: Float32Array;
  readonly width: number;
}

/** Every `stride`-th window of a set. */
function datasetOf({ set, inputs, width }: Fed, trunk: FactorData, stride: number): Dataset {
  const rows = Math.ceil(set.ends.length / stride);
  const pick = (values: Float32Array, each: number) =>
    stride === 1
      ? values
      : Float32Array.from(
          { length: rows * each },
          (_, n) => values[Math.floor(n / each) * stride * each + (n % each)],
        );
  return {
    factors: [{ rows, width, inputs: pick(inputs, width), scale: new Float32Array(rows).fill(1) }, trunk],
    target: pick(set.targets, trunk.rows),
    pooled: true,
  };
}

/**
 * Windows that are read each at the last time step of one of their samples, drawn from the seed; targets are what came after that sample.
 */
function readAnywhen(
  { dataSeed, sampleSteps }: ProblemParams & ForecastParams,
  series: Float64Array,
  { horizons, mean, deviation }: Windows,
  fed: Fed,
  trunk: FactorData,
): Dataset {
  const { ends, history } = fed.set;
  const random = new RandomSequence(dataSeed, Stream.data, 0, SeriesPart.readTimes);
  const samples = Array.from(ends, () => random.below(history));
  const target = Float32Array.from({ length: ends.length * horizons.length }, (_, n) => {
    const window = Math.floor(n / horizons.length);
    const last = ends[window] - (history - 1) + samples[window];
    return (series[last + horizons[n % horizons.length]] - mean) / deviation;
  });
  const {
    factors: [windows],
    pooled,
  } = datasetOf(fed, trunk, 1);
  const readAt = Uint16Array.from(samples, (sample) => (sample + 1) * sampleSteps - 1);
  return { factors: [{ ...windows, readAt }, trunk], target, pooled };
}

/** Each window's last sample, for all horizons: the forecast that nothing changes. Of windows that are in no code. */
export function persistenceOf({ factors: [windows, horizons] }: Dataset): Float64Array {
  const { rows, width, inputs } = windows;
  return Float64Array.from(
    { length: rows * horizons.rows },
    (_, n) => inputs[(Math.floor(n / horizons.rows) + 1) * width - 1],
  );
}

import type { Dataset } from '../snn/network.ts';
import { inputFeatures, leastSquares } from './least-squares.ts';
import type { Parts } from './parts.ts';
import { horizonInputs, type WindowSet, type Windows } from './windows.ts';

/**
 * Ridge of what is linear in a window's samples. In a smooth series neighbours say almost the same, and what tells them apart is what
 * forecasts are made of: the ridge of other problems, 1e-10, would cost a tenth of the error at 5 samples ahead.
 */
export const SERIES_RIDGE = 1e-13;

/** Forecasts of the test windows, [window][horizon], that nothing changes: each window's last sample. */
export function persistence({ test, horizons }: Windows): Float64Array {
  const { windows, history } = test;
  return Float64Array.from(
    test.targets,
    (_, n) => windows[(Math.floor(n / horizons.length) + 1) * history - 1],
  );
}

/**
 * Linear autoregression of the test windows, [window][horizon], in parts: `autoregression` of the samples that windows are made of.
 * @throws RangeError where the first horizon is not the next sample
 */
export function linearAutoregression({ train, test, horizons }: Windows): Parts<Float64Array> {
  const dataset = ({ windows, history, targets }: WindowSet): Dataset => {
    const rows = windows.length / history;
    const scale = new Float32Array(rows).fill(1);
    return {
      factors: [{ rows, width: history, inputs: windows, scale }, horizonInputs(horizons)],
      target: targets,
    };
  };
  return autoregression(dataset(train), dataset(test), horizons);
}

/**
 * The next sample as the affine function of a window's samples with the least squared error over the training windows
 * (`leastSquares`); samples further ahead from the same function, what it said before standing in for what has not come:
 *
 *     y(τ) = c + Σ_i a_i y(τ - i) ,   y(τ) = x(t + τ) where τ ≤ 0 .
 *
 * Both sets have windows × horizons. @throws RangeError where the first horizon is not the next sample
 */
export function* autoregression(
  train: Dataset,
  test: Dataset,
  horizons: readonly number[],
): Parts<Float64Array> {
  if (horizons[0] !== 1)
    throw new RangeError(`horizons: ${horizons[0]} is not allowed as the first; allowed: 1, the next sample`);
  const [windows] = train.factors;
  const { width: history } = windows;
  const ahead = horizonInputs([1]);
  const nextOf = { factors: [windows, ahead], target: firstOf(train, horizons.length) };
  // What the function says of no samples at all is its constant, and of a single 1 that and a coefficient.
  const probes = new Float64Array((history + 1) * history);
  for (let i = 0; i < history; i++) probes[(i + 1) * history + i] = 1;
  const scale = new Float64Array(history + 1).fill(1);
  const probed = {
    factors: [{ rows: history + 1, width: history, inputs: probes, scale }, ahead],
    target: new Float64Array(history + 1),
  };
  const [constant, ...said] = yield* leastSquares(nextOf, probed, inputFeatures(history), SERIES_RIDGE);
  const coefficients = said.map((value) => value - constant);

  const [{ rows, inputs }] = test.factors;
  const output = new Float64Array(rows * horizons.length);
  const most = horizons[horizons.length - 1];
  const course = new Float64Array(history + most);
  for (let row = 0; row < rows; row++) {
    course.set(inputs.subarray(row * history, (row + 1) * history));
    for (let at = history; at < course.length; at++) {
      course[at] = constant;
      for (let i = 0; i < history; i++) course[at] += coefficients[i] * course[at - history + i];
    }
    horizons.forEach((horizon, h) => {
      output[row * horizons.length + h] = course[history - 1 + horizon];
    });
    if (row % ROWS_OF_PART === ROWS_OF_PART - 1) yield;
  }
  return output;
}

const ROWS_OF_PART = 64;

/** The first of every `each` targets. */
const firstOf = ({ target }: Dataset, each: number) =>
  Float64Array.from({ length: target.length / each }, (_, n) => target[n * each]);

/** How far forecasts for one horizon are from what came. */
export interface HorizonError {
  readonly horizon: number;
  /** ‖y - u‖/‖u‖ over all windows, u measured from the mean of the training part: saying that mean has an error of 1. */
  readonly relativeL2: number;
  /** 1 - Σ (y - u)²/Σ (u - ū)², ū being the mean of the targets u; NaN where these are all alike. */
  readonly r2: number;
}

/** Errors of forecasts [window][horizon] of a set, horizon by horizon. */
export function horizonErrors(
  forecasts: ArrayLike<number>,
  targets: ArrayLike<number>,
  horizons: readonly number[],
): HorizonError[] {
  const width = horizons.length;
  if (forecasts.length !== targets.length || targets.length % width !== 0 || targets.length === 0)
    throw new RangeError(
      `forecasts: ${forecasts.length} numbers are not allowed; allowed: ${targets.length}, a multiple of ${width}, one for each target`,
    );
  const count = targets.length / width;
  return horizons.map((horizon, h) => {
    let mean = 0;
    for (let n = h; n < targets.length; n += width) mean += targets[n] / count;
    let [error, norm, spread] = [0, 0, 0];
    for (let n = h; n < targets.length; n += width) {
      error += (forecasts[n] - targets[n]) ** 2;
      norm += targets[n] ** 2;
      spread += (targets[n] - mean) ** 2;
    }
    return {
      horizon,
      relativeL2: norm > 0 ? Math.sqrt(error / norm) : Math.sqrt(error),
      r2: spread > 0 ? 1 - error / spread : Number.NaN,
    };
  });
}

import type { Dataset } from '../snn/network.ts';
import { inputFeatures, leastSquares } from './least-squares.ts';
import type { Parts } from './parts.ts';
import { horizonInputs, type WindowSet, type Windows } from './windows.ts';

/** Forecasts of the test windows, [window][horizon], that nothing changes: each window's last sample. */
export function persistence({ test, horizons }: Windows): Float64Array {
  const { windows, history } = test;
  return Float64Array.from(
    test.targets,
    (_, n) => windows[(Math.floor(n / horizons.length) + 1) * history - 1],
  );
}

/**
 * Linear autoregression: for every horizon the affine function of a window's samples with the least squared error over the training
 * windows, with the ridge of `leastSquares`. Returns its forecasts of the test windows, [window][horizon], in parts.
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
  return leastSquares(dataset(train), dataset(test), inputFeatures(train.history));
}

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

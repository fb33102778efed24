/** One comparison of an engine with the reference. */
export interface Check {
  readonly name: string;
  /** Largest error, in the measure that the tolerance is for. */
  readonly error: number;
  readonly tolerance: number;
  readonly ok: boolean;
}

/**
 * Float32 tolerance: per array |Δ| ≤ 1e-4 · max(1, ‖ref‖∞); of a directional derivative relative to Σ |g·d|.
 */
export const TOLERANCE = 1e-4;

/**
 * Relative error that float32 may leave in a loss: what a difference of two losses, divided by 2ε, inherits.
 * Weights are rounded to 6e-8 of themselves, sums of up to some hundred terms to a few times that.
 */
export const LOSS_ERROR = 2e-6;

export function check(name: string, error: number, tolerance = TOLERANCE): Check {
  return { name, error, tolerance, ok: error <= tolerance };
}

/**
 * Largest |actual - expected| relative to max(1, ‖expected‖∞); infinite when lengths differ or a number is
 * NaN.
 */
export function arrayError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  return difference(actual, expected) / Math.max(1, largest(expected));
}

/** Largest |actual - expected|; infinite when lengths differ or a number is NaN. */
export function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let j = 0; j < expected.length; j++) {
    const error = actual[j] === expected[j] ? 0 : Math.abs(actual[j] - expected[j]);
    if (Number.isNaN(error)) return Number.POSITIVE_INFINITY;
    worst = Math.max(worst, error);
  }
  return worst;
}

/** ‖values‖∞. */
export function largest(values: ArrayLike<number>): number {
  let size = 0;
  for (let j = 0; j < values.length; j++) size = Math.max(size, Math.abs(values[j]));
  return size;
}

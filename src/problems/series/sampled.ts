import { type Derivative, RungeKutta } from './runge-kutta.ts';

/** How a system without memory is integrated and watched. */
export interface Watching {
  readonly derivative: Derivative;
  /** Longest step of the integration. */
  readonly longestStep: number;
  /** Time that passes before the first sample. */
  readonly transient: number;
  /** What is seen of a state. */
  seen(state: Float64Array): number;
  /** Brings a state to where rounding is least, after each step. */
  settle?(state: Float64Array): void;
}

/** `length` samples, `interval` apart, of the motion that begins in a state, by steps of Runge and Kutta. */
export function sampled(
  watching: Watching,
  begin: Float64Array,
  length: number,
  interval: number,
): Float64Array {
  const { derivative, longestStep, transient, seen, settle } = watching;
  const state = begin.slice();
  const method = new RungeKutta(derivative, state.length);
  const each = Math.ceil(interval / longestStep);
  const step = interval / each;
  const skipped = each * Math.ceil(transient / interval);
  const out = new Float64Array(length);
  for (let k = 0, sample = 0; sample < length; k++) {
    if (k >= skipped && (k - skipped) % each === 0) out[sample++] = seen(state);
    method.step(state, k * step, step);
    settle?.(state);
  }
  return out;
}

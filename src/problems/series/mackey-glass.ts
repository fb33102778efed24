import { RandomSequence, Stream } from '../../snn/random.ts';
import { SeriesPart } from './part.ts';

/** Constants of Mackey and Glass, Science 197 (1977), with the delay at which the motion is chaotic and often forecast. */
export const MACKEY_GLASS = { delay: 17, production: 0.2, decay: 0.1 } as const;

/** Longest step of the integration. */
const LONGEST_STEP = 0.1;
/** Time that passes before the first sample: some thirty delays, after which the motion is on its attractor. */
const TRANSIENT = 500;

/** β x/(1 + x¹⁰), by multiplications: `**` may differ in its last digit from one browser to the next, and chaos magnifies it. */
export function production(x: number): number {
  const square = x * x;
  const fourth = square * square;
  return (MACKEY_GLASS.production * x) / (1 + fourth * fourth * square);
}

/**
 * x at 0, h, 2h … for
 *
 *     x′(t) = β x(t - τ)/(1 + x(t - τ)¹⁰) - γ x(t) ,   x(t) = start for t ≤ 0 ,
 *
 * by the classical Runge–Kutta method. What is a delay ago, at the middle of a step too, comes from the cubic through the values
 * and slopes of the two nodes around it. Of fourth order where a whole number of steps makes the delay; elsewhere of second, because
 * the jump of x′ at t = 0 then comes back within a step.
 * @param step h, at most the delay
 */
export function solveMackeyGlass(start: number, step: number, steps: number): Float64Array {
  const { delay, decay } = MACKEY_GLASS;
  if (!(step > 0 && step <= delay))
    throw new RangeError(`step: ${step} is not allowed; allowed: above 0, at most the delay ${delay}`);
  const values = new Float64Array(steps + 1);
  const slopes = new Float64Array(steps + 1);
  const lag = delay / step;
  /** x a delay before node k + ahead. */
  const delayed = (k: number, ahead: number) => {
    const at = k + ahead - lag;
    if (at <= 0) return start;
    // At the end of a step no longer than the delay the nodes are there, but for rounding.
    const i = Math.min(Math.floor(at), k - 1);
    const s = at - i;
    const r = 1 - s;
    const ends = (1 + 2 * s) * r * r * values[i] + s * s * (3 - 2 * s) * values[i + 1];
    return ends + step * s * r * (r * slopes[i] - s * slopes[i + 1]);
  };
  values[0] = start;
  slopes[0] = production(start) - decay * start;
  for (let k = 0; k < steps; k++) {
    const x = values[k];
    const middle = production(delayed(k, 0.5));
    const end = production(delayed(k, 1));
    const a = slopes[k];
    const b = middle - decay * (x + 0.5 * step * a);
    const c = middle - decay * (x + 0.5 * step * b);
    const d = end - decay * (x + step * c);
    values[k + 1] = x + (step / 6) * (a + 2 * (b + c) + d);
    slopes[k + 1] = end - decay * values[k + 1];
  }
  return values;
}

/** Samples of the Mackey–Glass equation on its attractor; the seed draws the constant past, from 0.5 to 1.5. */
export function mackeyGlass(seed: number, length: number, interval: number): Float64Array {
  const past = 0.5 + new RandomSequence(seed, Stream.data, 0, SeriesPart.begin).uniform();
  const each = Math.ceil(interval / LONGEST_STEP);
  const skipped = each * Math.ceil(TRANSIENT / interval);
  const values = solveMackeyGlass(past, interval / each, skipped + each * (length - 1));
  return Float64Array.from({ length }, (_, k) => values[skipped + each * k]);
}

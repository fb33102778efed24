import { RandomSequence, Stream } from '../../snn/random.ts';
import { SeriesPart } from './part.ts';
import { sampled } from './sampled.ts';

/** Constants of Lorenz, Journal of the Atmospheric Sciences 20 (1963). */
export const LORENZ = { sigma: 10, rho: 28, beta: 8 / 3 } as const;

/** x′ = σ (y - x),  y′ = x (ρ - z) - y,  z′ = x y - β z . */
export function lorenzDerivative([x, y, z]: Float64Array, _: number, out: Float64Array): void {
  out[0] = LORENZ.sigma * (y - x);
  out[1] = x * (LORENZ.rho - z) - y;
  out[2] = x * y - LORENZ.beta * z;
}

/** Samples of x; the seed draws the state from which it comes to the attractor, within 1 of (1, 1, 25). */
export function lorenz(seed: number, length: number, interval: number): Float64Array {
  const random = new RandomSequence(seed, Stream.data, 0, SeriesPart.begin);
  const begin = Float64Array.from([1, 1, 25], (value) => value + random.symmetric(1));
  const system = { derivative: lorenzDerivative, longestStep: 0.005, transient: 40 };
  return sampled({ ...system, seen: ([x]) => x }, begin, length, interval);
}

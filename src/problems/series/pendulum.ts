import { RandomSequence, Stream } from '../../snn/random.ts';
import { SeriesPart } from './part.ts';
import type { Derivative } from './runge-kutta.ts';
import { sampled } from './sampled.ts';
import { cosine, sine } from './sine.ts';

interface Pendulum {
  readonly damping: number;
  readonly drive: number;
  readonly frequency: number;
}

/** In units of its own frequency, after Baker and Gollub, Chaotic Dynamics (1996): damping ½, and a drive that makes it turn over at times. */
export const PENDULUM: Pendulum = { damping: 0.5, drive: 1.15, frequency: 2 / 3 };

/** θ′ = v,  v′ = -sin θ - γ v + F cos ω t . */
export const pendulumDerivative =
  ({ damping, drive, frequency }: Pendulum): Derivative =>
  ([angle, speed], time, out) => {
    out[0] = speed;
    out[1] = -sine(angle) - damping * speed + drive * cosine(frequency * time);
  };

/** Samples of the angular velocity θ′; the seed draws angle and velocity at the start, both within ±1. The drive is not seen. */
export function pendulum(seed: number, length: number, interval: number): Float64Array {
  const random = new RandomSequence(seed, Stream.data, 0, SeriesPart.begin);
  const begin = Float64Array.of(random.symmetric(1), random.symmetric(1));
  return sampled(
    {
      derivative: pendulumDerivative(PENDULUM),
      longestStep: 0.02,
      transient: 200,
      seen: ([, speed]) => speed,
      // Turns over and over again: whole turns change nothing.
      settle(state) {
        state[0] -= 2 * Math.PI * Math.round(state[0] / (2 * Math.PI));
      },
    },
    begin,
    length,
    interval,
  );
}

import { RandomSequence, Stream } from '../../snn/random.ts';
import { SeriesPart } from './part.ts';
import { sine } from './sine.ts';

/** Amplitudes and periods of the waves: ratios of the periods are irrational, so that the sum never repeats. */
export const WAVES = [
  { amplitude: 1, period: 30 },
  { amplitude: 0.7, period: 30 / Math.sqrt(5) },
  { amplitude: 0.5, period: 30 / Math.sqrt(17) },
] as const;

/** Standard deviation of the noise on each sample. */
export const NOISE = 0.1;

/**
 * Samples of  Σ_k a_k sin(2π t/p_k + φ_k) + ε ,  ε ~ N(0, 0.1²) on each alone. The seed draws phases and noise. Without noise, six
 * samples would foretell all others linearly.
 */
export function sines(seed: number, length: number, interval: number): Float64Array {
  const begin = new RandomSequence(seed, Stream.data, 0, SeriesPart.begin);
  const waves = WAVES.map((wave) => ({ ...wave, phase: begin.uniform() }));
  const noise = new RandomSequence(seed, Stream.data, 0, SeriesPart.noise);
  return Float64Array.from({ length }, (_, k) => {
    let sum = NOISE * noise.normal();
    for (const { amplitude, period, phase } of waves) {
      const turns = (k * interval) / period + phase;
      sum += amplitude * sine(2 * Math.PI * (turns - Math.round(turns)));
    }
    return sum;
  });
}

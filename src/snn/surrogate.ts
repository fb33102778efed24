import { normalTable } from './normal-table.ts';
import { Stream, streamKey, threefry } from './random.ts';

/** Which function stands in for the derivative of the Heaviside step H in every gradient. */
export interface SurrogateSpec {
  readonly kind: 'SG' | 'WSG';
  /** Width σ: standard deviation of the Gaussian and of the samples δ. */
  readonly sigma: number;
  /** Number K of samples δ_k of the weak form. */
  readonly samples: number;
}

/** SG at x = U - ϑ:  f(x) = exp(-x²/2σ²) / (σ √(2π)). */
export function gaussianSurrogate(x: number, sigma: number): number {
  return Math.exp((-x * x) / (2 * sigma * sigma)) / (sigma * Math.sqrt(2 * Math.PI));
}

/**
 * One term of WSG (Stein's lemma) at x = U - ϑ:  δ/σ² · (H(x+δ) - H(x)). It is |δ|/σ² where δ carries x across the
 * threshold and 0 elsewhere; its mean over δ ~ N(0, σ²) is SG.
 */
export function weakFormTerm(x: number, delta: number, sigma: number): number {
  return (delta / (sigma * sigma)) * (Number(x + delta >= 0) - Number(x >= 0));
}

/** The samples δ of WSG in units of σ: `fill` writes one per neuron of a layer for (time step, row, sample). */
export interface WsgSamples {
  fill(layer: number, t: number, row: number, sample: number, out: Float64Array): void;
}

/**
 * Samples drawn for one training step: the word at index (t · rows + row) · K + sample of stream (wsg, layer) is an
 * offset into the table of normal samples, and neuron j reads entry offset + j.
 */
export function drawnSamples(
  seed: number,
  step: number,
  rowsOfLayer: readonly number[],
  samples: number,
): WsgSamples {
  const table = normalTable();
  const pair = new Uint32Array(2);
  return {
    fill(layer, t, row, sample, out) {
      const index = (t * rowsOfLayer[layer] + row) * samples + sample;
      threefry(seed, streamKey(Stream.wsg, layer), step, index >>> 1, pair);
      const offset = pair[index & 1] & 0xffff;
      for (let j = 0; j < out.length; j++) out[j] = table[offset + j];
    },
  };
}

/** Samples given outright: values[layer] in units of σ, indexed [sample][t][row][neuron]. */
export function explicitSamples(
  values: readonly Float64Array[],
  T: number,
  rowsOfLayer: readonly number[],
): WsgSamples {
  return {
    fill(layer, t, row, sample, out) {
      const start = ((sample * T + t) * rowsOfLayer[layer] + row) * out.length;
      for (let j = 0; j < out.length; j++) out[j] = values[layer][start + j];
    },
  };
}

import { describe, expect, it } from 'vitest';
import { largestZ } from '../../tests/support/snn.ts';
import { NORMAL_TABLE_SIZE, normalTable } from './normal-table.ts';
import { Stream, streamKey, threefry } from './random.ts';
import { drawnSamples, explicitSamples, gaussianSurrogate, weakFormTerm } from './surrogate.ts';

const SIGMAS = [0.3, 0.5, 1.7];
/** Distances from the threshold in units of σ. */
const DISTANCES = [-2.5, -1, -0.3, 0, 1e-3, 0.4, 1, 2];

describe('gaussianSurrogate', () => {
  it('is the normal density of standard deviation σ', () => {
    expect(gaussianSurrogate(0, 0.5)).toBeCloseTo(0.7978845608028654, 14);
    expect(gaussianSurrogate(0.3, 0.3)).toBeCloseTo(0.8065690817304778, 14);
    expect(gaussianSurrogate(-0.3, 0.3)).toBe(gaussianSurrogate(0.3, 0.3));
  });

  it('has integral 1 and variance σ²', () => {
    for (const sigma of SIGMAS) {
      const h = sigma / 64;
      let integral = 0;
      let variance = 0;
      for (let n = -640; n <= 640; n++) {
        integral += h * gaussianSurrogate(n * h, sigma);
        variance += h * (n * h) ** 2 * gaussianSurrogate(n * h, sigma);
      }
      expect(integral).toBeCloseTo(1, 12);
      expect(variance).toBeCloseTo(sigma ** 2, 12);
    }
  });
});

describe('weakFormTerm', () => {
  it('is |δ|/σ² where δ carries x across the threshold', () => {
    expect(weakFormTerm(-0.25, 0.5, 0.5)).toBe(2);
    expect(weakFormTerm(0.25, -0.5, 0.5)).toBe(2);
  });

  it('is 0 elsewhere', () => {
    for (const [x, delta] of [
      [-0.25, 0.125],
      [-0.25, -1],
      [0.25, 1],
      [0.25, -0.125],
      [0.25, 0],
      [-0.25, 0],
    ]) {
      expect(Math.abs(weakFormTerm(x, delta, 0.5))).toBe(0);
    }
  });

  it('counts the threshold itself as a spike: H(0) = 1', () => {
    expect(weakFormTerm(0, 0.5, 0.5)).toBe(0);
    expect(weakFormTerm(0, -0.5, 0.5)).toBe(2);
    expect(weakFormTerm(-0.5, 0.5, 0.5)).toBe(2);
    expect(Math.abs(weakFormTerm(0.5, -0.5, 0.5))).toBe(0);
  });

  it('has SG as its mean over the table of samples', () => {
    const table = normalTable().subarray(0, NORMAL_TABLE_SIZE);
    for (const sigma of SIGMAS) {
      for (const z of DISTANCES) {
        let mean = 0;
        for (const sample of table)
          mean += weakFormTerm(z * sigma, sample * sigma, sigma) / NORMAL_TABLE_SIZE;
        expect(Math.abs(mean - gaussianSurrogate(z * sigma, sigma)) * sigma).toBeLessThan(5e-5);
      }
    }
  });

  it('has SG as its mean over drawn samples, and the spread of theory', () => {
    const N = 200_000;
    const sigma = 0.5;
    const samples = drawnSamples(4, 9, [N], 1);
    const delta = new Float64Array(1);
    const outliers = { SG: 0, wider: 0 };
    for (const z of DISTANCES) {
      let mean = 0;
      let squares = 0;
      for (let n = 0; n < N; n++) {
        samples.fill(0, 0, n, 0, delta);
        const f = weakFormTerm(z * sigma, delta[0] * sigma, sigma);
        mean += f / N;
        squares += f ** 2 / N;
      }
      // E[f²] = (1/σ²) E[ξ² 1(ξ > |z|)] = (1/σ²) (|z| φ(z) + Φ(-|z|)), here by quadrature.
      let tail = 0;
      for (let y = Math.abs(z); y < 12; y += 1e-3)
        tail += 1e-3 * (y + 5e-4) ** 2 * gaussianSurrogate(y + 5e-4, 1);
      const variance = tail / sigma ** 2 - gaussianSurrogate(z * sigma, sigma) ** 2;
      expect(Math.abs((squares - mean ** 2) / variance - 1)).toBeLessThan(0.06);
      const limit = largestZ(DISTANCES.length) * Math.sqrt(variance / N);
      if (Math.abs(mean - gaussianSurrogate(z * sigma, sigma)) > limit) outliers.SG++;
      if (Math.abs(mean - gaussianSurrogate(z * sigma, 1.1 * sigma)) > limit) outliers.wider++;
    }
    expect(outliers.SG).toBe(0);
    expect(outliers.wider).toBeGreaterThan(4);
  });
});

describe('drawnSamples', () => {
  const rows = [3, 5];
  const drawn = (
    seed: number,
    step: number,
    layer: number,
    t: number,
    row: number,
    sample: number,
    width = 6,
  ) => {
    const out = new Float64Array(width);
    drawnSamples(seed, step, rows, 4).fill(layer, t, row, sample, out);
    return Array.from(out);
  };

  it('reads neighbouring entries of the table from the offset of its word', () => {
    const pair = new Uint32Array(2);
    for (const [layer, t, row, sample] of [
      [0, 0, 0, 0],
      [0, 2, 1, 3],
      [1, 7, 4, 2],
      [1, 0, 0, 1],
    ]) {
      const index = (t * rows[layer] + row) * 4 + sample;
      threefry(11, streamKey(Stream.wsg, layer), 23, index >> 1, pair);
      const offset = pair[index & 1] & 0xffff;
      expect(drawn(11, 23, layer, t, row, sample)).toEqual(
        Array.from(normalTable().subarray(offset, offset + 6)),
      );
    }
  });

  it('differs by seed, step, layer, time step, row and sample and repeats itself otherwise', () => {
    const base = [1, 2, 0, 3, 1, 2] as const;
    const first = drawn(...base);
    expect(drawn(...base)).toEqual(first);
    for (let part = 0; part < base.length; part++) {
      const other = base.map((value, n) => (n === part ? value + 1 : value));
      expect(drawn(...(other as unknown as typeof base))).not.toEqual(first);
    }
  });

  it('is standard normal and independent between neighbours, steps and layers', () => {
    const N = 20000;
    const sums = { mean: 0, square: 0, neighbour: 0, step: 0, layer: 0 };
    const make = [drawnSamples(1, 0, [N, N], 1), drawnSamples(1, 1, [N, N], 1)];
    const [a, b, c] = [0, 1, 2].map(() => new Float64Array(2));
    for (let n = 0; n < N; n++) {
      make[0].fill(0, 0, n, 0, a);
      make[1].fill(0, 0, n, 0, b);
      make[0].fill(1, 0, n, 0, c);
      sums.mean += a[0];
      sums.square += (a[0] ** 2 - 1) / Math.SQRT2;
      sums.neighbour += a[0] * a[1];
      sums.step += a[0] * b[0];
      sums.layer += a[0] * c[0];
    }
    for (const [name, sum] of Object.entries(sums))
      expect(Math.abs(sum) / Math.sqrt(N), name).toBeLessThan(largestZ(5));
  });
});

describe('explicitSamples', () => {
  it('is indexed [sample][t][row][neuron]', () => {
    const T = 3;
    const samples = explicitSamples([Float64Array.from({ length: 2 * T * 4 * 5 }, (_, n) => n)], T, [4]);
    const out = new Float64Array(5);
    samples.fill(0, 2, 3, 1, out);
    expect(Array.from(out)).toEqual([0, 1, 2, 3, 4].map((neuron) => ((1 * T + 2) * 4 + 3) * 5 + neuron));
  });

  it('can repeat drawn samples', () => {
    const [T, rows, count, width] = [3, 4, 2, 5];
    const drawn = drawnSamples(1, 2, [rows], count);
    const values = new Float64Array(count * T * rows * width);
    const out = new Float64Array(width);
    for (let k = 0; k < count; k++)
      for (let t = 0; t < T; t++)
        for (let row = 0; row < rows; row++) {
          drawn.fill(0, t, row, k, out);
          values.set(out, ((k * T + t) * rows + row) * width);
        }
    const again = new Float64Array(width);
    drawn.fill(0, 1, 2, 1, out);
    explicitSamples([values], T, [rows]).fill(0, 1, 2, 1, again);
    expect(again).toEqual(out);
  });
});

import { describe, expect, it } from 'vitest';
import { equispaced } from './forcing.ts';
import { FieldPart, gaussianField, sampleField } from './gaussian-field.ts';

const nodes = equispaced(101, -1, 1);
const field = gaussianField(nodes, 0.5);

describe('gaussianField', () => {
  it('factors the kernel: L Lᵀ = exp(-(x - x′)²/2ℓ²) + jitter', () => {
    const n = nodes.length;
    let worst = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k <= j; k++) sum += field.factor[i * n + k] * field.factor[j * n + k];
        worst = Math.max(worst, Math.abs(sum - Math.exp(-((nodes[i] - nodes[j]) ** 2) / 0.5)));
      }
    }
    expect(field.jitter).toBe(1e-10);
    expect(worst).toBeLessThan(2 * field.jitter);
  });

  it('takes every length scale from a node spacing to nearly constant functions', () => {
    for (const lengthScale of [0.02, 0.1, 1, 10, 1000]) {
      const { jitter, factor } = gaussianField(nodes, lengthScale);
      expect(jitter).toBeLessThan(1e-8);
      expect(factor.every(Number.isFinite)).toBe(true);
    }
  });

  it('refuses meaningless arguments', () => {
    for (const lengthScale of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => gaussianField(nodes, lengthScale)).toThrow(/lengthScale/);
    }
    expect(() => gaussianField(new Float64Array(0), 1)).toThrow(/nodes/);
  });
});

describe('sampleField', () => {
  it('has mean 0 and the covariance of the kernel', () => {
    // The mean of N products of normals with correlation ρ has standard deviation √((1 + ρ²)/N) ≤ √(2/N) =
    // 0.022. The
    // bound of 5 such deviations fails by chance about once in 10⁵ seeds over all pairs; the seed is fixed.
    const N = 4000;
    const bound = 5 * Math.sqrt(2 / N);
    const at = [0, 20, 45, 50, 60, 100];
    const sums = at.map(() => 0);
    const products = at.map(() => at.map(() => 0));
    for (let i = 0; i < N; i++) {
      const g = sampleField(field, 7, FieldPart.train, i);
      at.forEach((a, p) => {
        sums[p] += g[a] / N;
        at.forEach((b, q) => {
          products[p][q] += (g[a] * g[b]) / N;
        });
      });
    }
    at.forEach((a, p) => {
      expect(Math.abs(sums[p])).toBeLessThan(bound);
      at.forEach((b, q) => {
        const expected = Math.exp(-((nodes[a] - nodes[b]) ** 2) / (2 * 0.5 ** 2));
        expect(Math.abs(products[p][q] - expected)).toBeLessThan(bound);
      });
    });
  });

  it('depends on seed, part and index alone', () => {
    const late = sampleField(field, 3, FieldPart.train, 17);
    sampleField(field, 3, FieldPart.train, 0);
    expect(sampleField(field, 3, FieldPart.train, 17)).toEqual(late);
    expect(sampleField(field, 4, FieldPart.train, 17)).not.toEqual(late);
    expect(sampleField(field, 3, FieldPart.train, 18)).not.toEqual(late);
    expect(sampleField(field, 3, FieldPart.test, 17)).not.toEqual(late);
  });

  it('does not correlate training with test functions', () => {
    let sum = 0;
    for (let i = 0; i < 1000; i++) {
      sum += sampleField(field, 1, FieldPart.train, i)[50] * sampleField(field, 1, FieldPart.test, i)[50];
    }
    expect(Math.abs(sum / 1000)).toBeLessThan(5 / Math.sqrt(1000));
  });
});

import { describe, expect, it } from 'vitest';
import { gaussianSurrogate } from '../../../snn/surrogate.ts';
import { halfWidth } from './draw-surrogate.ts';
import { histogram, shareWithin } from './histogram.ts';
import { drawnDeltas, meanWeakForm, weakForm } from './weak-form.ts';

describe('histogram', () => {
  const parts = [Float32Array.of(1, 1.1, 3), Float32Array.of(-5, 0)];

  it('counts values minus the offset, ends apart', () => {
    const { shares, below, above, count } = histogram(parts, 1, -1, 1, 4);
    expect(count).toBe(5);
    expect([...shares]).toEqual([0.2, 0, 0.4, 0]);
    expect([below, above]).toEqual([0.2, 0.2]);
    expect(below + above + shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it('takes the upper end into the last bin and bears no values', () => {
    expect([...histogram([[1]], 0, -1, 1, 2).shares]).toEqual([0, 1]);
    expect(histogram([], 0, -1, 1, 2).count).toBe(0);
  });

  it('tells the share within a distance', () => {
    expect(shareWithin(parts, 1, 1)).toBeCloseTo(3 / 5, 9);
    expect(shareWithin([], 1, 1)).toBe(0);
  });
});

describe('weak form', () => {
  const sigma = 0.5;

  it('is the mean of its terms', () => {
    // δ = 0.6 carries x = -0.2 across the threshold, δ = -0.1 does not.
    expect(weakForm(-0.2, [0.6, -0.1], sigma)).toBeCloseTo(0.6 / sigma ** 2 / 2, 12);
    expect(weakForm(-0.7, [0.6, -0.1], sigma)).toBeCloseTo(0, 12);
  });

  it('tends to SG', () => {
    const xs = [-0.8, -0.3, 0.1, 0.6];
    const mean = meanWeakForm(xs, 4000, 4, sigma);
    xs.forEach((x, k) => {
      expect(Math.abs(mean[k] - gaussianSurrogate(x, sigma))).toBeLessThan(0.05);
    });
  });

  it('draws the same δ for the same number, others for another', () => {
    expect(drawnDeltas(3, 4, sigma)).toEqual(drawnDeltas(3, 4, sigma));
    expect(drawnDeltas(3, 4, sigma)).not.toEqual(drawnDeltas(4, 4, sigma));
  });
});

it('the axis holds 4σ and the resting potential', () => {
  expect(halfWidth(0.5, 1)).toBe(2);
  expect(halfWidth(0.3, 1)).toBe(1.5);
  expect(halfWidth(0.1, 5)).toBe(8);
});

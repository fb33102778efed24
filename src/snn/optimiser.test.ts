import { describe, expect, it } from 'vitest';
import { networkOf, worstError } from '../../tests/support/snn.ts';
import { layoutOf } from './network.ts';
import { type OptimiserKind, type OptimiserSpec, update, updateScalars } from './optimiser.ts';

// Two layers of two parameters each: hidden 1 → 1, read-out 1 → 1.
const layout = layoutOf(networkOf([[1, 1]]));

function spec(kind: OptimiserKind, other: Partial<OptimiserSpec> = {}): OptimiserSpec {
  return { kind, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rateFactors: [1, 1], ...other };
}

/** θ, m and v after the given gradients, from zero. */
function run(s: OptimiserSpec, learningRate: number, gradients: number[][]) {
  const [theta, m, v] = [0, 1, 2].map(() => new Float64Array(4));
  gradients.forEach((g, n) => {
    update(s, layout, updateScalars(s, learningRate, n + 1), Float64Array.from(g), theta, m, v);
  });
  return { theta: Array.from(theta), m: Array.from(m), v: Array.from(v) };
}

describe('update', () => {
  it('sgd: θ ← θ - η g', () => {
    expect(run(spec('sgd'), 0.5, [[1, -2, 3, 0]])).toEqual({
      theta: [-0.5, 1, -1.5, 0],
      m: [0, 0, 0, 0],
      v: [0, 0, 0, 0],
    });
  });

  it('adam agrees with a calculation by hand', () => {
    // g = 1, then -2, with η = ½, β₁ = ½, β₂ = ¾, ε = ½:
    // m = ½, v = ¼;  m̂ = 1, v̂ = 1;  θ = -½ · 1/(1 + ½) = -1/3
    // m = -¾, v = 19/16;  m̂ = -¾/(¾) = -1, v̂ = (19/16)/(7/16) = 19/7;  θ = -1/3 + ½/(√(19/7) + ½)
    const { theta, m, v } = run(spec('adam', { beta1: 0.5, beta2: 0.75, epsilon: 0.5 }), 0.5, [
      [1, 0, 0, 0],
      [-2, 0, 0, 0],
    ]);
    expect(m[0]).toBe(-0.75);
    expect(v[0]).toBe(19 / 16);
    // Bias corrections come as float32.
    expect(theta[0]).toBeCloseTo(-1 / 3 + 0.5 / (Math.sqrt(19 / 7) + 0.5), 6);
    expect(theta.slice(1)).toEqual([0, 0, 0]);
  });

  it('adam takes a first step of length η whatever the gradient', () => {
    const { theta } = run(spec('adam'), 0.25, [[1e-3, -1, 50, 2]]);
    expect(worstError(theta, [-0.25, 0.25, -0.25, -0.25])).toBeLessThan(1e-5);
  });

  it('normalised takes steps of length η', () => {
    const { theta } = run(spec('normalised', { epsilon: 0 }), 0.25, [[3, 0, 0, -4]]);
    expect(worstError(theta, [-0.15, 0, 0, 0.2])).toBeLessThan(1e-15);
    expect(Math.hypot(...theta)).toBeCloseTo(0.25, 12);
  });

  it('normalised stays put without a gradient', () => {
    expect(run(spec('normalised'), 0.25, [[0, 0, 0, 0]]).theta.every((value) => value === 0)).toBe(true);
  });

  it('multiplies the rate by the layer’s factor', () => {
    const g = [1, -2, 3, -4];
    for (const kind of ['sgd', 'normalised', 'adam'] as const) {
      const plain = run(spec(kind), 0.25, [g, g]).theta;
      const factored = run(spec(kind, { rateFactors: [0.5, 4] }), 0.25, [g, g]).theta;
      expect(
        worstError(
          factored,
          plain.map((x, j) => x * (j < 2 ? 0.5 : 4)),
        ),
      ).toBeLessThan(1e-15);
      expect(plain.every((x) => x !== 0)).toBe(true);
    }
  });
});

describe('updateScalars', () => {
  it('are rounded to float32', () => {
    const s = spec('adam');
    const { learningRate, correction1, correction2 } = updateScalars(s, 0.02, 3);
    expect(learningRate).toBe(Math.fround(0.02));
    expect(correction1).toBe(Math.fround(1 / (1 - 0.9 ** 3)));
    expect(correction2).toBe(Math.fround(1 / (1 - 0.999 ** 3)));
  });

  it('correct from 1/(1-β) down to 1', () => {
    expect(updateScalars(spec('adam'), 1, 1).correction1).toBeCloseTo(10, 5);
    expect(updateScalars(spec('adam'), 1, 1e6).correction2).toBe(1);
    expect(updateScalars(spec('adam', { beta1: 0 }), 1, 1).correction1).toBe(1);
  });
});

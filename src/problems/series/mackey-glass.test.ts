import { describe, expect, it } from 'vitest';
import { MACKEY_GLASS, production, solveMackeyGlass } from './mackey-glass.ts';

const { delay, decay } = MACKEY_GLASS;

describe('production', () => {
  it('is β x/(1 + x¹⁰)', () => {
    for (const x of [0, 0.3, 1, 1.2, 1.5])
      expect(production(x)).toBeCloseTo((MACKEY_GLASS.production * x) / (1 + x ** 10), 15);
  });
});

describe('solveMackeyGlass', () => {
  it('has the closed form of a constant past over the first delay', () => {
    const [start, steps] = [1.2, 170];
    const x = solveMackeyGlass(start, delay / steps, steps);
    const rest = production(start) / decay;
    for (let k = 0; k <= steps; k++) {
      const exact = rest + (start - rest) * Math.exp((-decay * delay * k) / steps);
      expect(Math.abs(x[k] - exact)).toBeLessThan(1e-10);
    }
  });

  it.each([
    [10, 0.6524042925050016],
    [34, 1.0323271882947032],
    [60, 0.8290672758933997],
    [100, 1.0137240165241153],
  ])('at %f is what an eighth-order method gives, delay by delay', (time, expected) => {
    // From SciPy's DOP853 at a relative tolerance of 1e-12, one solution for each delay, begun at 1.2.
    expect(Math.abs(solveMackeyGlass(1.2, 0.1, 10 * time)[10 * time] - expected)).toBeLessThan(1e-7);
  });

  const end = 3 * delay;
  const finest = solveMackeyGlass(1.2, delay / 1360, 3 * 1360)[3 * 1360];
  const errorOf = (steps: number) => Math.abs(solveMackeyGlass(1.2, end / steps, steps)[steps] - finest);

  it('is of fourth order where a whole number of steps makes the delay', () => {
    const ratio = errorOf(3 * 34) / errorOf(3 * 68);
    expect(ratio).toBeGreaterThan(12);
    expect(ratio).toBeLessThan(20);
  });

  it('is at least of second order where none does', () => {
    const errors = [100, 200, 400, 800].map(errorOf);
    errors.forEach((error, k) => {
      expect(error).toBeLessThan(1e-3 * 0.3 ** k);
    });
  });

  it('takes steps up to the delay, and rests where production is decay', () => {
    expect(Array.from(solveMackeyGlass(1, delay, 3))).toEqual([1, 1, 1, 1]);
    expect(Array.from(solveMackeyGlass(0, 0.7, 3))).toEqual([0, 0, 0, 0]);
    expect(solveMackeyGlass(1.2, delay, 40).every((x) => x > 0 && x < 1.6)).toBe(true);
  });

  it.each([0, -1, 17.1, Number.NaN])('refuses a step of %f', (step) => {
    expect(() => solveMackeyGlass(1.2, step, 3)).toThrow(/^step: .* is not allowed; allowed: .*17$/);
  });
});

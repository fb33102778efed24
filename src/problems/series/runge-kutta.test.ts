import { describe, expect, it } from 'vitest';
import { RungeKutta } from './runge-kutta.ts';

describe('RungeKutta', () => {
  it('is exact for cubics in time', () => {
    const state = Float64Array.of(-2);
    const method = new RungeKutta((_, t, out) => {
      out[0] = 4 * t ** 3 - 3 * t ** 2 + 1;
    }, 1);
    for (let k = 0; k < 4; k++) method.step(state, k / 2, 0.5);
    expect(state[0]).toBeCloseTo(-2 + 2 ** 4 - 2 ** 3 + 2, 13);
  });

  it('is of fourth order: half the step, a sixteenth of the error', () => {
    const errors = [20, 40, 80].map((steps) => {
      // u″ = -u with a push by the time: u = cos t + t.
      const state = Float64Array.of(1, 1);
      const method = new RungeKutta(([u, v], t, out) => {
        out[0] = v;
        out[1] = t - u;
      }, 2);
      for (let k = 0; k < steps; k++) method.step(state, (4 * k) / steps, 4 / steps);
      return Math.abs(state[0] - Math.cos(4) - 4);
    });
    expect(errors[0] / errors[1]).toBeGreaterThan(13);
    expect(errors[1] / errors[2]).toBeGreaterThan(13);
    expect(errors[1] / errors[2]).toBeLessThan(19);
  });
});

import { expect, it } from 'vitest';
import { cosine, sine } from './sine.ts';

it('sine and cosine from arithmetic agree with those of the machine', () => {
  const worst = (bound: number) => {
    let most = 0;
    for (let k = -4000; k <= 4000; k++) {
      const x = (k / 4000) * bound;
      most = Math.max(most, Math.abs(sine(x) - Math.sin(x)), Math.abs(cosine(x) - Math.cos(x)));
    }
    return most;
  };
  expect(worst(Math.PI / 2)).toBeLessThan(1e-15);
  // A few roundings of 100 and of 1000.
  expect(worst(100)).toBeLessThan(4 * 2 ** -47);
  expect(worst(1000)).toBeLessThan(4 * 2 ** -44);
  expect(sine(0)).toBe(0);
  expect(sine(-1.25)).toBe(-sine(1.25));
});

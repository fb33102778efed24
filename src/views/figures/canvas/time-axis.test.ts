import { expect, it } from 'vitest';
import { FIELDS } from '../../../training/config.ts';
import { timeScale, timeTicks } from './time-axis.ts';

it('time steps are cells with their number in the middle', () => {
  const scale = timeScale(4, { left: 10, top: 0, width: 80, height: 10 });
  expect([1, 2, 3, 4].map(scale)).toEqual([20, 40, 60, 80]);
});

it('the first and the last step have ticks, whatever T', () => {
  expect(timeTicks(32)).toEqual([1, 8, 16, 24, 32]);
  expect(timeTicks(1)).toEqual([1]);
  for (let T = 1; T <= FIELDS.T.bounds.max; T++) {
    const ticks = timeTicks(T);
    expect(ticks[0]).toBe(1);
    expect(ticks.at(-1)).toBe(T);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
  }
});

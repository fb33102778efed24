import { expect, it } from 'vitest';
import { RunClock } from './run-clock.ts';

it('adds up chunks and goes back with the run', () => {
  const clock = new RunClock();
  clock.record(0, 10, 20);
  clock.record(10, 30, 60);
  expect([0, 5, 10, 20, 30, 99].map((step) => clock.at(step))).toEqual([0, 10, 20, 50, 80, 80]);
  clock.record(20, 30, 5);
  expect([20, 30].map((step) => clock.at(step))).toEqual([50, 55]);
  clock.record(0, 1, 7);
  expect([0, 1, 30].map((step) => clock.at(step))).toEqual([0, 7, 7]);
});

it('forgets marks, not time', () => {
  const clock = new RunClock();
  for (let step = 0; step < 5000; step++) clock.record(step, step + 1, 2);
  expect(clock.at(5000)).toBe(10000);
  expect(clock.at(100)).toBeCloseTo(200);
});

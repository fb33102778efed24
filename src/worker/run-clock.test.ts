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

it('has the median over the steps, not the last time nor the mean', () => {
  const clock = new RunClock();
  expect(clock.median()).toBeUndefined();
  clock.record(0, 1, 65);
  clock.record(1, 41, 40);
  clock.record(41, 51, 30);
  expect(clock.median()).toBe(1);
  expect(clock.median(41)).toBe(3);
  expect(clock.median(30, 45)).toBe(1);
  expect(clock.median(50)).toBeUndefined();
  clock.truncate(21);
  expect([clock.at(21), clock.at(51)]).toEqual([85, 85]);
  expect(clock.median(1)).toBe(1);
});

it('goes on where a run was left, and makes up no time that is not known', () => {
  const resumed = new RunClock({ step: 100, ms: 50 });
  resumed.record(100, 110, 5);
  expect([0, 50, 100, 110].map((step) => resumed.at(step))).toEqual([0, 25, 50, 55]);

  const unknown = new RunClock({ step: 100 });
  unknown.record(100, 110, 50);
  expect([0, 100, 110].map((step) => unknown.at(step))).toEqual([0, undefined, undefined]);
  // How long a step takes is known all the same.
  expect(unknown.median()).toBe(5);
  unknown.record(0, 10, 5);
  expect(unknown.at(10)).toBe(5);
});

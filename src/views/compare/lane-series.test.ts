import { describe, expect, it } from 'vitest';
import { LossSeries } from '../../state/loss-series.ts';
import { resolveConfig } from '../../training/presets.ts';
import { errorPoints, lossPoints, placeOn } from './lane-series.ts';

const losses = new LossSeries();
losses.replace(0, Float64Array.of(4, 1, Number.NaN, 9));
const metrics = [
  { step: 0, value: 1, grid: 'coarse' as const, ms: 0 },
  { step: 10, value: 0.5, grid: 'coarse' as const, ms: 200 },
  { step: 10, value: 0.4, grid: 'stated' as const, ms: 200 },
  { step: 20, value: 0.2, grid: 'coarse' as const, ms: 300 },
];
const run = { metrics, losses, step: 20, config: resolveConfig({}) };

describe('axes', () => {
  it('are steps, forward passes of equal cost, or milliseconds of training', () => {
    expect(placeOn('steps', run, undefined)(7)).toBe(7);
    expect(placeOn('passes', run, undefined)(7)).toBeUndefined();
    expect(placeOn('passes', run, 3)(7)).toBe(21);
    const time = placeOn('time', run, undefined);
    expect([0, 5, 10, 15, 20, 40].map((step) => time(step))).toEqual([0, 100, 200, 250, 300, 600]);
    expect(placeOn('time', { ...run, metrics: [] }, undefined)(5)).toBeUndefined();
  });
});

it('errors are those of the live grid', () => {
  expect(errorPoints(run, (step) => step)).toEqual([
    { x: 0, y: 1 },
    { x: 10, y: 0.5 },
    { x: 20, y: 0.2 },
  ]);
});

it('losses are averaged over the columns, without those that are no numbers', () => {
  const points = lossPoints(
    run,
    (step) => step,
    (x) => x / 2,
    2,
  );
  expect(points).toEqual([
    { x: 0.5, y: expect.closeTo(2) },
    { x: 3, y: expect.closeTo(9) },
  ]);
});

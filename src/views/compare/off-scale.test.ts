import { expect, it } from 'vitest';
import { type LaneCurve, sharedRange } from './draw-compare.ts';
import { offScaleNow, offScaleOnce } from './off-scale.ts';

const metric = (step: number, value: number) => ({ step, value, grid: 'coarse' as const, ms: 0 });

it('a lane that diverged or whose error is absurd has no part in what all share', () => {
  const sane = { divergedAt: undefined, metrics: [metric(0, 1), metric(9, 0.1)] };
  expect(offScaleOnce(sane)).toBeUndefined();
  expect(offScaleOnce({ ...sane, divergedAt: 7 })).toBe('diverged');
  for (const value of [11, Number.POSITIVE_INFINITY, Number.NaN])
    expect(offScaleOnce({ ...sane, metrics: [metric(0, 1), metric(5, value), metric(9, 0.1)] })).toBe(
      'off the scale',
    );
  const now = (error: number, divergedAt?: number) =>
    offScaleNow({ divergedAt, prediction: { error } as never });
  expect(now(0.5)).toBeUndefined();
  expect(now(50)).toBe('off the scale');
  expect(now(0.5, 7)).toBe('diverged');
});

it('the range is that of the lanes that stayed', () => {
  const curve = (ys: number[], off?: string): LaneCurve => ({
    position: 0,
    errors: ys.map((y, x) => ({ x, y })),
    losses: [],
    changes: [],
    off,
  });
  const range = (...curves: LaneCurve[]) => sharedRange(curves, ({ errors }) => errors, 0.02, 1);
  const sane = curve([1.5, 0.5, 0.03]);
  expect(range(sane)).toEqual([0.02, 2]);
  expect(range(sane, curve([1.5, 1e18], 'diverged'))).toEqual([0.02, 2]);
  expect(range(curve([4, 1e18], 'diverged'))).toEqual([0.02, 5]);
  expect(range(curve([1e12], 'diverged'))).toEqual([0.02, 1]);
});

import { expect, it } from 'vitest';
import { count } from '../../training/operations.ts';
import type { LaneCost } from '../../worker/lane-cost.ts';
import { inPassesOf } from './passes.ts';

const counted = (step: number, forward: number) =>
  ({ step: 0, cost: { ...count(step, 0), forward: count(forward, 0) } }) as LaneCost;

it('counts all lanes in forward passes of the first, and none before that is counted', () => {
  const costs = new Map([
    ['a', counted(60, 10)],
    ['b', counted(60, 12)],
  ]);
  expect([...inPassesOf('a', costs).values()].map(({ passes }) => passes)).toEqual([6, 6]);
  expect([...inPassesOf('c', costs).values()].map(({ passes }) => passes)).toEqual([undefined, undefined]);
  expect(inPassesOf(undefined, costs).get('b')?.passes).toBeUndefined();
});

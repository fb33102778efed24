import { expect, it } from 'vitest';
import { lanesMoment, restOf } from './lanes-moment.ts';

it('the moment of several lanes is that of the one furthest on', () => {
  const lanes = [
    { step: 1, end: 1 },
    { step: 500, end: 2000 },
  ];
  expect(lanesMoment(lanes)).toEqual({ step: 500, end: 2000 });
  expect(lanesMoment(lanes.slice(0, 1))).toEqual({ step: 1, end: 1 });
});

it('a lane that rests says where', () => {
  expect(restOf({ step: 661, held: true })).toBe('held at step 661');
  expect(restOf({ step: 1200, held: true, divergedAt: 1200 })).toBe('diverged at step 1,200');
  expect(restOf({ step: 3, held: false })).toBeUndefined();
});

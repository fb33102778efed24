import { expect, it } from 'vitest';
import { smallTask } from '../../tests/support/training.ts';
import { type Engine, initialState } from '../training/engine.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import { StepTimer } from './step-time.ts';

const task = smallTask();
const request = { task, state: initialState(task, 1) };

/** Times a step on an engine whose calls take what `ms` says, by a clock that only they move. */
async function timed(ms: (call: number, steps: number) => number, divergesAt = Number.POSITIVE_INFINITY) {
  let time = 0;
  const calls: { steps: number; took: number }[] = [];
  const engine: Engine = {
    ...referenceEngine,
    async advance([{ state }], steps) {
      const took = ms(calls.length, steps);
      time += took;
      calls.push({ steps, took });
      const divergedAt = calls.length > divergesAt ? state.step : undefined;
      return [{ state, losses: new Float64Array(steps), divergedAt }];
    },
  };
  const timer = new StepTimer(request, () => time);
  while (await timer.sample(engine));
  return { msPerStep: timer.msPerStep, calls };
}

it('leaves out a cold first step and does not hold other work up', async () => {
  const { msPerStep, calls } = await timed((call, steps) => (call === 0 ? 65 : 0.5 * steps));
  expect(msPerStep).toBeCloseTo(0.5);
  expect(Math.max(...calls.slice(1).map(({ took }) => took))).toBeLessThanOrEqual(20);
  expect(calls.reduce((sum, { took }) => sum + took, 0)).toBeLessThan(65 + 200);
});

it('forgives interruptions, also one while it finds the length of a sample', async () => {
  for (const busy of [[1], [2, 5], [4, 7, 9]]) {
    const { msPerStep } = await timed((call, steps) => 0.95 * steps + (busy.includes(call) ? 90 : 0));
    expect(msPerStep).toBeCloseTo(0.95);
  }
});

it('times steps that are longer than a sample one by one, within its budget', async () => {
  const { msPerStep, calls } = await timed(() => 70);
  expect(msPerStep).toBe(70);
  expect(calls).toHaveLength(4);
  expect((await timed(() => 500)).calls).toHaveLength(2);
});

it('times steps that a coarse clock hardly sees', async () => {
  let time = 0;
  const { msPerStep } = await timed((_, steps) => {
    const before = Math.floor(time);
    time += 0.3 * steps;
    return Math.floor(time) - before;
  });
  expect(msPerStep).toBeCloseTo(0.3, 1);
});

it('has no time for steps that diverge', async () => {
  expect((await timed(() => 1, 0)).msPerStep).toBeUndefined();
  expect((await timed(() => 1, 5)).msPerStep).toBeUndefined();
});

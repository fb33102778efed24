import { expect, it } from 'vitest';
import { smallTask } from '../../tests/support/training.ts';
import { ChunkSize, chunksUntil } from './chunks.ts';
import { type AdvanceRequest, type Engine, initialState } from './engine.ts';
import { referenceEngine } from './reference-engine.ts';

const task = smallTask();
const request = { task, state: initialState(task, 3) };

/** An engine on whose clock each step takes `msPerStep`, and how many steps were asked of it at once. */
function timed(msPerStep: number, advance: Engine['advance'] = referenceEngine.advance) {
  let time = 0;
  const asked: number[] = [];
  const engine = {
    advance(requests: readonly AdvanceRequest[], steps: number) {
      asked.push(steps);
      time += steps * msPerStep;
      return advance(requests, steps);
    },
  };
  return { engine, asked, now: () => time };
}

it('trains to the very step, in chunks that grow to the time aimed at, with the losses of one go', async () => {
  const { engine, asked, now } = timed(2);
  const size = new ChunkSize(40, now);
  const losses: number[] = [];
  let last: unknown;
  for await (const { state, losses: some, ms } of chunksUntil(engine, request, 70, size)) {
    losses.push(...some);
    expect(ms).toBe(2 * some.length);
    last = state;
  }
  expect(asked).toEqual([1, 8, 20, 20, 20, 1]);
  const [whole] = await referenceEngine.advance([request], 70);
  expect(losses).toEqual([...whole.losses]);
  expect(last).toEqual(whole.state);

  // What was learned of the time of a step holds for the next stop.
  asked.length = 0;
  for await (const _ of chunksUntil(engine, { task, state: whole.state }, 80, size));
  expect(asked[0]).toBeGreaterThan(1);
});

it('ends with the chunk that diverged', async () => {
  const { engine, asked, now } = timed(50, async ([{ state }]) => [
    { state, losses: new Float64Array(0), divergedAt: state.step },
  ]);
  const chunks = [];
  for await (const chunk of chunksUntil(engine, request, 9, new ChunkSize(40, now))) chunks.push(chunk);
  expect(asked).toEqual([1]);
  expect(chunks.map(({ divergedAt }) => divergedAt)).toEqual([0]);
});

import { describe, expect, it } from 'vitest';
import { trainerHere, until } from '../../tests/support/worker.ts';
import { EXPERIMENTS } from '../experiments/table.ts';
import { generateNow } from '../problems/problem.ts';
import { initialState } from '../training/engine.ts';
import { IndirectEngine } from '../training/indirect/engine.ts';
import { resolveConfig } from '../training/presets.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import { problemParams, specsOf } from '../training/specs.ts';
import type { LaneOpened, LaneTelemetry, WorkerEvent } from './protocol.ts';

const STEPS = 14;
const config = resolveConfig({
  experiment: 'reaction-diffusion',
  gradient: 'BP',
  T: 4,
  hidden: [[3]],
  rank: 2,
  batch: [3, 2, 2],
  steps: STEPS,
  trainFunctions: 30,
  testFunctions: 28,
});
const view = { probe: [], silenced: [] };

/** The engine of the tests, with the methods that are computed around it. */
const engine = new IndirectEngine(referenceEngine);
const chooseEngine = async () => ({
  engine,
  report: { engine: 'reference' as const, reason: 'for tests', trials: [] },
});

async function opened(pins = config) {
  const events: WorkerEvent[] = [];
  let losses: number[] = [];
  let last: LaneTelemetry | undefined;
  const trainer = trainerHere(
    (event) => {
      events.push(event);
      if (event.kind !== 'telemetry') return;
      [last] = event.lanes;
      losses = [...losses.slice(0, last.first), ...last.losses];
    },
    { chooseEngine },
  );
  await trainer.handle({ kind: 'open', lane: 'a', config: pins, view });
  const part = (last as LaneTelemetry | undefined)?.opened as LaneOpened;
  const completed = () => events.some((event) => event.kind === 'data');
  return { trainer, part, events, completed, losses: () => losses, last: () => last as LaneTelemetry };
}

/** Losses of the run on data that were complete before the first step. */
async function lossesOnAllData(pins = config): Promise<number[]> {
  const data = generateNow(EXPERIMENTS[pins.experiment], problemParams(pins));
  const task = { specs: specsOf(pins), data: data.train };
  const [chunk] = await engine.advance([{ task, state: initialState(task, pins.seed) }], STEPS);
  return [...chunk.losses];
}

describe('data that stream in', () => {
  it('are opened with a part, and told when they are complete', async () => {
    const { part, events, completed, last } = await opened();
    expect(part.test.factors[0].rows).toBe(25);
    expect(part.operator?.samples.solutions).toHaveLength(10);
    expect(last().prediction?.errors).toHaveLength(25);
    await until(completed);
    const all = events.find((event) => event.kind === 'data');
    expect(all?.opened.test.factors[0].rows).toBe(28);
    expect(all?.opened.operator?.samples.solutions).toHaveLength(30);
    expect(all?.opened.unit).toBe(part.unit);
    const progress = events.flatMap((event) => (event.kind === 'progress' ? [event] : []));
    expect(progress[progress.length - 1]).toMatchObject({ lane: 'a', done: 58, total: 58 });
    const solved = progress.map(({ samples }) => samples?.solutions.length ?? 0);
    expect(solved).toEqual([...solved].sort((a, b) => a - b));
    expect(solved[0]).toBeLessThan(30);
  });

  it('give the identical losses at any speed, which are those on complete data', async () => {
    const expected = await lossesOnAllData();
    const fast = await opened();
    // The first steps are asked for at once: what they draw is solved for them.
    await fast.trainer.handle({ kind: 'step', count: STEPS });
    expect(fast.losses()).toEqual(expected);
    await fast.trainer.handle({ kind: 'seek', step: 5 });
    expect(fast.last().step).toBe(5);
    await fast.trainer.handle({ kind: 'step', count: STEPS - 5 });
    expect(fast.losses()).toEqual(expected);

    const slow = await opened();
    await until(slow.completed);
    for (let step = 0; step < STEPS; step++) await slow.trainer.handle({ kind: 'step', count: 1 });
    expect(slow.losses()).toEqual(expected);
  });

  it('are complete for a fit on all training functions', async () => {
    const pins = { ...config, gradient: 'RF' as const };
    const { trainer, losses } = await opened(pins);
    await trainer.handle({ kind: 'step', count: STEPS });
    expect(losses()).toEqual(await lossesOnAllData(pins));
  });

  it('are complete when errors on all test functions are shown', async () => {
    const { trainer, completed, last } = await opened();
    await trainer.handle({ kind: 'step', count: 1 });
    expect(completed()).toBe(true);
    expect(last().prediction).toMatchObject({ grid: 'stated' });
    expect(last().prediction?.errors).toHaveLength(28);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { trainerHere, until } from '../../tests/support/worker.ts';
import { onBeat } from '../snn/beat.ts';
import type { Engine } from '../training/engine.ts';
import { resolveConfig } from '../training/presets.ts';
import type { Pulse } from '../training/pulse.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import { ThreadCrew } from './crew.ts';
import type { WorkerEvent } from './protocol.ts';

const config = resolveConfig({ T: 4, batch: [8], hidden: [[4]], steps: 1000 });
const other = resolveConfig({ T: 4, batch: [8], hidden: [[5]], steps: 1000 });
const view = { probe: [[0.1, 0.2]], silenced: [] };

/** What is computed for ever, in pieces, while it is `true`. */
const endless = { advance: false, outputs: false };
afterEach(() => {
  endless.advance = false;
  endless.outputs = false;
});

function patient(pulse: Pulse): Engine {
  const during = async (what: keyof typeof endless) => {
    while (endless[what]) await pulse();
  };
  return {
    ...referenceEngine,
    async advance(...call) {
      await during('advance');
      return referenceEngine.advance(...call);
    },
    async outputs(...call) {
      await during('outputs');
      return referenceEngine.outputs(...call);
    },
  };
}

async function opened(answersWithin?: number) {
  const events: WorkerEvent[] = [];
  const trainer = trainerHere((event) => events.push(event), {
    answersWithin,
    chooseEngine: async (_, pulse) => ({
      engine: patient(pulse as Pulse),
      report: { engine: 'reference', reason: 'for tests', trials: [] },
    }),
  });
  await trainer.handle({ kind: 'open', lane: 'a', config, view });
  const steps = () =>
    events.flatMap((event) => (event.kind === 'telemetry' ? event.lanes.map(({ step }) => step) : []));
  return { trainer, events, steps };
}

describe('work that takes long', () => {
  it('a pause in the middle of a step gives the step up, and the run goes on with equal losses', async () => {
    const { trainer, steps, events } = await opened();
    await trainer.handle({ kind: 'play', pace: 'full' });
    await until(() => (steps().at(-1) ?? 0) > 3);
    endless.advance = true;
    await new Promise((resolve) => setTimeout(resolve, 20));
    await trainer.handle({ kind: 'pause' });
    const rested = steps().at(-1) as number;
    endless.advance = false;
    await trainer.handle({ kind: 'step', count: 2 });
    expect(steps().at(-1)).toBe(rested + 2);
    const alone = await opened();
    await alone.trainer.handle({ kind: 'step', count: rested + 2 });
    const losses = (of: WorkerEvent[]) => {
      const all: number[] = [];
      for (const event of of)
        if (event.kind === 'telemetry')
          event.lanes[0].losses.forEach((loss, i) => (all[event.lanes[0].first + i] = loss));
      return all;
    };
    expect(losses(events)).toEqual(losses(alone.events));
  });

  it('a pause is answered while its evaluation takes long, and the next command does not wait for it', async () => {
    const { trainer, events, steps } = await opened(50);
    await trainer.handle({ kind: 'play', pace: 'full' });
    endless.outputs = true;
    await trainer.handle({ kind: 'pause' });
    const sought = trainer.handle({ kind: 'seek', step: 0 });
    const reset = trainer.handle({ kind: 'reset' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    endless.outputs = false;
    await Promise.allSettled([sought, reset]);
    expect(steps().at(-1)).toBe(0);
    expect(events.filter(({ kind }) => kind === 'stopped')).toEqual([]);
  });

  it('a replay that takes long tells how far it is; a pause gives it up, and every lane stays where it was', async () => {
    const { trainer, events, steps } = await opened();
    await trainer.handle({ kind: 'open', lane: 'b', config, view });
    await trainer.handle({ kind: 'step', count: 400 });
    const told = () => events.flatMap((event) => (event.kind === 'replay' ? [event] : []));
    const state = () =>
      events.flatMap((event) => (event.kind === 'telemetry' ? event.lanes : [])).at(-1)?.state;
    const before = state();
    // Of the first steps only few are kept.
    const sought = trainer.handle({ kind: 'seek', step: 399 }).catch((error: Error) => error.name);
    await until(() => told().length > 0);
    expect(told()[0].to).toBe(399);
    endless.advance = true;
    const paused = trainer.handle({ kind: 'pause' });
    expect(await sought).toBe('Interrupted');
    endless.advance = false;
    await paused;
    expect(steps().slice(-2)).toEqual([400, 400]);
    expect(state()).toEqual(before);
    await trainer.handle({ kind: 'seek', step: 399 });
    expect(steps().slice(-2)).toEqual([399, 399]);
  });

  it('other settings do not wait for those that are still being prepared or evaluated', async () => {
    const { trainer, events } = await opened();
    endless.outputs = true;
    const first = trainer.handle({ kind: 'change', lanes: [{ lane: 'a', config: other }] });
    const wide = resolveConfig({ hidden: [[60, 60]] });
    const outcome = trainer
      .handle({ kind: 'change', lanes: [{ lane: 'a', config: wide }] })
      .catch((error: Error) => error.name);
    endless.outputs = false;
    const third = resolveConfig({ T: 4, batch: [8], hidden: [[3]], steps: 1000 });
    const last = await trainer.handle({ kind: 'change', lanes: [{ lane: 'a', config: third }] });
    // What was in force already stays, its evaluation is given up.
    expect((await first)[0].kind).toBe('reset');
    expect(await outcome).toBe('Interrupted');
    expect(last[0].kind).toBe('reset');
    const told = events.flatMap((event) => (event.kind === 'telemetry' ? event.lanes : []));
    expect(told.at(-1)?.opened?.parameters).toBe(3 * 3 + 4);
  });

  it('the first chunk is one step, and a time that is remembered makes it longer', async () => {
    for (const [msPerStep, expected] of [
      [undefined, 1],
      [10, 4],
    ] as const) {
      const chunks: number[] = [];
      const trainer = trainerHere(() => {}, {
        chooseEngine: async () => ({
          engine: {
            ...referenceEngine,
            advance(requests, steps) {
              chunks.push(steps);
              return referenceEngine.advance(requests, steps);
            },
          },
          report: { engine: 'reference', reason: 'for tests', trials: [] },
        }),
      });
      await trainer.handle({ kind: 'open', lane: 'a', config, view, msPerStep });
      await trainer.handle({ kind: 'play', pace: 'full' });
      await until(() => chunks.length > 0);
      await trainer.handle({ kind: 'pause' });
      expect(chunks[0]).toBe(expected);
    }
  });

  it('plain TypeScript tells that it is under way while it cannot be left', async () => {
    let beats = 0;
    onBeat(() => beats++);
    const { trainer } = await opened();
    beats = 0;
    await trainer.handle({ kind: 'step', count: 1 });
    onBeat(undefined);
    expect(beats).toBeGreaterThan(1);
  });
});

describe('a training thread whose file does not arrive', () => {
  it('is not asked for at every chunk', async () => {
    let spawned = 0;
    const crew = new ThreadCrew(
      1,
      () => {
        spawned++;
        const port = {
          onmessage: null,
          onerror: null as ((event: ErrorEvent) => void) | null,
          postMessage() {},
          terminate() {},
        };
        queueMicrotask(() => port.onerror?.({ message: 'no file' } as ErrorEvent));
        return port;
      },
      'reference',
    );
    for (let chunk = 0; chunk < 20; chunk++) {
      const { size, work } = crew.upTo(1);
      if (size > 0) await work(0, { request: {} as never, steps: 1 }).catch(() => undefined);
    }
    expect(spawned).toBe(2);
  });
});

describe('a change of settings', () => {
  it('is not lost when a lane is added right after it', async () => {
    const { trainer, events } = await opened();
    const changed = trainer.handle({ kind: 'change', lanes: [{ lane: 'a', config: other }] });
    await trainer.handle({ kind: 'open', lane: 'b', config: other, view });
    await trainer.handle({ kind: 'engine', choice: 'auto' });
    expect((await changed)[0].kind).toBe('reset');
    const told = events.flatMap((event) => (event.kind === 'telemetry' ? event.lanes : []));
    const a = told.filter(({ lane, config }) => lane === 'a' && config);
    expect(a.at(-1)?.config?.hidden).toEqual([[5]]);
  });
});

describe('single steps', () => {
  it('are all done, however fast they are asked for', async () => {
    const { trainer, steps } = await opened();
    await Promise.all([1, 2, 1].map((count) => trainer.handle({ kind: 'step', count })));
    expect(steps().at(-1)).toBe(4);
  });
});

import { describe, expect, it } from 'vitest';
import { smallTask } from '../../tests/support/training.ts';
import { trainerHere, until } from '../../tests/support/worker.ts';
import { createWasmEngine } from '../kernels/wasm/engine.ts';
import { type Engine, initialState } from '../training/engine.ts';
import { operations } from '../training/operations.ts';
import { resolveConfig } from '../training/presets.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import type { WorkerEvent } from './protocol.ts';
import { type Crew, SideBySide, type Work } from './side-by-side.ts';

const base = { T: 4, batch: [8], hidden: [[4]], steps: 40 } as const;
const view = { probe: [], silenced: [] };

/** A trainer with one lane for each list of settings. */
async function lanes(
  differences: readonly object[],
  crew?: (engine: Engine) => Crew | undefined,
  engine: Engine = referenceEngine,
) {
  const losses = new Map<string, number[]>();
  const steps = new Map<string, number>();
  const events: WorkerEvent[] = [];
  const trainer = trainerHere(
    (event) => {
      events.push(event);
      if (event.kind !== 'telemetry') return;
      for (const lane of event.lanes) {
        const known = losses.get(lane.lane) ?? [];
        known.length = lane.first;
        losses.set(lane.lane, [...known, ...lane.losses]);
        steps.set(lane.lane, lane.step);
      }
    },
    {
      crew,
      chooseEngine: async () => ({
        engine,
        report: { engine: engine.name, reason: 'for tests', trials: [] },
      }),
    },
  );
  for (const [i, difference] of differences.entries())
    await trainer.handle({
      kind: 'open',
      lane: String(i),
      config: resolveConfig({ ...base, ...difference }),
      view,
    });
  return { trainer, losses, steps, events };
}

describe.each([
  ['reference', async () => referenceEngine],
  ['WebAssembly', createWasmEngine],
] as const)('lanes on the %s engine', (_, start) => {
  it('train as each would alone; equal ones are equal, and G and L share the first loss', async () => {
    const engine = await start();
    const settings = [
      { gradient: 'BP' },
      { gradient: 'RFG', scope: 'G' },
      { gradient: 'RFG', scope: 'L' },
      { gradient: 'RFG', scope: 'L' },
      { gradient: 'RFG', surrogate: 'WSG', samples: 2 },
      { gradient: 'WP' },
    ];
    const together = await lanes(settings, undefined, engine);
    await together.trainer.handle({ kind: 'step', count: 12 });
    for (const [i, setting] of settings.entries()) {
      const alone = await lanes([setting], undefined, await start());
      await alone.trainer.handle({ kind: 'step', count: 12 });
      expect(alone.losses.get('0')).toHaveLength(12);
      expect(together.losses.get(String(i))).toEqual(alone.losses.get('0'));
    }
    expect(together.losses.get('2')).toEqual(together.losses.get('3'));
    expect(together.losses.get('1')?.[0]).toBe(together.losses.get('2')?.[0]);
    expect(together.losses.get('1')?.[5]).not.toBe(together.losses.get('2')?.[5]);
  });
});

describe('lanes', () => {
  it('change at the same step while they play; none changes when one cannot', async () => {
    const { trainer, events, losses } = await lanes([{}, { sigma: 0.4 }, { samples: 2, surrogate: 'WSG' }]);
    const changes = [{}, { sigma: 0.4 }, { samples: 2, surrogate: 'WSG' as const }].map((difference, i) => ({
      lane: String(i),
      config: resolveConfig({ ...base, ...difference, gradient: 'RFG' }),
    }));
    const logs = new Map<string, number[]>();
    const read = () => {
      for (const event of events)
        if (event.kind === 'telemetry')
          for (const { lane, changes } of event.lanes)
            if (changes)
              logs.set(
                lane,
                changes.log.map((change) => change.step),
              );
      return [...logs.values()];
    };
    await trainer.handle({ kind: 'play', pace: 'steady' });
    await until(() => (losses.get('0')?.length ?? 0) > 2);
    const unknown = { lane: 'zebra', config: changes[0].config };
    await expect(trainer.handle({ kind: 'change', lanes: [...changes, unknown] })).rejects.toThrow(/zebra/);
    expect(read()).toEqual([[0], [0], [0]]);
    const answers = await trainer.handle({ kind: 'change', lanes: changes });
    expect(answers.map(({ kind }) => kind)).toEqual(['keep', 'keep', 'keep']);
    const [[, step]] = read();
    expect(step).toBeGreaterThan(2);
    expect(read()).toEqual([
      [0, step],
      [0, step],
      [0, step],
    ]);
  });

  it('rest while they are held, and move together again afterwards', async () => {
    const { trainer, steps } = await lanes([{}, { gradient: 'RFG' }]);
    await trainer.handle({ kind: 'step', count: 3 });
    await trainer.handle({ kind: 'hold', lane: '0', held: true });
    await trainer.handle({ kind: 'step', count: 4 });
    expect([...steps.values()]).toEqual([3, 7]);
    await trainer.handle({ kind: 'hold', lane: '0', held: false });
    await trainer.handle({ kind: 'step', count: 2 });
    expect([...steps.values()]).toEqual([5, 9]);
    await trainer.handle({ kind: 'seek', step: 4 });
    expect([...steps.values()]).toEqual([4, 4]);
    await trainer.handle({ kind: 'reset' });
    expect([...steps.values()]).toEqual([0, 0]);
  });

  it.each(['steps', 'cost'] as const)('that are held let the others be sought, by equal %s', async (by) => {
    const { trainer, steps } = await lanes([{}, { gradient: 'RFG' }]);
    await trainer.handle({ kind: 'lockstep', by });
    await trainer.handle({ kind: 'step', count: 3 });
    const [rest] = [...steps.values()];
    await trainer.handle({ kind: 'hold', lane: '0', held: true });
    await trainer.handle({ kind: 'step', count: 20 });
    const end = steps.get('1') as number;
    expect(end).toBeGreaterThan(20);
    await trainer.handle({ kind: 'seek', step: end - 5 });
    expect([...steps.values()]).toEqual([rest, end - 5]);
    await trainer.handle({ kind: 'seek', step: end });
    expect([...steps.values()]).toEqual([rest, end]);
  });

  it('advance by equal cost: the cheap one does more steps, and any moment can be sought', async () => {
    const { trainer, steps, losses } = await lanes([{ gradient: 'BP' }, { gradient: 'RFG', K: 8 }]);
    await trainer.handle({ kind: 'lockstep', by: 'cost' });
    await trainer.handle({ kind: 'step', count: 30 });
    const [bp, rfg] = await Promise.all(['0', '1'].map((lane) => trainer.handle({ kind: 'cost', lane })));
    const ratio = operations(rfg.cost) / operations(bp.cost);
    expect(ratio).toBeGreaterThan(2);
    expect(steps.get('0')).toBe(30);
    expect((steps.get('1') ?? 0) * ratio).toBeGreaterThan(20);
    expect((steps.get('1') ?? 0) * ratio).toBeLessThan(36);
    const all = structuredClone(losses);
    await trainer.handle({ kind: 'reset' });
    for (let i = 0; i < 30; i++) await trainer.handle({ kind: 'step', count: 1 });
    expect(losses).toEqual(all);
    const end = steps.get('1') ?? 0;
    await trainer.handle({ kind: 'seek', step: 12 });
    expect(steps.get('0')).toBe(12);
    expect(Math.abs((steps.get('1') ?? 0) - (end * 12) / 30)).toBeLessThan(1);
    await trainer.handle({ kind: 'step', count: 18 });
    expect(steps.get('0')).toBe(30);
  });

  it('go on when one of them diverges', async () => {
    const broken: Engine = {
      ...referenceEngine,
      // Global perturbation breaks at its fourth step.
      async advance([request], count) {
        const left = 3 - request.state.step;
        if (request.task.specs.method.layerwise || count <= left)
          return referenceEngine.advance([request], count);
        const [chunk] = await referenceEngine.advance([request], left);
        return [{ ...chunk, divergedAt: 3 }];
      },
    };
    const events: WorkerEvent[] = [];
    const trainer = trainerHere((event) => events.push(event), {
      chooseEngine: async () => ({
        engine: broken,
        report: { engine: 'reference', reason: 'for tests', trials: [] },
      }),
    });
    for (const scope of ['G', 'L'] as const)
      await trainer.handle({
        kind: 'open',
        lane: scope,
        config: resolveConfig({ ...base, gradient: 'RFG', scope }),
        view,
      });
    await trainer.handle({ kind: 'play', pace: 'full' });
    await until(() => events.some((event) => event.kind === 'stopped'));
    const last = () => {
      const telemetry = events.filter((event) => event.kind === 'telemetry').pop();
      return telemetry?.lanes.map(({ lane, step, divergedAt }) => [lane, step, divergedAt]);
    };
    const end = [
      ['G', 3, 3],
      ['L', 40, undefined],
    ];
    expect(last()).toEqual(end);
    expect(events.filter((event) => event.kind === 'stopped')).toEqual([
      {
        kind: 'stopped',
        reason: 'finished',
        lanes: [
          { lane: 'G', step: 3, rest: 'diverged' },
          { lane: 'L', step: 40 },
        ],
      },
    ]);
    await trainer.handle({ kind: 'seek', step: 2 });
    expect(last()).toEqual([
      ['G', 2, undefined],
      ['L', 2, undefined],
    ]);
    await trainer.handle({ kind: 'seek', step: 40 });
    expect(last()).toEqual(end);
  });
});

describe('several threads', () => {
  const settings = [{ gradient: 'BP' }, { gradient: 'RFG', scope: 'G' }, { gradient: 'RFG' }];

  it('share the work and compute the same', async () => {
    const shares = [0, 0];
    const crew: Crew = {
      size: 2,
      giveUp() {},
      async work(member, { request, steps }: Work) {
        shares[member]++;
        const copy = structuredClone(request);
        const [chunk] = await referenceEngine.advance([copy], steps);
        return { chunk, ms: 1 };
      },
    };
    const spread = await lanes(settings, () => crew);
    const here = await lanes(settings);
    for (const { trainer } of [spread, here]) await trainer.handle({ kind: 'step', count: 6 });
    expect(shares.every((share) => share > 0)).toBe(true);
    expect(spread.losses).toEqual(here.losses);
  });

  it('do the work of one that died', async () => {
    const dead: Crew = { size: 1, giveUp() {}, work: () => Promise.reject(new Error('gone')) };
    const spread = await lanes(settings, () => dead);
    const here = await lanes(settings);
    for (const { trainer } of [spread, here]) await trainer.handle({ kind: 'step', count: 6 });
    expect(spread.losses).toEqual(here.losses);
  });

  it('give the longest work to the one that has least to do', async () => {
    const seen: number[] = [];
    let time = 0;
    const side = new SideBySide(
      () => (time += 10),
      () => ({
        size: 1,
        giveUp() {},
        async work(_, { request, steps }) {
          seen.push(steps);
          const [chunk] = await referenceEngine.advance([request], steps);
          return { chunk, ms: 1 };
        },
      }),
    );
    const task = smallTask();
    const works = [1, 1, 5].map((steps) => ({ request: { task, state: initialState(task, 1) }, steps }));
    const done = await side.advance(referenceEngine, works);
    expect(done.map(({ chunk }) => chunk.state.step)).toEqual([1, 1, 5]);
    expect(seen).toEqual([1, 1]);
  });
});

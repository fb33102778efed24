import { describe, expect, it } from 'vitest';
import { trainerHere, until } from '../../tests/support/worker.ts';
import type { Config } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import type { ChangeLog, LaneTelemetry, WorkerEvent } from './protocol.ts';

const base = { T: 6, batch: [8], steps: 40, hidden: [[5]] } as const;
const config = resolveConfig(base);
const planned: ChangeLog = [
  { step: 7, config: resolveConfig({ ...base, gradient: 'RFG', K: 2 }) },
  { step: 19, config: resolveConfig({ ...base, localLosses: true }) },
  { step: 26, config: resolveConfig({ ...base, localLosses: true }) },
];
const view = { probe: [[0.1, 0.2]], silenced: [] };

/** A lane opened with planned changes, and what a listener would piece together of it. */
async function opened(plan: ChangeLog = planned) {
  let losses: number[] = [];
  let last: LaneTelemetry | undefined;
  let changes: LaneTelemetry['changes'];
  let method: Config['gradient'] | undefined;
  const events: WorkerEvent[] = [];
  const trainer = trainerHere((event) => {
    events.push(event);
    if (event.kind !== 'telemetry') return;
    const [lane] = event.lanes;
    losses = [...losses.slice(0, lane.first), ...lane.losses];
    changes = lane.changes ?? changes;
    method = lane.config?.gradient ?? method;
    last = lane;
  });
  await trainer.handle({ kind: 'open', lane: 'a', config, view, planned: plan });
  const told = () => ({
    losses,
    log: changes?.log.map((change) => change.step),
    planned: changes?.planned.map((change) => change.step),
    method,
    step: last?.step,
  });
  return { trainer, told, events, state: () => last?.state };
}

/** The same changes made by hand. */
async function byHand() {
  const run = await opened([]);
  let step = 0;
  for (const change of planned) {
    await run.trainer.handle({ kind: 'step', count: change.step - step });
    step = change.step;
    if (change !== planned[2])
      await run.trainer.handle({ kind: 'change', lanes: [{ lane: 'a', config: change.config }] });
    else {
      // There and back at one step: nothing differs but the moments.
      await run.trainer.handle({ kind: 'change', lanes: [{ lane: 'a', config }] });
      await run.trainer.handle({ kind: 'change', lanes: [{ lane: 'a', config: change.config }] });
    }
  }
  await run.trainer.handle({ kind: 'step', count: 40 - step });
  return run;
}

describe('planned changes', () => {
  it('give the identical losses and state as the same changes made by hand', async () => {
    const hand = await byHand();
    const plan = await opened();
    expect(plan.told()).toMatchObject({ log: [0], planned: [7, 19, 26] });
    await plan.trainer.handle({ kind: 'step', count: 40 });
    expect(plan.told()).toEqual({ ...hand.told(), log: [0, 7, 19, 26], planned: [] });
    expect(plan.told().losses).toHaveLength(40);
    expect(plan.state()).toEqual(hand.state());
  });

  it('give the identical losses when played, after a reset, and after seeking back', async () => {
    const run = await opened();
    await run.trainer.handle({ kind: 'play', pace: 'full' });
    await until(() => run.events.some((event) => event.kind === 'stopped'));
    const first = run.told();
    expect(first.losses).toHaveLength(40);
    await run.trainer.handle({ kind: 'reset' });
    expect(run.told()).toMatchObject({ log: [0], planned: [7, 19, 26], method: 'BP', step: 0 });
    await run.trainer.handle({ kind: 'step', count: 40 });
    expect(run.told()).toEqual(first);
    await run.trainer.handle({ kind: 'seek', step: 4 });
    expect(run.told()).toMatchObject({ log: [0, 7, 19, 26], method: 'BP', step: 4 });
    await run.trainer.handle({ kind: 'step', count: 36 });
    expect(run.told()).toEqual(first);
  });

  it('are dropped from where the user changes the run; a reset then starts under the last settings', async () => {
    const run = await opened();
    await run.trainer.handle({ kind: 'step', count: 12 });
    await run.trainer.handle({
      kind: 'change',
      lanes: [{ lane: 'a', config: resolveConfig({ ...base, gradient: 'WP' }) }],
    });
    expect(run.told()).toMatchObject({ log: [0, 7, 12], planned: [] });
    await run.trainer.handle({ kind: 'step', count: 20 });
    await run.trainer.handle({ kind: 'seek', step: 3 });
    await run.trainer.handle({ kind: 'step', count: 10 });
    expect(run.told()).toMatchObject({ log: [0, 7], planned: [], method: 'RFG' });
    await run.trainer.handle({ kind: 'reset' });
    expect(run.told()).toMatchObject({ log: [0], planned: [], method: 'RFG', step: 0 });
  });

  it('go on from a state held from before', async () => {
    const whole = await opened();
    await whole.trainer.handle({ kind: 'step', count: 12 });
    const state = whole.state();
    await whole.trainer.handle({ kind: 'step', count: 28 });
    const resumed = await opened([]);
    await resumed.trainer.handle({
      kind: 'open',
      lane: 'a',
      config: planned[0].config,
      view,
      state,
      past: [{ step: 0, config }, planned[0]],
      planned: planned.slice(1),
    });
    await resumed.trainer.handle({ kind: 'step', count: 28 });
    expect(resumed.told().log).toEqual([0, 7, 19, 26]);
    expect(resumed.told().losses).toEqual(whole.told().losses.slice(12));
  });

  it('start anew at step 0, whatever is changed there', async () => {
    const other = resolveConfig({ ...base, threshold: 0.5, localLosses: true });
    const changed = await opened();
    await changed.trainer.handle({ kind: 'change', lanes: [{ lane: 'a', config: other }] });
    expect(changed.told()).toMatchObject({ log: [0], planned: [] });
    const fresh = await opened([]);
    await fresh.trainer.handle({ kind: 'open', lane: 'a', config: other, view });
    expect(changed.state()).toEqual(fresh.state());
  });
});

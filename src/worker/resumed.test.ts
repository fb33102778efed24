import { describe, expect, it } from 'vitest';
import { trainerHere, until } from '../../tests/support/worker.ts';
import { resolveConfig } from '../training/presets.ts';
import type { LaneTelemetry } from './protocol.ts';

const config = resolveConfig({ T: 6, batch: [8], steps: 400, hidden: [[5]] });
const view = { probe: [[0.1, 0.2]], silenced: [] };

async function opened(more: object = {}) {
  let last: LaneTelemetry | undefined;
  let state: LaneTelemetry['state'];
  const trainer = trainerHere((event) => {
    if (event.kind !== 'telemetry') return;
    [last] = event.lanes;
    state = last.state ?? state;
  });
  await trainer.handle({ kind: 'open', lane: 'a', config, view, ...more });
  const at = async (step: number) => {
    await trainer.handle({ kind: 'seek', step });
    await trainer.handle({ kind: 'pause' });
    return { theta: state?.theta, step: last?.step, end: last?.end };
  };
  return { trainer, at, state: () => state, grid: () => last?.prediction?.grid };
}

describe('a run held from before', () => {
  it('is evaluated on the stated grid where it rests, and a run that begins is not', async () => {
    const whole = await opened();
    await whole.trainer.handle({ kind: 'step', count: 20 });
    const resumed = await opened({ state: whole.state(), past: [{ step: 0, config }] });
    await until(() => resumed.grid() === 'stated');
    const begun = await opened();
    await begun.trainer.handle({ kind: 'ping' });
    expect(begun.grid()).toBe('coarse');
  });

  it('is replayed from its start, exactly, and keeps its end', async () => {
    const whole = await opened();
    await whole.trainer.handle({ kind: 'step', count: 300 });
    const state = whole.state();
    const resumed = await opened({ state, past: [{ step: 0, config }] });
    for (const step of [0, 17, 250, 3, 299, 300]) {
      const replayed = await resumed.at(step);
      expect(replayed).toEqual(await whole.at(step));
      expect(replayed).toMatchObject({ step, end: 300 });
    }
  });

  it('goes on from a moment before the one that was held', async () => {
    const whole = await opened();
    await whole.trainer.handle({ kind: 'step', count: 120 });
    const resumed = await opened({ state: whole.state(), past: [{ step: 0, config }] });
    await resumed.at(40);
    await resumed.trainer.handle({ kind: 'step', count: 20 });
    expect((await resumed.at(60)).end).toBe(60);
    expect(await resumed.at(60)).toMatchObject({ theta: (await whole.at(60)).theta, step: 60 });
  });

  it('is replayed from the state held only, when it was changed before', async () => {
    const other = resolveConfig({ T: 6, batch: [8], steps: 400, hidden: [[5]], gradient: 'RFG' });
    const whole = await opened({ planned: [{ step: 9, config: other }] });
    await whole.trainer.handle({ kind: 'step', count: 30 });
    const past = [
      { step: 0, config },
      { step: 9, config: other },
    ];
    const resumed = await opened({ config: other, state: whole.state(), past });
    expect(await resumed.at(4)).toMatchObject({ step: 30 });
  });

  it('starts from weights of its own until it is another run: reset, replayed, under another method', async () => {
    const seeds = await opened();
    const seeded = (await seeds.at(0)).theta as Float64Array;
    const theta = seeded.map((value) => value / 2);
    const start = {
      theta,
      m: theta.map(() => 0),
      v: theta.map(() => 0),
      step: 0,
      momentSteps: 0,
      seed: config.seed,
    };
    const past = [{ step: 0, config, theta }];
    const whole = await opened({ state: start, past });
    expect((await whole.at(0)).theta).toEqual(theta);
    await whole.trainer.handle({ kind: 'step', count: 50 });
    const state = whole.state();
    const resumed = await opened({ state, past });
    for (const step of [20, 0, 50]) expect(await resumed.at(step)).toEqual(await whole.at(step));
    await resumed.trainer.handle({ kind: 'reset' });
    expect((await resumed.at(0)).theta).toEqual(theta);
    const change = (pinned: object) =>
      resumed.trainer.handle({
        kind: 'change',
        lanes: [{ lane: 'a', config: resolveConfig({ ...pinned }) }],
      });
    const own = { T: 6, batch: [8], steps: 400, hidden: [[5]] };
    await change({ ...own, gradient: 'RFG' });
    expect((await resumed.at(0)).theta).toEqual(theta);
    await change({ ...own, gradient: 'RFG', localLosses: true });
    expect((await resumed.at(0)).theta?.subarray(0, theta.length)).toEqual(theta);
    await change({ ...own, seed: 2 });
    await change(own);
    expect((await resumed.at(0)).theta).toEqual(seeded);
  });
});

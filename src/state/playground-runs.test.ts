import { afterEach, describe, expect, it } from 'vitest';
import { portHere, until } from '../../tests/support/worker.ts';
import { shownPrediction } from './lane-store.ts';
import { runHash } from './link.ts';
import { createPlayground, type Playground, type PlaygroundOptions } from './playground.ts';
import { savedRun } from './saved-run.ts';
import { parseHash } from './url.ts';

const pinned = { T: 4, batch: [8], hidden: [[4]], steps: 40 } as const;
const open: Playground[] = [];

function create(options: Partial<PlaygroundOptions>) {
  const playground = createPlayground({ spawn: () => portHere(), ...options });
  open.push(playground);
  return playground;
}
afterEach(() => {
  for (const playground of open.splice(0)) playground.actions.dispose();
});

const losses = ({ lane }: Playground) => [...lane.getState().losses.values];
const hashOf = ({ app, lane }: Playground) => runHash(app.getState(), lane.getState());

/** A run that was changed by hand twice. */
async function changedRun() {
  const playground = create({ pinned });
  await playground.actions.start();
  await playground.actions.step(10);
  await playground.actions.set({ gradient: 'RFG', K: 2 });
  await playground.actions.step(8);
  await playground.actions.set({ gradient: undefined, K: undefined });
  await playground.actions.step(12);
  return playground;
}

describe('a link', () => {
  it('plays the identical losses again, changes in mid-run included', async () => {
    const first = await changedRun();
    const hash = hashOf(first);
    expect(hash).toBe('#T=4&hidden=4&batch=8&steps=40&then=10:gradient=RFG:K=2,18:gradient=:K=');
    const { pinned: pins, planned, faults } = parseHash(hash);
    expect(faults).toEqual([]);
    const second = create({ pinned: pins, planned, pace: 'full' });
    await second.actions.start();
    expect(hashOf(second)).toBe(`${hash}&pace=full`);
    await second.actions.step(30);
    expect(losses(second)).toEqual(losses(first));
    expect(second.lane.getState().changes).toEqual(first.lane.getState().changes);
    expect(hashOf(second)).toBe(`${hash}&pace=full`);
  });

  it('can be opened on a page that shows another run, and shows the settings in force', async () => {
    const first = await changedRun();
    const second = create({ pinned: { ...pinned, seed: 9 } });
    await second.actions.start();
    await second.actions.step(5);
    await second.actions.open(parseHash(hashOf(first)));
    expect(second.app.getState().status).toBe('ready');
    expect(second.lane.getState()).toMatchObject({ step: 0, changes: [] });
    await second.actions.step(12);
    expect(second.app.getState().config.gradient).toBe('RFG');
    await second.actions.step(18);
    expect(second.app.getState().config.gradient).toBe('BP');
    expect(losses(second)).toEqual(losses(first));
    await second.actions.reset();
    await second.actions.step(30);
    expect(losses(second)).toEqual(losses(first));
  });

  it('is of the run as it is once the user has changed it', async () => {
    const playground = await changedRun();
    await playground.actions.seek(4);
    await playground.actions.set({ gradient: 'WP' });
    expect(hashOf(playground)).toMatch(/then=4:gradient=WP$/);
    await playground.actions.reset();
    expect(hashOf(playground)).toBe('#gradient=WP&T=4&hidden=4&batch=8&steps=40');
  });
});

describe('the recorded run', () => {
  it('is shown before the worker answers and until training starts', async () => {
    const { app, lane, actions } = create({});
    expect(lane.getState().recording).toMatchObject({ step: 5000 });
    expect(lane.getState().prediction?.values.length).toBe(33 * 33);
    const error = lane.getState().prediction?.error ?? 0;
    await actions.start();
    expect(app.getState().status).toBe('ready');
    expect(lane.getState()).toMatchObject({ step: 5000, recording: { step: 5000 } });
    expect(shownPrediction(lane.getState())?.error).toBeCloseTo(error, 3);
    expect(lane.getState().losses.length).toBe(5000);
    const shown: (number | undefined)[] = [];
    const stop = lane.subscribe((state) => !state.recording && shown.push(shownPrediction(state)?.step));
    await actions.step(2);
    stop();
    // The error of the recording is not taken for that of the new run, not for a moment.
    expect(shown).toContain(undefined);
    expect(shown).not.toContain(5000);
    expect(lane.getState()).toMatchObject({ step: 2, end: 2, recording: undefined });
    expect(lane.getState().losses.length).toBe(2);
    expect(lane.getState().metrics.every((metric) => metric.step <= 2)).toBe(true);
  });

  it('can be moved through, and goes on from any moment', async () => {
    const { lane, actions } = create({});
    await actions.start();
    await actions.seek(6);
    expect(lane.getState()).toMatchObject({ step: 6, end: 5000, recording: undefined });
    const replayed = Float32Array.from(lane.getState().state?.theta ?? []);
    await actions.step(2);
    expect(lane.getState()).toMatchObject({ step: 8, end: 8 });
    expect(lane.getState().losses.length).toBe(8);
    await actions.reset();
    await actions.step(6);
    expect(Float32Array.from(lane.getState().state?.theta ?? [])).toEqual(replayed);
  });

  it('gives way to a change of settings', async () => {
    const { lane, actions } = create({});
    await actions.start();
    await actions.set({ gradient: 'RFG' });
    expect(lane.getState()).toMatchObject({ step: 0, recording: undefined, changes: [] });
    expect(lane.getState().state?.step).toBe(0);
  });

  it('is not shown for a link to another run', () => {
    expect(create({ pinned }).lane.getState().recording).toBeUndefined();
    const { planned } = parseHash('#then=5:gradient=RFG');
    expect(create({ planned }).lane.getState().recording).toBeUndefined();
  });
});

it('a run goes on from a file as it would have gone on', async () => {
  const first = await changedRun();
  const held = savedRun(first.lane.getState());
  if (!held) throw new Error('no state');
  await first.actions.step(5);
  const second = create({});
  await second.actions.start();
  expect(held.metrics?.length).toBeGreaterThan(0);
  await second.actions.load(held);
  expect(second.lane.getState().metrics).toEqual(expect.arrayContaining([...(held.metrics ?? [])]));
  expect(second.lane.getState()).toMatchObject({ step: 30, recording: undefined });
  expect(second.lane.getState().changes).toHaveLength(2);
  await second.actions.step(5);
  expect(losses(second)).toEqual(losses(first));
  // The curve goes on where it was, and so does the time that training took.
  const { metrics } = second.lane.getState();
  expect(metrics[0].step).toBe(0);
  const times = metrics.map(({ ms }) => ms ?? Number.NaN);
  expect(times.every((ms, i) => i === 0 || ms >= times[i - 1])).toBe(true);
  expect(times[times.length - 1]).toBeGreaterThan(0);
  await until(() => second.app.getState().status === 'paused');
});

it('says of an end no more than holds: not after a reset, not after one more step', async () => {
  const { actions, app, lane } = create({ pinned: { ...pinned, steps: 2 }, pace: 'full' });
  await actions.start();
  for (const on of [() => actions.reset(), () => actions.step()]) {
    await actions.play();
    await until(() => app.getState().status === 'finished');
    expect(app.getState().notice?.text).toBe('finished after 2 steps');
    await on();
    expect(app.getState().notice).toBeUndefined();
  }
  expect(lane.getState().step).toBe(3);
});

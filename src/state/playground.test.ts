import { afterEach, describe, expect, it } from 'vitest';
import { portHere, until } from '../../tests/support/worker.ts';
import { createPlayground, type Playground } from './playground.ts';

const pinned = { T: 4, batch: [8], hidden: [[4]], steps: 40 } as const;
const open: Playground[] = [];

async function started(spawn = () => portHere()) {
  const playground = createPlayground({ spawn, pinned });
  open.push(playground);
  await playground.actions.start();
  return playground;
}
afterEach(() => {
  for (const playground of open.splice(0)) playground.actions.dispose();
});

describe('createPlayground', () => {
  it('is ready with data, an engine and a first picture', async () => {
    const { app, lane } = await started();
    expect(app.getState()).toMatchObject({ status: 'ready', engine: { engine: 'wasm' } });
    expect(lane.getState().data?.coarse.target.length).toBe(33 * 33);
    expect(lane.getState().prediction?.step).toBe(0);
  });

  it('plays to the end of the schedule and repeats it after a reset', async () => {
    const { app, lane, actions } = await started();
    await actions.setPace('full');
    await actions.play();
    await until(() => app.getState().status === 'finished');
    const first = [...lane.getState().losses.values];
    expect(first).toHaveLength(40);
    await actions.reset();
    expect(app.getState().status).toBe('ready');
    expect(lane.getState().losses.length).toBe(0);
    await actions.step(40);
    expect([...lane.getState().losses.values]).toEqual(first);
    expect(lane.getState().metrics.some((metric) => metric.step === 40 && metric.grid === 'stated')).toBe(
      true,
    );
  });

  it('says whether a change keeps the weights', async () => {
    const { app, lane, actions } = await started();
    await actions.step(6);
    const theta = lane.getState().state?.theta;
    await actions.set({ gradient: 'RFG', scope: 'G' });
    expect(app.getState().notice?.text).toMatch(/SG-RFG-G from step 6 on: weights kept/);
    expect(lane.getState().state?.theta).toEqual(theta);
    await actions.set({ T: 5 });
    expect(app.getState().notice?.text).toMatch(/starts anew/);
    expect(lane.getState().step).toBe(0);
    expect(app.getState().status).toBe('ready');
  });

  it('says nothing of the run before beside the first step of the next', async () => {
    const { app, lane, actions } = await started();
    await actions.step(6);
    await actions.set({ gradient: 'RFG', scope: 'G' });
    const before = app.getState().notice?.text;
    expect(before).toContain('from step 6 on');
    const beside: (string | undefined)[] = [];
    lane.subscribe(({ step }) => step === 0 && beside.push(app.getState().notice?.text));
    await actions.set({ T: 5 });
    expect(beside.length).toBeGreaterThan(0);
    expect(beside).not.toContain(before);
  });

  it('refuses a wrong value by name and keeps everything', async () => {
    const { app, lane, actions } = await started();
    await actions.step(3);
    await actions.set({ K: 1000 });
    expect(app.getState().notice).toEqual({
      kind: 'error',
      text: 'K: 1000 is not allowed; allowed: a whole number from 1 to 32',
    });
    expect(app.getState().config.K).toBe(1);
    expect(lane.getState().step).toBe(3);
  });

  it('unpins a field with undefined', async () => {
    const { app, actions } = await started();
    await actions.set({ rate: 0.5 });
    expect(app.getState().config.rate).toBe(0.5);
    await actions.set({ rate: undefined });
    expect(app.getState().config.rate).toBe(0.02);
    expect(app.getState().pinned).not.toHaveProperty('rate');
  });

  it('goes to another experiment without what that refuses, and says so', async () => {
    const { app, actions } = await started();
    await actions.replace({ experiment: 'forecast', gradient: 'S-SWIM', T: 8, hidden: [[4], [3]], rank: 2 });
    await actions.addLane({ gradient: 'RF' });
    await actions.addLane({ gradient: 'S-SWIM', neuron: 'LIF' });
    await actions.set({ experiment: 'hat' });
    const { config, pinned: kept, notice, comparison, status } = app.getState();
    expect(config).toMatchObject({ experiment: 'hat', gradient: 'BP', T: 8, hidden: [[16, 16]] });
    expect(kept).toEqual({ experiment: 'hat', T: 8, rank: 2 });
    expect(comparison.lanes.map(({ difference }) => difference)).toEqual([{ gradient: 'RF' }]);
    expect(notice).toEqual({
      kind: 'info',
      text: 'Hidden widths 4/3 and Gradient S-SWIM do not go with hat, whose own is used\nLanes that do not go with hat are closed',
    });
    expect(status).toBe('ready');
  });

  it('stays where another experiment refuses what is no setting of its own', async () => {
    const { app, actions } = await started();
    const { pinned: before } = app.getState();
    await actions.set({ experiment: 'poisson', K: 1000 });
    expect(app.getState().notice?.text).toMatch(/^K: 1000 is not allowed/);
    expect(app.getState().pinned).toEqual(before);
  });

  it('seeks and silences', async () => {
    const { lane, actions } = await started();
    await actions.step(20);
    await actions.seek(5);
    expect(lane.getState()).toMatchObject({ step: 5, end: 20 });
    const whole = lane.getState().prediction?.error;
    await actions.toggleSilenced({ factor: 0, depth: 0, neuron: 0 });
    expect(lane.getState().prediction?.error).not.toBe(whole);
    await actions.toggleSilenced({ factor: 0, depth: 0, neuron: 0 });
    expect(lane.getState().view.silenced).toEqual([]);
  });

  it('a recorded run comes back after a lesson that ran something else', async () => {
    const playground = createPlayground({ spawn: () => portHere() });
    open.push(playground);
    const { app, lane, actions } = playground;
    await actions.start();
    const { losses, metrics, prediction, state } = lane.getState();
    const presentation = { ...app.getState().presentation, lesson: { lesson: 5, scene: 2 } };
    const { comparison } = app.getState();
    await actions.open({
      pinned: { T: 2, batch: [4], hidden: [[2]] },
      planned: [],
      presentation,
      comparison,
    });
    expect(lane.getState().recording).toBeUndefined();
    // Back to the address of the page as it opens.
    const left = { ...presentation, lesson: undefined };
    await actions.open({ pinned: {}, planned: [], presentation: left, comparison });
    expect(lane.getState()).toMatchObject({ recording: { step: 5000 }, step: 5000, end: 5000, metrics });
    expect(lane.getState().losses.length).toBe(losses.length);
    expect(lane.getState().state?.theta).toEqual(state?.theta);
    expect(lane.getState().prediction?.step).toBe(prediction?.step);
    // A run of one's own stays.
    await actions.step(2);
    app.setState({ presentation });
    await actions.open({ pinned: {}, planned: [], presentation: left, comparison });
    expect(lane.getState()).toMatchObject({ recording: undefined, step: 2, end: 2 });
  });

  it('a run that starts anew has its own neurons and inputs', async () => {
    const { lane, actions } = await started();
    const home = lane.getState().view.probe;
    await actions.step(3);
    await actions.toggleSilenced({ factor: 0, depth: 0, neuron: 3 });
    await actions.set({ hidden: [[2]] });
    expect(lane.getState().view.silenced).toEqual([]);
    await actions.step(2);
    expect(lane.getState().metrics.some((metric) => metric.step === 2)).toBe(true);

    const there = lane.getState().probe?.membranes;
    await actions.set({ experiment: 'poisson', trainFunctions: 10, testFunctions: 10, batch: [4, 4] });
    await actions.set({ experiment: undefined, batch: [8] });
    expect(lane.getState().view.probe).toEqual(home);
    await actions.step(2);
    expect(lane.getState().probe?.membranes).toEqual(there);
  });

  it('marks changes of method and shows the method of the step sought', async () => {
    const { app, lane, actions } = await started();
    await actions.step(10);
    await actions.set({ gradient: 'RFG' });
    await actions.step(10);
    expect(lane.getState().changes).toMatchObject([{ step: 10, method: 'SG-RFG-L', before: 'SG-BP' }]);
    await actions.seek(4);
    expect(app.getState().config).toEqual(lane.getState().config);
    expect(app.getState().config.gradient).toBe('BP');
    expect(app.getState().pinned).toMatchObject(pinned);
    await actions.seek(20);
    expect(app.getState().config.gradient).toBe('RFG');
    await actions.seek(4);
    await actions.step(1);
    expect(lane.getState().changes).toEqual([]);
  });

  it('plays on when play is pressed while a step is still being done', async () => {
    const { app, actions } = await started();
    const step = actions.step(5);
    void actions.play();
    await step;
    expect(app.getState().status).toBe('playing');
    await until(() => app.getState().status === 'finished');
  });

  it('plays when play is pressed before the worker is ready', async () => {
    const playground = createPlayground({ spawn: () => portHere(), pinned, pace: 'full' });
    open.push(playground);
    void playground.actions.start();
    void playground.actions.play();
    expect(playground.app.getState().status).toBe('playing');
    await until(() => playground.app.getState().status === 'finished');
    expect(playground.lane.getState().losses.length).toBe(40);
  });

  it('goes on from the last state when the worker dies', async () => {
    const ports: ReturnType<typeof portHere>[] = [];
    const { app, lane, actions } = await started(() => {
      ports.push(portHere());
      return ports[ports.length - 1];
    });
    await actions.step(10);
    const theta = lane.getState().state?.theta;
    const losses = [...lane.getState().losses.values];
    ports[0].onerror?.({ message: 'the tab ran out of memory' } as ErrorEvent);
    await until(() => app.getState().status === 'ready' && ports.length === 2 && lane.getState().step === 10);
    expect(app.getState().notice?.text).toMatch(/out of memory; training goes on from step 10/);
    expect(lane.getState().state?.theta).toEqual(theta);
    await actions.step(5);
    const after = [...lane.getState().losses.values];
    expect(after).toHaveLength(15);
    expect(after.slice(0, 10)).toEqual(losses);
  });
});

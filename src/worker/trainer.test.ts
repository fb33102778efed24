import { describe, expect, it } from 'vitest';
import { smallTask } from '../../tests/support/training.ts';
import { trainerHere, until } from '../../tests/support/worker.ts';
import type { Config } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import type { LaneTelemetry, WorkerEvent } from './protocol.ts';

const config = resolveConfig({ T: 8, batch: [16], steps: 60, hidden: [[6, 6]] });
const view = { probe: [[0.1, 0.2]], silenced: [] };

/** Losses and metrics as a listener would piece them together. */
function listener() {
  const events: WorkerEvent[] = [];
  let losses: number[] = [];
  let last: LaneTelemetry | undefined;
  const configs: Config[] = [];
  const onEvent = (event: WorkerEvent) => {
    events.push(event);
    if (event.kind !== 'telemetry') return;
    for (const lane of event.lanes) {
      losses = [...losses.slice(0, lane.first), ...lane.losses];
      last = lane;
      if (lane.config) configs.push(lane.config);
    }
  };
  return { events, onEvent, configs, losses: () => losses, last: () => last as LaneTelemetry };
}

async function opened(pins = config) {
  const heard = listener();
  const trainer = trainerHere(heard.onEvent);
  await trainer.handle({ kind: 'open', lane: 'a', config: pins, view });
  return { trainer, heard };
}

describe('Trainer', () => {
  it('opens a lane with its data and shows the untrained network', async () => {
    const { heard } = await opened();
    expect(heard.last().opened?.coarse.target.length).toBe(33 * 33);
    expect(heard.last().opened?.parameters).toBe(6 * 3 + 6 * 7 + 7);
    expect(heard.last().step).toBe(0);
    expect(heard.last().prediction?.values.length).toBe(33 * 33);
    expect(heard.last().probe?.spikes[0][1].length).toBe(8 * 6);
  });

  it('steps and rests on the stated grid', async () => {
    const { trainer, heard } = await opened();
    await trainer.handle({ kind: 'step', count: 5 });
    expect(heard.losses()).toHaveLength(5);
    expect(heard.last().prediction?.grid).toBe('stated');
    expect(heard.last().metrics.map((metric) => metric.grid)).toContain('stated');
  });

  it('rests while the page has the cores, and goes on', async () => {
    const heard = listener();
    let resting = true;
    const trainer = trainerHere(heard.onEvent, { yields: () => resting });
    await trainer.handle({ kind: 'open', lane: 'a', config, view });
    await trainer.handle({ kind: 'play', pace: 'full' });
    for (let i = 0; i < 20; i++) await trainer.handle({ kind: 'ping' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard.losses()).toHaveLength(0);
    resting = false;
    await until(() => heard.losses().length > 0);
    await trainer.handle({ kind: 'pause' });
  });

  it('measures the error for other T', async () => {
    const { trainer, heard } = await opened();
    const times = [1, 4, 8];
    const answer = await trainer.handle({ kind: 'staircase', lane: 'a', times, grid: 'coarse' });
    expect(answer).toMatchObject({ step: 0, grid: 'coarse', times });
    expect(answer.errors).toHaveLength(3);
    expect(answer.errors[2]).toBeCloseTo(heard.last().prediction?.error ?? 0, 6);
  });

  it('measures the error of a network that reads a series by how much of its windows it is fed', async () => {
    const heard = listener();
    const trainer = trainerHere(heard.onEvent);
    const forecast = resolveConfig({ experiment: 'forecast', hidden: [[12], [6]], rank: 4, readDecay: 1 });
    await trainer.handle({ kind: 'open', lane: 'a', config: forecast, view });
    await trainer.handle({ kind: 'step', count: 40 });
    await until(() => heard.last().prediction?.step === 40);
    const { grid, error } = heard.last().prediction!;
    const ask = (times: number[]) => trainer.handle({ kind: 'staircase', lane: 'a', times, grid });
    const { errors } = await ask([1, 12, 24]);
    expect(errors[2]).toBeCloseTo(error, 6);
    expect(new Set(errors).size).toBe(3);
    await expect(ask([25])).rejects.toThrow('time steps: 25 is not allowed; allowed: at most 24');
  });

  it('says what the next step costs and does not move', async () => {
    const { trainer, heard } = await opened();
    const answer = await trainer.handle({ kind: 'cost', lane: 'a' });
    const task = smallTask(config);
    expect(answer.step).toBe(0);
    expect(answer.msPerStep).toBeGreaterThan(0);
    expect(answer.cost.parts.map(({ name }) => name)).toEqual([
      'simulation',
      'output',
      'surrogate',
      'reverse',
      'update',
    ]);
    // The update touches every parameter: 9 products each with Adam, 2 for each of 3 layers.
    const update = answer.cost.parts.find(({ name }) => name === 'update');
    expect(update?.multiplications).toBe(9 * task.specs.layout.size + 6);
    await trainer.handle({ kind: 'step', count: 1 });
    expect(heard.losses()).toHaveLength(1);
  });

  it('times a step by the median over the run, of the settings and engine in force', async () => {
    const { trainer, heard } = await opened();
    const timed = async () => {
      const { msPerStep } = await trainer.handle({ kind: 'cost', lane: 'a' });
      expect(heard.last().msPerStep).toBe(msPerStep);
      return msPerStep;
    };
    // Every look at the clock moves it by 5 ms, so a chunk takes 5 ms whatever its length: the last one is the slowest a step.
    for (const count of [10, 10, 10, 10, 1]) await trainer.handle({ kind: 'step', count });
    expect(await timed()).toBeCloseTo(0.5);
    const other = { ...config, gradient: 'RFG', scope: 'L' } as const;
    await trainer.handle({ kind: 'change', lanes: [{ lane: 'a', config: other }] });
    expect(heard.last().msPerStep).toBeUndefined();
    for (let i = 0; i < 4; i++) await trainer.handle({ kind: 'step', count: 2 });
    expect(await timed()).toBeCloseTo(2.5);
    await trainer.handle({ kind: 'seek', step: 20 });
    expect(await timed()).toBeCloseTo(0.5);
    await trainer.handle({ kind: 'engine', choice: 'reference' });
    for (let i = 0; i < 4; i++) await trainer.handle({ kind: 'step', count: 1 });
    expect(await timed()).toBeCloseTo(5);
    await trainer.handle({ kind: 'reset' });
    expect(heard.last().msPerStep).toBeUndefined();
  });

  it('counts the next step by BP, RFG and WP as well', async () => {
    const { trainer, heard } = await opened();
    const methods = await trainer.handle({ kind: 'methods', lane: 'a' });
    const { cost } = await trainer.handle({ kind: 'cost', lane: 'a' });
    expect(methods[0].method).toBe('SG-BP');
    expect(methods[0].cost).toEqual(cost);
    expect(methods.map(({ gradient }) => gradient)).toContain('WP');
    await trainer.handle({ kind: 'step', count: 1 });
    expect(heard.losses()).toHaveLength(1);
  });

  it('plays to the end of the schedule, and the reset run has the identical losses', async () => {
    const { trainer, heard } = await opened();
    await trainer.handle({ kind: 'play', pace: 'full' });
    await until(() => heard.events.some((event) => event.kind === 'stopped'));
    const first = heard.losses();
    expect(first).toHaveLength(60);
    await trainer.handle({ kind: 'reset' });
    expect(heard.last().step).toBe(0);
    await trainer.handle({ kind: 'step', count: 7 });
    await trainer.handle({ kind: 'step', count: 53 });
    expect(heard.losses()).toEqual(first);
  });

  it('seeks any step it has passed and goes on from there with the same losses', async () => {
    const { trainer, heard } = await opened();
    await trainer.handle({ kind: 'step', count: 40 });
    const first = heard.losses();
    await trainer.handle({ kind: 'seek', step: 13 });
    expect(heard.last().step).toBe(13);
    expect(heard.last().end).toBe(40);
    expect(heard.losses()).toEqual(first);
    await trainer.handle({ kind: 'step', count: 10 });
    expect(heard.last().end).toBe(23);
    expect(heard.losses()).toEqual(first.slice(0, 23));
  });

  it('keeps weights when the method changes and replays across the change', async () => {
    const { trainer, heard } = await opened();
    await trainer.handle({ kind: 'step', count: 20 });
    const before = heard.last().state?.theta;
    const other = { ...config, gradient: 'RFG', scope: 'L' } as const;
    const [answer] = await trainer.handle({ kind: 'change', lanes: [{ lane: 'a', config: other }] });
    expect(answer.kind).toBe('keep');
    expect(heard.last().state?.theta).toEqual(before);
    expect(heard.last().state?.m.every((m) => m === 0)).toBe(true);
    await trainer.handle({ kind: 'step', count: 20 });
    const state = heard.last().state;
    await trainer.handle({ kind: 'seek', step: 10 });
    await trainer.handle({ kind: 'seek', step: 40 });
    // Told when it is another one than before.
    expect(heard.configs.map(({ gradient }) => gradient)).toEqual(['BP', 'RFG', 'BP', 'RFG']);
    expect(heard.last().state).toEqual(state);
  });

  it('carries the weights into a network with local heads and back', async () => {
    const { trainer, heard } = await opened();
    await trainer.handle({ kind: 'step', count: 5 });
    const before = heard.last().state?.theta ?? new Float64Array();
    await trainer.handle({
      kind: 'change',
      lanes: [{ lane: 'a', config: { ...config, localLosses: true } }],
    });
    const after = heard.last().state?.theta ?? new Float64Array();
    expect(after.length).toBe(before.length + 14);
    expect(after.slice(0, before.length)).toEqual(before);
    await trainer.handle({ kind: 'change', lanes: [{ lane: 'a', config }] });
    expect(heard.last().state?.theta).toEqual(before);
  });

  it('starts anew when shape, data or seed change', async () => {
    const { trainer, heard } = await opened();
    await trainer.handle({ kind: 'step', count: 5 });
    const [answer] = await trainer.handle({
      kind: 'change',
      lanes: [{ lane: 'a', config: { ...config, seed: 9 } }],
    });
    expect(answer.kind).toBe('reset');
    expect(heard.last().step).toBe(0);
    expect(heard.losses()).toEqual([]);
  });

  it('evaluates the first steps too, although the pace leaves little training to pay for it', async () => {
    const { trainer, heard } = await opened();
    await trainer.handle({ kind: 'play', pace: 'log' });
    await until(() => heard.last().step > 8);
    await trainer.handle({ kind: 'pause' });
    const measured = heard.events.flatMap((event) =>
      event.kind === 'telemetry' ? event.lanes[0].metrics.map((metric) => metric.step) : [],
    );
    expect(new Set(measured.filter((step) => step > 0 && step <= 8)).size).toBeGreaterThan(2);
  });

  it('says when a run diverges and keeps the last finite state', async () => {
    const { trainer, heard } = await opened(
      resolveConfig({ ...config, optimiser: 'sgd', rate: 100, schedule: 'constant', steps: 1000 }),
    );
    await trainer.handle({ kind: 'play', pace: 'full' });
    await until(() => heard.events.some((event) => event.kind === 'stopped'));
    const stop = heard.events.find((event) => event.kind === 'stopped');
    expect(stop).toMatchObject({
      reason: 'diverged',
      lanes: [{ lane: 'a', step: expect.any(Number), rest: 'diverged' }],
    });
    expect(heard.last().state?.theta.every(Number.isFinite)).toBe(true);
    expect(heard.losses().every(Number.isFinite)).toBe(true);
  });

  it('a silenced neuron changes what is shown and neither the training nor its curve', async () => {
    const plain = await opened();
    const cut = await opened();
    await plain.trainer.handle({ kind: 'step', count: 10 });
    await cut.trainer.handle({
      kind: 'view',
      lane: 'a',
      view: { ...view, silenced: [0, 1, 2].map((neuron) => ({ factor: 0, depth: 1, neuron })) },
    });
    await cut.trainer.handle({ kind: 'step', count: 10 });
    expect(cut.heard.losses()).toEqual(plain.heard.losses());
    const curve = (heard: typeof cut.heard) =>
      heard.last().metrics.map(({ step, value, grid }) => ({ step, value, grid }));
    expect(curve(cut.heard)).toEqual(curve(plain.heard));
    expect(curve(cut.heard)).not.toEqual([]);
    expect(cut.heard.last().prediction?.error).not.toBe(plain.heard.last().prediction?.error);
  });

  it('evaluates nothing again when only the probe moves', async () => {
    const { trainer, heard } = await opened();
    await trainer.handle({ kind: 'step', count: 4 });
    const before = heard.last().probe?.output;
    await trainer.handle({ kind: 'view', lane: 'a', view: { ...view, probe: [[-0.5, 0.75]] } });
    expect(heard.last().prediction).toBeUndefined();
    expect(heard.last().probe?.output).not.toBe(before);
  });

  it('shows another T without training with it', async () => {
    const { trainer, heard } = await opened();
    await trainer.handle({ kind: 'view', lane: 'a', view: { ...view, inferenceT: 32 } });
    expect(heard.last().probe?.T).toBe(32);
    expect(heard.last().probe?.spikes[0][0].length).toBe(32 * 6);
  });

  it('gives the rate of every neuron over the coarse grid', async () => {
    const { trainer } = await opened();
    const rates = await trainer.handle({ kind: 'rates', lane: 'a', factor: 0, depth: 0 });
    expect(rates.length).toBe(33 * 33 * 6);
    expect(Math.max(...rates)).toBeLessThanOrEqual(8);
  });

  it('two equal lanes give equal losses', async () => {
    const sums = new Map<string, number[]>();
    const trainer = trainerHere((event) => {
      if (event.kind === 'telemetry')
        for (const lane of event.lanes) sums.set(lane.lane, [...(sums.get(lane.lane) ?? []), ...lane.losses]);
    });
    await trainer.handle({ kind: 'open', lane: 'a', config, view });
    await trainer.handle({ kind: 'open', lane: 'b', config, view });
    await trainer.handle({ kind: 'step', count: 6 });
    expect(sums.get('a')).toHaveLength(6);
    expect(sums.get('b')).toEqual(sums.get('a'));
  });

  it('names a lane that is not open', async () => {
    const { trainer } = await opened();
    await expect(trainer.handle({ kind: 'rates', lane: 'zebra', factor: 0, depth: 0 })).rejects.toThrow(
      /zebra.*open: a/,
    );
  });
});

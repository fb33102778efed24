import { describe, expect, it } from 'vitest';
import { trainerHere, until } from '../../tests/support/worker.ts';
import { EXPERIMENTS } from '../experiments/table.ts';
import { whole } from '../problems/parts.ts';
import { generateNow, relativeL2 } from '../problems/problem.ts';
import { baselineConfig } from '../training/baseline-config.ts';
import { advanceTanh, baselineOutput, tanhOutputs } from '../training/baselines.ts';
import type { Config, Pinned } from '../training/config.ts';
import { initialState } from '../training/engine.ts';
import { resolveConfig } from '../training/presets.ts';
import { problemParams, specsOf } from '../training/specs.ts';
import { measuredSteps } from './lane-baselines.ts';
import type { BaselinesReport, WorkerEvent } from './protocol.ts';

const view = { probe: [], silenced: [] };

async function opened(pinned: Pinned) {
  const events: WorkerEvent[] = [];
  const trainer = trainerHere((event) => events.push(event));
  const config = resolveConfig({ T: 4, hidden: [[3]], steps: 30, ...pinned });
  await trainer.handle({ kind: 'open', lane: 'a', config, view });
  const ask = (request: 'open' | 'more') => trainer.handle({ kind: 'baselines', lane: 'a', request });
  const steps = () =>
    events.flatMap((event) => (event.kind === 'telemetry' ? [event.lanes[0].step] : [])).pop() ?? 0;
  return { trainer, config, ask, steps, events };
}

/** All pieces, as many as it takes. */
async function finished(ask: (request: 'open' | 'more') => Promise<BaselinesReport>) {
  let report = await ask('open');
  let pieces = 0;
  for (; report.state === 'working'; pieces++) report = await ask('more');
  return { report, pieces };
}

/** The same as the command line computes them: all at once. */
function expected(run: Config) {
  const config = baselineConfig(run);
  const data = generateNow(EXPERIMENTS[config.experiment], problemParams(config));
  const { network } = specsOf(config);
  const task = { specs: specsOf(config), data: data.train };
  const { state } = advanceTanh({ task, state: initialState(task, config.seed) }, config.steps);
  const errorOf = (name: 'nothing-learned' | 'least-squares') =>
    relativeL2(whole(baselineOutput(name, config, data)), data.test);
  return {
    nothing: errorOf('nothing-learned'),
    leastSquares: errorOf('least-squares'),
    tanh: relativeL2(tanhOutputs(network, state.theta, data.test), data.test),
  };
}

describe('baselines of a lane', () => {
  it('come in pieces while training goes on, and are those that the command line computes', async () => {
    const { trainer, config, ask, steps } = await opened({
      ...({ experiment: 'poisson', rank: 2, batch: [4, 4], trainFunctions: 40, testFunctions: 900 } as const),
      gradient: 'BP',
    });
    await trainer.handle({ kind: 'play', pace: 'full' });
    const { report, pieces } = await finished(ask);
    expect(pieces).toBeGreaterThan(5);
    await until(() => steps() > 0);
    const { nothing, leastSquares, tanh } = expected(config);
    expect(report.errors).toEqual([
      { name: 'nothing-learned', error: nothing },
      { name: 'least-squares', error: leastSquares },
    ]);
    expect(report).toMatchObject({ steps: 30, step: 30, state: 'done' });
    expect(report.curve.map(({ step, grid }) => `${grid} ${step}`)).toEqual([
      ...measuredSteps(30).map((step) => `coarse ${step}`),
      'stated 30',
    ]);
    expect(report.curve[report.curve.length - 1].value).toBeCloseTo(tanh, 12);
    await trainer.handle({ kind: 'pause' });
  });

  it('wait for solutions that are missing', async () => {
    const { ask, events } = await opened({
      ...({ experiment: 'reaction-diffusion', rank: 2, batch: [3, 2, 2], steps: 3 } as const),
      ...({ trainFunctions: 80, testFunctions: 60, gradient: 'RFG' } as const),
    });
    expect((await ask('open')).state).toBe('waiting');
    expect(await ask('more')).toMatchObject({ state: 'waiting', errors: [] });
    await until(() => events.some((event) => event.kind === 'data'));
    const report = await ask('open');
    expect(report.state).toBe('working');
    const { errors } = await ask('more');
    expect(errors[0]).toMatchObject({ name: 'nothing-learned' });
    // Under another method than BP the tanh network has BP’s own schedule.
    expect(report.steps).toBe(10000);
  });

  it('are asked for before pieces of them', async () => {
    const { ask } = await opened({});
    await expect(ask('more')).rejects.toThrow(/no baselines of lane “a”/);
  });
});

describe('baselineConfig', () => {
  it('keeps network, data and seed of the run, and takes batches and rates of BP', () => {
    const run = resolveConfig({
      gradient: 'RFG',
      scope: 'G',
      hidden: [[5]],
      seed: 9,
      rate: 0.5,
      init: 'uniform',
    });
    const { rate, batch } = resolveConfig({ gradient: 'BP' });
    expect(baselineConfig(run)).toMatchObject({
      ...{ gradient: 'BP', hidden: [[5]], seed: 9, init: 'uniform', localLosses: false, K: 1 },
      ...{ rate, batch },
    });
    const own = resolveConfig({ gradient: 'BP', rate: 0.5, steps: 70, localLosses: true });
    expect(baselineConfig({ ...own, surrogate: 'WSG', sigma: 0.3, K: 8 })).toEqual({
      ...own,
      localLosses: false,
    });
  });
});

it('measures at 0, evenly over log steps and at the end', () => {
  expect(measuredSteps(1)).toEqual([0, 1]);
  const stops = measuredSteps(5000);
  expect(stops.slice(0, 4)).toEqual([0, 1, 2, 3]);
  expect(stops[stops.length - 1]).toBe(5000);
  expect(stops.every((stop, i) => i === 0 || stop > stops[i - 1])).toBe(true);
});

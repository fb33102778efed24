import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../../experiments/table.ts';
import { generateNow, relativeL2 } from '../../problems/problem.ts';
import { initialState } from '../engine.ts';
import { resolveConfig } from '../presets.ts';
import { referenceEngine } from '../reference-engine.ts';
import { problemParams, specsOf } from '../specs.ts';
import { IndirectEngine } from './engine.ts';

const engine = new IndirectEngine(referenceEngine);
const SMALL = {
  experiment: 'forecast',
  T: 16,
  horizon: 12,
  longestDelay: 10,
  hidden: [[20], [12]],
  rank: 6,
} as const;

await EXPERIMENTS.forecast.load?.(problemParams(resolveConfig(SMALL)));

describe('S-SWIM', () => {
  const config = resolveConfig({ ...SMALL, gradient: 'S-SWIM' });
  const data = generateNow(EXPERIMENTS.forecast, problemParams(config));
  const task = { specs: specsOf(config), data: data.train };
  const { network } = task.specs;
  const error = async (theta: Float64Array) =>
    relativeL2(await engine.outputs(network, theta, data.coarse), data.coarse);

  it('learns in one step what beats the forecast that nothing changes, and leaves the hidden layers', async () => {
    const start = initialState(task, config.seed);
    const [{ state }] = await engine.advance([{ task, state: start }], 1);
    const unchanged = EXPERIMENTS.forecast.nothingLearned({ ...data, test: data.coarse });
    expect(await error(state.theta)).toBeLessThan(0.5 * relativeL2(unchanged, data.coarse));
    for (const layer of task.specs.layout.layers.filter(({ role }) => role === 'hidden'))
      expect(state.theta.subarray(layer.weights, layer.end)).toEqual(
        start.theta.subarray(layer.weights, layer.end),
      );
  });

  it('is the fit of RF with hidden layers from pairs of data', async () => {
    const other = resolveConfig({ ...SMALL, gradient: 'RF', init: 'data' });
    const twin = { ...task, specs: specsOf(other) };
    const states = await Promise.all(
      [task, twin].map(async (each) => {
        const [{ state }] = await engine.advance([{ task: each, state: initialState(each, 5) }], 1);
        return state.theta;
      }),
    );
    expect(states[0]).toEqual(states[1]);
  });
});

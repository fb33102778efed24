import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../problems/index.ts';
import { generateNow } from '../problems/problem.ts';
import type { Pinned } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import { problemParams } from '../training/specs.ts';
import { evaluate, layerActivity, layerRates, probeTrace } from './evaluation.ts';
import { LaneRun } from './lane-run.ts';

const small: Pinned = { T: 6, trainFunctions: 12, testFunctions: 10, hidden: [[5]], rank: 3 };

function run(pinned: Pinned): LaneRun {
  const config = resolveConfig({ ...small, ...pinned });
  return new LaneRun(config, generateNow(PROBLEMS[config.experiment], problemParams(config)), {
    probe: [],
    silenced: [],
  });
}

describe.each(['poisson', 'reaction-diffusion'] as const)('%s', (experiment) => {
  const lane = run({ experiment });
  const { shown } = lane;

  it('opens with data that a message can carry', () => {
    expect(structuredClone(lane.opened).operator?.forcings.length).toBe(
      10 * (lane.opened.operator?.nodes.length ?? 0),
    );
  });

  it('has an error for each test function and their mean', async () => {
    const { errors, error, values } = await evaluate(referenceEngine, shown, 'stated');
    expect(errors).toHaveLength(10);
    expect(error).toBeCloseTo(errors.reduce((sum, e) => sum + e, 0) / 10, 6);
    expect(values).toHaveLength(lane.opened.test.target.length);
  });

  it('the factors’ product at the probe is the network’s answer for that function', async () => {
    const { functions, spikes } = await probeTrace(referenceEngine, shown);
    const { values } = await evaluate(referenceEngine, shown, 'stated');
    const answer = functions?.answer ?? new Float32Array();
    expect(Array.from(answer)).toEqual(
      Array.from(values.subarray(0, answer.length), (v) => expect.closeTo(v, 6)),
    );
    expect(functions?.coefficients).toHaveLength(3);
    expect(spikes).toHaveLength(experiment === 'poisson' ? 2 : 3);
  });

  it('falls back to the test data where the view asks for rows of another experiment', async () => {
    const own = await probeTrace(referenceEngine, lane.shown);
    lane.view = { probe: [[0.2, -0.35]], probeScales: [7], silenced: [] };
    expect(await probeTrace(referenceEngine, lane.shown)).toEqual(own);
    lane.view = { probe: [], silenced: [] };
  });

  it('a function of zero, drawn by hand, is answered with zero', async () => {
    lane.view = {
      probe: [new Array(lane.opened.test.factors[0].width).fill(0)],
      probeScales: [0],
      silenced: [],
    };
    const { functions } = await probeTrace(referenceEngine, lane.shown);
    expect(functions?.answer.every((value) => Math.abs(value) === 0)).toBe(true);
    lane.view = { probe: [], silenced: [] };
  });

  it('counts activity and rates in every factor', async () => {
    const activity = await layerActivity(referenceEngine, shown);
    expect(activity.map((layer) => layer.factor)).toEqual(experiment === 'poisson' ? [0, 1] : [0, 1, 2]);
    const rates = await layerRates(referenceEngine, shown, 1, 0);
    expect(rates).toHaveLength(lane.opened.coarse.factors[1].rows * 5);
  });
});

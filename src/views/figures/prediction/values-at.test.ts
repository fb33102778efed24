import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../../../experiments/table.ts';
import { generateNow } from '../../../problems/problem.ts';
import { firstRun } from '../../../state/first-run.ts';
import { resolveConfig } from '../../../training/presets.ts';
import { referenceEngine } from '../../../training/reference-engine.ts';
import { problemParams } from '../../../training/specs.ts';
import { evaluate, probeTrace } from '../../../worker/evaluation.ts';
import { LaneRun } from '../../../worker/lane-run.ts';
import { decimalsFor, placeText, shownValues, valuesAt } from './values-at.ts';

const asNumber = (text: string) => Number(text.replace('\u2212', '-'));

/** What the page shows of a lane in its first state at a probe. */
async function shownAt(x: number, y: number, pinned: Parameters<typeof resolveConfig>[0] = {}) {
  const config = resolveConfig({ T: 8, hidden: [[6]], ...pinned });
  const problem = EXPERIMENTS.hat;
  await problem.load?.(problemParams(config));
  const run = new LaneRun(config, generateNow(problem, problemParams(config)), {
    probe: [[x, y]],
    silenced: [],
  });
  return {
    data: run.opened,
    prediction: await evaluate(referenceEngine, run.shown, 'coarse'),
    probe: await probeTrace(referenceEngine, run.shown),
  };
}

describe('values at a point', () => {
  it('target, network, error and output at the probe are one evaluation there', async () => {
    const lane = await shownAt(0.2, -0.35);
    const values = valuesAt(lane, [0.2, -0.35]);
    expect(values?.network).toBe(lane.probe.output);
    const q = (0.2 ** 2 + 0.35 ** 2) / (2 * 0.64);
    expect(values?.target).toBeCloseTo(((1 - q) * Math.exp(-q)) / (Math.PI * 0.8 ** 4), 6);
  });

  it('elsewhere both are those of the nearest node, which is named', async () => {
    const lane = await shownAt(0.2, -0.35);
    const values = valuesAt(lane, [0.19, -0.3]);
    expect(values?.at).toEqual([0.1875, -0.3125]);
    const k = 11 * 33 + 19;
    expect(values?.network).toBe(lane.prediction.values[k]);
    expect(values?.target).toBe(lane.data.coarse.target[k]);
    expect(placeText([0.1875, -0.3125])).toBe('(0.1875, −0.3125)');
    expect(placeText([0.2, -0.35])).toBe('(0.20, −0.35)');
  });

  it('there are none before anything is there, and no target where a formula has a pole', async () => {
    expect(valuesAt({}, [0, 0])).toBeUndefined();
    const lane = await shownAt(0.03, 0.01, { target: 'formula', formula: '1 / (x - 0.03)' });
    const values = valuesAt(lane, [0.03, 0.01]);
    expect(values?.target).toBeUndefined();
    expect(shownValues(values ?? { at: [0, 0] }, 4).error).toBe('–');
  });

  it('the recorded run has its target at the probe', () => {
    const run = firstRun(resolveConfig({}));
    expect(valuesAt(run, [0.2, -0.35])?.target).toBeCloseTo(0.59758, 5);
  });

  it('error = network - target to the last digit that is shown', () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    for (let i = 0; i < 2000; i++) {
      const [target, network] = [2 * random() - 1, 2 * random() - 1];
      const shown = shownValues({ at: [0, 0], target, network }, 4);
      const difference = asNumber(shown.network) - asNumber(shown.target);
      expect(asNumber(shown.error)).toBeCloseTo(difference, 9);
      expect(Math.abs(asNumber(shown.error) - (network - target))).toBeLessThan(1.001e-4);
    }
    expect(shownValues({ at: [0, 0], target: 0.59804, network: 0.60384 }, 4)).toEqual({
      target: '0.5980',
      network: '0.6038',
      error: '+0.0058',
    });
    expect(shownValues({ at: [0, 0], target: 0.5, network: 0.49996 }, 4).error).toBe('0.0000');
  });

  it('four digits of the largest value', () => {
    expect([0.05, 0.8, 1, 2, 10, 1e6].map(decimalsFor)).toEqual([5, 4, 4, 3, 3, 0]);
  });
});

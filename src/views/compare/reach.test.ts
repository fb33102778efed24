import { expect, it } from 'vitest';
import { resolveConfig } from '../../training/presets.ts';
import type { Metric } from '../../worker/protocol.ts';
import { firstAt, notReached, reachOf } from './reach.ts';

const config = resolveConfig({});
const at = (step: number, value: number, grid: Metric['grid'] = 'coarse'): Metric => ({
  step,
  value,
  grid,
  ms: 2 * step,
});
const metrics = [at(0, 1), at(10, 0.4), at(10, 0.09, 'stated'), at(20, 0.1), at(30, 0.3), at(40, 0.04)];
const log = [{ step: 0, config }];
const price = { passes: 6.5, pJ: 1e6 };

it('counts until the first live error at or below, also where it rises again', () => {
  expect(firstAt(metrics, 0.1)?.step).toBe(20);
  expect(reachOf({ metrics, log }, 0.1, price)).toEqual({
    step: 20,
    ms: 40,
    passes: 130,
    pJ: 20e6,
    mixed: false,
  });
  expect(reachOf({ metrics, log }, 0.05, price)?.step).toBe(40);
  expect(reachOf({ metrics, log }, 0.01, price)).toBeUndefined();
});

it('has steps and time alone before a step is counted', () => {
  expect(reachOf({ metrics, log }, 0.1, undefined)).toMatchObject({ step: 20, ms: 40, passes: undefined });
  expect(reachOf({ metrics, log }, 0.1, { passes: undefined, pJ: 1 })).toMatchObject({
    passes: undefined,
    pJ: 20,
  });
});

it('multiplies no step’s cost over a change of settings', () => {
  const changed = [...log, { step: 25, config: resolveConfig({ gradient: 'RFG' }) }];
  expect(reachOf({ metrics, log: changed }, 0.1, price)).toMatchObject({ passes: 130, mixed: false });
  expect(reachOf({ metrics, log: changed }, 0.05, price)).toMatchObject({
    step: 40,
    ms: 80,
    passes: undefined,
    pJ: undefined,
    mixed: true,
  });
});

it('says why there is no entry', () => {
  const run = { metrics, step: 40, end: 40 };
  expect(notReached(run, 0.01)).toBe('not by step 40');
  expect(notReached(run, undefined)).toBe('the paper has no figure for these settings');
  expect(notReached({ ...run, divergedAt: 45 }, 0.01)).toBe('diverged before');
  expect(notReached({ ...run, metrics: [at(0, 1)] }, 0.1)).toBe('not trained yet');
});

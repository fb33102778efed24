import { describe, expect, it } from 'vitest';
import { smallTask } from '../../tests/support/training.ts';
import type { Pinned } from './config.ts';
import { stepCost, sweepsOverTime } from './cost.ts';
import { countBeside, directionsOf, methodsBeside } from './cost-beside.ts';
import { initialState } from './engine.ts';
import { resolveConfig } from './presets.ts';
import { referenceEngine } from './reference-engine.ts';
import { specsOf } from './specs.ts';
import { countSpikes } from './spike-counts.ts';

const small: Pinned = { T: 6, batch: [5], hidden: [[5, 4]], init: 'uniform' };

describe('methods beside a run', () => {
  it('are BP, RFG and WP with one direction, and with as many as the run has or would have', () => {
    const names = (pinned: Pinned) =>
      methodsBeside(resolveConfig(pinned)).map(({ method, K, paper }) => [method, K, paper]);
    const one = [
      ['SG-BP', undefined, 3],
      ['SG-RFG-G', 1, 1],
      ['SG-RFG-L', 1, 1],
      ['WP-G', 1, undefined],
    ];
    expect(names({ recipe: 'paper' })).toEqual(one);
    expect(names({ gradient: 'WP', K: 5 })).toEqual([
      ...one,
      ['SG-RFG-G', 5, 1],
      ['SG-RFG-L', 5, 1],
      ['WP-G', 5, undefined],
    ]);
    expect(directionsOf(resolveConfig({}))).toBe(8);
    expect(directionsOf(resolveConfig({ K: 3 }))).toBe(3);
    expect(directionsOf(resolveConfig({ gradient: 'RFG', K: 1 }))).toBe(1);
  });

  it('are counted as a run of their own would be, whatever the run itself is', async () => {
    for (const own of [
      {},
      { gradient: 'RFG', scope: 'A', K: 2 },
      { gradient: 'RFG', scope: 'L', flipout: true, K: 2 },
      { gradient: 'ANN' },
      { gradient: 'WP', scope: 'L', K: 2, localLosses: true },
      { gradient: 'WP', scope: 'A', K: 2, law: 'gaussian' },
    ] satisfies Pinned[]) {
      const config = resolveConfig({ ...small, ...own });
      const task = smallTask({ ...small, ...own });
      const state = initialState(task, 3);
      for (const method of methodsBeside(config)) {
        const counted = await countBeside(referenceEngine, { task, state }, method);
        const alone = { specs: specsOf(method.config), data: task.data };
        const counts = await countSpikes(referenceEngine, alone, initialState(alone, 3));
        expect(counted.cost).toEqual(stepCost(alone.specs, counts));
        // The loss, and every shifted simulation whose spikes were counted.
        expect(counted.sweeps.forward).toBe(1 + counts.perturbed.length);
        expect(counted.sweeps.backward).toBe(method.gradient === 'BP' ? 1 : 0);
      }
    }
  });

  it('sweep over time as often as they simulate', () => {
    const sweeps = (pinned: Pinned) => sweepsOverTime(specsOf(resolveConfig(pinned)));
    expect(sweeps({})).toEqual({ forward: 1, backward: 1 });
    expect(sweeps({ gradient: 'RFG', K: 8 })).toEqual({ forward: 1, backward: 0 });
    expect(sweeps({ gradient: 'WP', scope: 'G', K: 1 })).toEqual({ forward: 3, backward: 0 });
    expect(sweeps({ gradient: 'WP', scope: 'L', K: 2 })).toEqual({ forward: 13, backward: 0 });
    const nodes = { gradient: 'WP', scope: 'A', K: 2 } as const;
    expect(sweeps({ ...nodes, law: 'rademacher' })).toEqual({ forward: 9, backward: 0 });
    // Two simulations of the last layer, whatever K is.
    expect(sweeps({ ...nodes, law: 'mean' })).toEqual({ forward: 7, backward: 0 });
    expect(sweeps({ gradient: 'ANN' })).toEqual({ forward: 0, backward: 0 });
  });
});

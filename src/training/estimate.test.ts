import { describe, expect, it } from 'vitest';
import { TIMED_BATCH } from './benchmark.ts';
import type { Pinned } from './config.ts';
import { estimateStep } from './estimate.ts';
import { resolveConfig } from './presets.ts';

const of = (pins: Pinned) => estimateStep(resolveConfig({ init: 'uniform', ...pins }), 1).ms;

describe('the estimate of a step', () => {
  it('is the time measured for the network that was timed', () => {
    expect(of({ batch: [TIMED_BATCH] })).toBeCloseTo(1, 12);
  });

  it('grows with the batch, with T, with the widths’ product and with the directions', () => {
    expect(of({ batch: [8 * TIMED_BATCH] })).toBeGreaterThan(7);
    expect(of({ T: 64 }) / of({ T: 16 })).toBeGreaterThan(3.5);
    expect(of({ hidden: [[512, 512]] }) / of({ hidden: [[128, 128]] })).toBeGreaterThan(12);
    const forward: Pinned = { gradient: 'RFG', hidden: [[64, 64]] };
    expect(of({ ...forward, K: 32 }) / of({ ...forward, K: 1 })).toBeGreaterThan(15);
    const perturbed: Pinned = { gradient: 'WP', hidden: [[64, 64]] };
    expect(of({ ...perturbed, K: 8 }) / of({ ...perturbed, K: 1 })).toBeGreaterThan(5);
  });

  it.each(['BP', 'RFG', 'WP', 'RF', 'ANN'] as const)('%s has one in every experiment', (gradient) => {
    for (const experiment of ['hat', 'poisson', 'reaction-diffusion'] as const) {
      const { ms, bytes } = estimateStep(resolveConfig({ experiment, gradient }), 1);
      expect(ms).toBeGreaterThan(0);
      expect(bytes).toBeGreaterThanOrEqual(0);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../experiments/table.ts';
import { generateNow } from '../problems/problem.ts';
import type { Pinned } from './config.ts';
import { initialState } from './engine.ts';
import { cosine, explainStep } from './explain.ts';
import { resolveConfig } from './presets.ts';
import { referenceEngine } from './reference-engine.ts';
import { problemParams, specsOf } from './specs.ts';

async function explained(pinned: Pinned) {
  const config = resolveConfig({ T: 8, batch: [16], hidden: [[5, 4]], init: 'uniform', ...pinned });
  const task = { specs: specsOf(config), data: generateNow(EXPERIMENTS.hat, problemParams(config)).train };
  const state = initialState(task, 3);
  const step = await explainStep(referenceEngine, task, state);
  const [after] = await referenceEngine.advance([{ task, state }], 1);
  return { step, state, after, layout: task.specs.layout };
}

describe('explainStep', () => {
  it('agrees with the step that follows', async () => {
    for (const pinned of [
      {},
      { gradient: 'RFG', scope: 'G', K: 3 },
      { gradient: 'RFG', scope: 'L' },
      { gradient: 'WP' },
      { gradient: 'RFG', scope: 'A', K: 2 },
      { gradient: 'WP', scope: 'A', K: 2, epsilon: 0.1 },
      { gradient: 'RFG', scope: 'L', flipout: true },
    ] as Pinned[]) {
      const { step, state, after } = await explained(pinned);
      expect(step.loss).toBe(after.losses[0]);
      expect(Array.from(state.theta, (value, j) => value + step.update[j])).toEqual(
        Array.from(after.state.theta, (value) => expect.closeTo(value, 12)),
      );
    }
  });

  it('BP’s estimate is its gradient', async () => {
    const { step } = await explained({});
    expect(step.cosine).toBeCloseTo(1, 12);
    expect(step.direction).toHaveLength(0);
  });

  it('with one global direction the estimate is number times direction, and the number is ∇L·δθ', async () => {
    const { step } = await explained({ gradient: 'RFG', scope: 'G', K: 1, scales: [1], rateFactors: [1] });
    expect(step.derivatives).toHaveLength(1);
    const dot = step.backprop.reduce((sum, g, j) => sum + g * step.direction[j], 0);
    expect(step.derivatives[0]).toBeCloseTo(dot, 10);
    step.estimate.forEach((g, j) => {
      expect(g).toBeCloseTo(step.derivatives[0] * step.direction[j], 10);
    });
  });

  it('with one sample the estimate of A and of flipout follows from what is shown', async () => {
    for (const gradient of ['RFG', 'WP'] as const) {
      const { step, layout } = await explained({
        gradient,
        scope: 'A',
        law: 'rademacher',
        ...{ K: 1, batch: [1], epsilon: 0.1 },
      });
      for (const { index, role, biases, end } of layout.layers)
        for (let j = biases; j < end && role === 'hidden'; j++)
          expect(step.estimate[j]).toBeCloseTo(step.derivatives[index] * step.direction[j], 10);
      expect(step.perturbed).toHaveLength(0);
    }
    const flipped = (
      await explained({ gradient: 'RFG', scope: 'G', K: 1, batch: [1], scales: [1], flipout: true })
    ).step;
    flipped.estimate.forEach((g, j) => {
      expect(g).toBeCloseTo(flipped.derivatives[0] * flipped.direction[j], 10);
    });
  });

  it('the numbers of WP are differences of the losses shown', async () => {
    for (const scope of ['G', 'L'] as const) {
      const { step } = await explained({ gradient: 'WP', scope, epsilon: 0.05 });
      expect(step.perturbed).toHaveLength(2 * step.derivatives.length);
      step.derivatives.forEach((number, group) => {
        const [plus, minus] = step.perturbed.subarray(2 * group, 2 * group + 2);
        expect(number).toBeCloseTo((plus - minus) / 0.1, 10);
      });
    }
    expect((await explained({ gradient: 'RFG' })).step.perturbed).toHaveLength(0);
  });

  it('layer-wise there is a number for each layer', async () => {
    const { step, layout } = await explained({ gradient: 'RFG', scope: 'L', K: 2 });
    expect(step.derivatives).toHaveLength(layout.layers.length);
  });
});

describe('cosine', () => {
  it('of parallel, orthogonal and zero vectors', () => {
    expect(cosine([1, 2], [2, 4])).toBeCloseTo(1, 12);
    expect(cosine([1, 0], [0, 3])).toBe(0);
    expect(cosine([0, 0], [1, 1])).toBe(0);
  });
});

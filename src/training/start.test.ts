import { describe, expect, it } from 'vitest';
import { smallTask } from '../../tests/support/training.ts';
import { backprop } from '../snn/backprop.ts';
import { initialState } from './engine.ts';
import { IndirectEngine } from './indirect/engine.ts';
import { resolveConfig } from './presets.ts';
import { referenceEngine } from './reference-engine.ts';

const SEED = 4;

describe('a fitted start', () => {
  it('has the hidden layers of the start that is not fitted, and the read-out that RF finds for them, to float32', async () => {
    const [plain, fitted] = [false, true].map((on) => smallTask({ fitted: on, T: 8, hidden: [[6, 5]] }));
    const start = initialState(fitted, SEED).theta;
    expect(start).toEqual(start.map(Math.fround));
    const [{ state }] = await new IndirectEngine(referenceEngine).advance(
      [{ task: smallTask({ gradient: 'RF', T: 8, hidden: [[6, 5]] }), state: initialState(plain, SEED) }],
      1,
    );
    const { layers } = plain.specs.layout;
    for (const { role, weights, end } of layers)
      if (role === 'hidden')
        expect(start.subarray(weights, end)).toEqual(initialState(plain, SEED).theta.subarray(weights, end));
    expect(state.theta.map(Math.fround)).toEqual(start);
  });

  it('is where the loss has no slope along the read-out', () => {
    const [plain, fitted] = [false, true].map((on) => smallTask({ fitted: on, T: 8, hidden: [[6, 5]] }));
    const { layout, network, method } = fitted.specs;
    const readout = layout.layers.find(({ role }) => role === 'readout')!;
    const slope = (task: typeof plain) => {
      const { gradient } = backprop(network, initialState(task, SEED).theta, task.data, method.surrogate);
      return Math.hypot(...gradient.subarray(readout.weights, readout.end));
    };
    expect(slope(fitted)).toBeLessThan(1e-4 * slope(plain));
  });

  it('is refused where training functions may be on their way', () => {
    expect(() => resolveConfig({ experiment: 'reaction-diffusion', fitted: true })).toThrow(/^fitted: /);
  });
});

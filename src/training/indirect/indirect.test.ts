import { describe, expect, it } from 'vitest';
import { networkOf, randomCase, worstError } from '../../../tests/support/snn.ts';
import { smallTask } from '../../../tests/support/training.ts';
import { EXPERIMENTS } from '../../experiments/table.ts';
import { generateNow, relativeL2 } from '../../problems/problem.ts';
import { backprop } from '../../snn/backprop.ts';
import { simulate } from '../../snn/simulate.ts';
import type { Pinned } from '../config.ts';
import { initialState, type Task } from '../engine.ts';
import { resolveConfig } from '../presets.ts';
import { referenceEngine } from '../reference-engine.ts';
import { problemParams, specsOf } from '../specs.ts';
import { IndirectEngine } from './engine.ts';
import { rateGradient } from './rate-network.ts';

const engine = new IndirectEngine(referenceEngine);

describe('the rate network', () => {
  it('has the rate of an IF neuron under a constant current, to half a step of its staircase', () => {
    const network = networkOf([[2, 24]], { T: 16, threshold: 1.5, rank: 24 });
    const { layout, theta, data } = randomCase(network, [40], 4);
    const { rates } = simulate({ network, theta, factor: 0, data: data.factors[0] });
    // A read-out that copies the rates shows them as outputs.
    const readout = layout.layers[1];
    theta.fill(0, readout.weights, readout.end);
    for (let i = 0; i < 24; i++) theta[readout.weights + i * 24 + i] = 1;
    const [head] = rateGradient(network, theta, data).heads;
    const analog = head.projections[0];
    expect(analog.some((r) => r > 0 && r < 1)).toBe(true);
    rates[0].forEach((rate, n) => {
      expect(Math.abs(rate - analog[n])).toBeLessThanOrEqual(0.5 / 16 + 1e-9);
    });
  });

  it.each([
    ['hat, local losses', networkOf([[2, 6, 5]], { localRank: 1 }), [9]],
    [
      'SepONet',
      networkOf(
        [
          [3, 5],
          [1, 4, 3],
          [1, 4],
        ],
        { rank: 2, centre: 0.5 },
      ),
      [4, 3, 2],
    ],
  ] as const)('%s: its gradient is that of finite differences', (_, network, rows) => {
    const { theta, data } = randomCase(network, rows, 7, true);
    const { gradient } = rateGradient(network, theta, data);
    const h = 1e-6;
    const numeric = theta.map((value, j) => {
      const at = (shift: number) => {
        const moved = theta.slice();
        moved[j] = value + shift;
        return rateGradient(network, moved, data).loss;
      };
      return (at(h) - at(-h)) / (2 * h);
    });
    expect(worstError(gradient, numeric)).toBeLessThan(1e-6);
  });
});

function hat(pinned: Pinned): { task: Task; error: (theta: Float64Array) => Promise<number>; seed: number } {
  const config = resolveConfig({ T: 16, hidden: [[12, 12]], ...pinned });
  const data = generateNow(EXPERIMENTS.hat, problemParams(config));
  const task = { specs: specsOf(config), data: data.train };
  const { network } = task.specs;
  return {
    task,
    seed: config.seed,
    error: async (theta) => relativeL2(await engine.outputs(network, theta, data.coarse), data.coarse),
  };
}

describe('RF', () => {
  it('leaves the hidden weights, and no read-out fits the training data better', async () => {
    const { task, seed, error } = hat({ gradient: 'RF', T: 8, hidden: [[8, 8]] });
    const { network, layout, method } = task.specs;
    const start = initialState(task, seed);
    const [{ state, losses }] = await engine.advance([{ task, state: start }], 3);
    const readout = layout.layers[layout.layers.length - 1];
    expect(state.theta.subarray(0, readout.weights)).toEqual(start.theta.subarray(0, readout.weights));
    // Read-outs start at 0: the first loss is the target's mean square on the batch, later ones the fit's.
    expect(losses[2]).toBeLessThan(0.3 * losses[0]);
    const slope = (theta: Float64Array) =>
      Math.hypot(...backprop(network, theta, task.data, method.surrogate).gradient.subarray(readout.weights));
    expect(slope(state.theta)).toBeLessThan(1e-4 * slope(start.theta));
    expect(await error(state.theta)).toBeLessThan(0.6);
  });

  it('takes one step', async () => {
    const task = smallTask({ gradient: 'RF', init: 'uniform' });
    const start = initialState(task, 2);
    const [first] = await engine.advance([{ task, state: start }], 1);
    const [third] = await engine.advance([{ task, state: first.state }], 2);
    expect(first.state.theta).not.toEqual(start.theta);
    expect(third.state.theta).toBe(first.state.theta);
    expect([third.state.step, third.state.momentSteps]).toEqual([3, 3]);
  });

  it.each(['poisson', 'reaction-diffusion'] as const)(
    '%s: every round of the fit is downhill',
    async (experiment) => {
      const task = smallTask({
        gradient: 'RF',
        experiment,
        batch: experiment === 'poisson' ? [20, 9] : [20, 9, 7],
      });
      const start = initialState(task, 2);
      const whole = async (theta: Float64Array) => {
        const output = await engine.outputs(task.specs.network, theta, task.data);
        return Float64Array.from(output).reduce((sum, y, n) => sum + (y - task.data.target[n]) ** 2, 0);
      };
      const [{ state }] = await engine.advance([{ task, state: start }], 1);
      const again = { ...state, momentSteps: 0 };
      const [{ state: next }] = await engine.advance([{ task, state: again }], 1);
      const errors = await Promise.all([start, state, next].map(({ theta }) => whole(theta)));
      expect(errors[1]).toBeLessThan(errors[0]);
      expect(errors[2]).toBeLessThanOrEqual(errors[1] * (1 + 1e-6));
    },
  );

  it('has no gradient to show', async () => {
    const task = smallTask({ gradient: 'RF' });
    const { network, layout, method } = task.specs;
    const request = { network, theta: new Float64Array(layout.size), data: task.data, method };
    await expect(
      engine.gradient({ ...request, directions: [], samples: { kind: 'drawn', seed: 1, step: 0 } }),
    ).rejects.toThrow(/a fit has no gradient/);
  });
});

describe('IndirectEngine', () => {
  it('leaves other methods to the engine it wraps, in their order', async () => {
    const direct = smallTask({ init: 'uniform' });
    const ann = smallTask({ gradient: 'ANN', init: 'uniform' });
    const requests = [direct, ann, direct].map((task, i) => ({ task, state: initialState(task, 4 + i) }));
    const chunks = await engine.advance(requests, 3);
    const alone = await referenceEngine.advance([requests[0], requests[2]], 3);
    expect([chunks[0], chunks[2]]).toEqual(alone);
    expect(chunks[1].losses).toHaveLength(3);
    expect(chunks[1].state.theta).not.toEqual(requests[1].state.theta);
  });

  it('trains the rate network towards a spiking network that has learnt', async () => {
    const { task, seed, error } = hat({ gradient: 'ANN', T: 32, steps: 300 });
    const start = initialState(task, seed);
    const [{ state, losses }] = await engine.advance([{ task, state: start }], 300);
    expect(losses[299]).toBeLessThan(0.05 * losses[0]);
    expect(await error(state.theta)).toBeLessThan(0.35);
    expect(await error(start.theta)).toBeGreaterThan(0.9);
  });
});

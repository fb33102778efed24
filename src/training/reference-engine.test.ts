import { describe, expect, it } from 'vitest';
import { goldenCases } from '../../tests/golden/golden.ts';
import { inScope, randomCase, randomSamples, worstError } from '../../tests/support/snn.ts';
import { smallTask } from '../../tests/support/training.ts';
import { backprop } from '../snn/backprop.ts';
import { drawBatch, gather } from '../snn/batch.ts';
import { forward } from '../snn/forward-mode.ts';
import { learningRate } from '../snn/schedule.ts';
import { drawnSamples } from '../snn/surrogate.ts';
import type { Pinned } from './config.ts';
import { type Chunk, initialState, type RunState, resetMoments, type Task } from './engine.ts';
import { referenceEngine, rowsOfLayers } from './reference-engine.ts';

async function advance(task: Task, state: RunState, steps: number): Promise<Chunk> {
  const [chunk] = await referenceEngine.advance([{ task, state }], steps);
  return chunk;
}

const METHODS: Record<string, Pinned> = {
  'SG-BP': {},
  'WSG-BP, normalised': { surrogate: 'WSG', optimiser: 'normalised', rate: 0.05 },
  'SG-BP-LL': { localLosses: true },
  'SG-RFG-G, scaled, K = 2': {
    gradient: 'RFG',
    scope: 'G',
    K: 2,
    scales: [0.25, 1, 1],
    rateFactors: [1, 0.3, 0.3],
  },
  'WSG-RFG-L, gaussian': { gradient: 'RFG', scope: 'L', surrogate: 'WSG', law: 'gaussian', hold: 4 },
  'SG-RFG-L, Hadamard, K = 3': { gradient: 'RFG', scope: 'L', law: 'hadamard', K: 3, sampling: 'stratified' },
  'WP-L': { gradient: 'WP', scope: 'L' },
  'DeepONet, SG-RFG-L-LL': { experiment: 'poisson', gradient: 'RFG', localLosses: true, batch: [3, 2] },
  'SepONet, SG-BP': { experiment: 'reaction-diffusion', batch: [3, 2, 2] },
};

describe('advance', () => {
  for (const [name, pinned] of Object.entries(METHODS)) {
    const task = smallTask({ init: pinned.experiment ? 'operator' : 'uniform', ...pinned });
    const start = initialState(task, 5);

    it(`${name}: leaves its arguments as they were`, async () => {
      const state = {
        ...start,
        step: 3,
        momentSteps: 2,
        m: start.m.map(() => 0.01),
        v: start.v.map(() => 0.01),
      };
      const [copy, data] = [structuredClone(state), structuredClone(task.data)];
      const { state: after } = await advance(task, state, 4);
      expect(state).toEqual(copy);
      expect(task.data).toEqual(data);
      for (const key of ['theta', 'm', 'v'] as const) expect(after[key]).not.toBe(state[key]);
      expect(after.theta).not.toEqual(state.theta);
      expect([after.step, after.momentSteps, after.seed]).toEqual([7, 6, 5]);
    });

    it(`${name}: is bit-identical however the steps are split`, async () => {
      const whole = await advance(task, start, 12);
      expect(whole.losses).toHaveLength(12);
      expect(whole.divergedAt).toBeUndefined();
      for (const parts of [
        [5, 7],
        [1, 1, 10],
        [12, 0],
        [3, 3, 3, 3],
      ]) {
        let state = start;
        const losses: number[] = [];
        for (const steps of parts) {
          const chunk = await advance(task, state, steps);
          state = chunk.state;
          losses.push(...chunk.losses);
        }
        expect(state).toEqual(whole.state);
        expect(losses).toEqual(Array.from(whole.losses));
      }
    });
  }

  it('computes runs side by side as if each were alone', async () => {
    const requests = Object.values(METHODS).map((pinned, n) => {
      const task = smallTask({ init: pinned.experiment ? 'operator' : 'uniform', ...pinned });
      return { task, state: initialState(task, n) };
    });
    const together = await referenceEngine.advance(requests, 3);
    for (const [n, { task, state }] of requests.entries())
      expect(together[n]).toEqual(await advance(task, state, 3));
  });

  it('gives runs of other seeds other batches and weights', async () => {
    const task = smallTask({ init: 'uniform' });
    const [a, b] = [
      await advance(task, initialState(task, 1), 2),
      await advance(task, initialState(task, 2), 2),
    ];
    expect(a.losses).not.toEqual(b.losses);
    const shared = { ...initialState(task, 1), seed: 2 };
    expect((await advance(task, shared, 2)).losses).not.toEqual(a.losses);
  });

  it('does batch, gradient and update by the book: θ ← θ - η g', async () => {
    const task = smallTask({
      init: 'uniform',
      optimiser: 'sgd',
      rate: 0.05,
      schedule: 'exponential',
      steps: 10,
    });
    const { network, batch, method, schedule } = task.specs;
    let { theta } = initialState(task, 5);
    const { state, losses } = await advance(task, initialState(task, 5), 6);
    for (let step = 0; step < 6; step++) {
      const drawn = gather(task.data, drawBatch(batch, [task.data.factors[0].rows], 5, step));
      const { loss, gradient } = backprop(network, theta, drawn, method.surrogate);
      expect(loss).toBe(losses[step]);
      const rate = Math.fround(learningRate(schedule, step));
      theta = theta.map((value, j) => value - rate * gradient[j]);
    }
    expect(worstError(state.theta, theta)).toBeLessThan(1e-14);
  });

  it('draws the WSG samples of each step', async () => {
    const task = smallTask({
      init: 'uniform',
      optimiser: 'sgd',
      rate: 0.05,
      schedule: 'constant',
      surrogate: 'WSG',
    });
    const { network, layout, batch, method } = task.specs;
    const start = { ...initialState(task, 5), step: 8 };
    const drawn = gather(task.data, drawBatch(batch, [task.data.factors[0].rows], 5, 8));
    const samples = drawnSamples(5, 8, rowsOfLayers(layout, drawn), method.surrogate.samples);
    const { gradient } = backprop(network, start.theta, drawn, method.surrogate, samples);
    const { state } = await advance(task, start, 1);
    expect(
      worstError(
        state.theta,
        start.theta.map((value, j) => value - Math.fround(0.05) * gradient[j]),
      ),
    ).toBeLessThan(1e-14);
  });

  it('refuses a state of another network', async () => {
    const state = initialState(smallTask({ localLosses: true }), 1);
    await expect(advance(smallTask(), state, 1)).rejects.toThrow('parameters');
  });
});

describe('divergence', () => {
  const finite = (state: RunState) =>
    [state.theta, state.m, state.v].every((array) => array.every(Number.isFinite));

  it('ends with the last finite state and the step that failed', async () => {
    const task = smallTask({ init: 'uniform', optimiser: 'sgd', rate: 100, schedule: 'constant' });
    const start = initialState(task, 1);
    const { state, losses, divergedAt } = await advance(task, start, 5000);
    expect(divergedAt).toBeGreaterThan(0);
    expect(divergedAt).toBeLessThan(5000);
    expect(state.step).toBe(divergedAt);
    expect(finite(state)).toBe(true);
    expect(losses).toHaveLength(divergedAt!);
    expect(losses.every(Number.isFinite)).toBe(true);
    // It is the state that so many steps lead to, and the next step fails again.
    expect((await advance(task, start, divergedAt!)).state).toEqual(state);
    const again = await advance(task, state, 3);
    expect([again.divergedAt, again.losses.length]).toEqual([divergedAt, 0]);
    expect(again.state).toEqual(state);
  });

  it('is noticed in the update when loss and gradient are still finite', async () => {
    const task = smallTask({ init: 'uniform', rate: 100, schedule: 'constant' });
    const start = initialState(task, 1);
    for (const j of [0, start.theta.length - 1]) {
      const state = { ...start, m: start.m.map((_, n) => (n === j ? 1e307 : 0)) };
      const chunk = await advance(task, state, 4);
      expect(chunk.divergedAt).toBe(0);
      expect(chunk.state).toEqual(state);
    }
  });

  it('is noticed in the second moments, which would stop all learning unseen', async () => {
    const task = smallTask({ init: 'uniform' });
    const start = initialState(task, 1);
    const [factor] = task.data.factors;
    const huge = {
      ...task,
      data: { ...task.data, factors: [{ ...factor, scale: factor.scale.map(() => 1e100) }] },
    };
    expect((await advance(huge, start, 2)).divergedAt).toBe(0);
    const { network, method } = task.specs;
    const { loss, gradient } = backprop(network, start.theta, huge.data, method.surrogate);
    expect(Number.isFinite(loss) && gradient.every(Number.isFinite)).toBe(true);
  });

  it('is noticed in hidden weights, where NaN would only silence neurons', async () => {
    const task = smallTask({ init: 'uniform', surrogate: 'WSG' });
    const start = initialState(task, 1);
    const state = { ...start, theta: start.theta.map((value, j) => (j === 0 ? Number.NaN : value)) };
    expect((await advance(task, state, 2)).divergedAt).toBe(0);
  });

  it('of one run leaves the others alone', async () => {
    const bad = smallTask({ init: 'uniform', optimiser: 'sgd', rate: 100, schedule: 'constant' });
    const good = smallTask({ init: 'uniform' });
    const requests = [bad, good].map((task) => ({ task, state: initialState(task, 1) }));
    const [first, second] = await referenceEngine.advance(requests, 400);
    expect(first.divergedAt).toBeDefined();
    expect(second.divergedAt).toBeUndefined();
    expect(second.state.step).toBe(400);
  });
});

describe('a change of method in mid-run', () => {
  it('keeps weights and schedule position and goes on with the new method', async () => {
    const before = await advance(
      smallTask({ init: 'uniform' }),
      initialState(smallTask({ init: 'uniform' }), 1),
      6,
    );
    const task = smallTask({ init: 'uniform', gradient: 'RFG', scope: 'G', surrogate: 'WSG' });
    const switched = resetMoments(before.state);
    expect(switched.theta).toEqual(before.state.theta);
    const after = await advance(task, switched, 5);
    expect([after.state.step, after.state.momentSteps]).toEqual([11, 5]);
    // The first loss is the one of the kept weights on the batch of that step.
    const rows = drawBatch(task.specs.batch, [task.data.factors[0].rows], 1, 6);
    const { loss } = forward(task.specs.network, before.state.theta, gather(task.data, rows));
    expect(after.losses[0]).toBe(loss);
  });
});

describe('gradient', () => {
  const test = randomCase(smallTask({ experiment: 'poisson' }).specs.network, [3, 4], 2, true);
  const { network, layout, theta, data } = test;
  const method = (surrogate: 'SG' | 'WSG') => ({
    derivation: 'reverse' as const,
    ...inScope('L'),
    surrogate: { kind: surrogate, sigma: 0.5, samples: 3 },
    epsilon: 0.01,
    scales: layout.layers.map(() => 1),
  });
  const drawn = { kind: 'drawn', seed: 1, step: 2 } as const;

  it('is the golden gradient and estimate for golden samples and directions', async () => {
    for (const golden of goldenCases()) {
      for (const { surrogate, samples, gradient, directions } of golden.surrogates) {
        const base = { ...golden, samples: { kind: 'explicit', values: samples } as const };
        const scales = golden.layout.layers.map(() => 1);
        const spec = { derivation: 'reverse', ...inScope('L'), surrogate, epsilon: 0.01, scales } as const;
        const report = await referenceEngine.gradient({ ...base, method: spec, directions: [] });
        expect(worstError(report.gradient, gradient)).toBeLessThan(1e-10);
        expect(worstError(report.output, golden.output)).toBeLessThan(1e-10);
        expect(Math.abs(report.loss - golden.loss)).toBeLessThan(1e-10);
        expect(report.derivatives).toHaveLength(0);
        for (const { direction, global, layerwise } of directions) {
          const run = (scope: 'G' | 'L') =>
            referenceEngine.gradient({
              ...base,
              method: { ...spec, derivation: 'forward', ...inScope(scope) },
              directions: [direction],
            });
          expect(worstError((await run('G')).derivatives, [global])).toBeLessThan(1e-10);
          expect(worstError((await run('L')).derivatives, layerwise)).toBeLessThan(1e-10);
        }
      }
    }
  });

  it('draws samples by seed and step, or takes those given', async () => {
    const request = { network, theta, data, method: method('WSG'), directions: [] };
    const report = (samples: Parameters<typeof referenceEngine.gradient>[0]['samples']) =>
      referenceEngine.gradient({ ...request, samples }).then((r) => r.gradient);
    const expected = backprop(
      network,
      theta,
      data,
      request.method.surrogate,
      drawnSamples(1, 2, rowsOfLayers(layout, data), 3),
    );
    expect(await report(drawn)).toEqual(expected.gradient);
    expect(await report({ ...drawn, step: 3 })).not.toEqual(expected.gradient);
    expect(await report({ ...drawn, seed: 3 })).not.toEqual(expected.gradient);
    const values = randomSamples(test, 3, 1);
    expect(await report({ kind: 'explicit', values })).not.toEqual(expected.gradient);
  });
});

describe('outputs and trace', () => {
  const { network, layout, theta, data } = randomCase(
    smallTask({ experiment: 'poisson' }).specs.network,
    [3, 4],
    2,
    true,
  );

  it('outputs is the output head, whatever the targets', async () => {
    const { heads } = forward(network, theta, data);
    expect(await referenceEngine.outputs(network, theta, data)).toEqual(heads[0].output);
    const blank = { ...data, target: new Float64Array(0) };
    expect(await referenceEngine.outputs(network, theta, blank)).toEqual(heads[0].output);
  });

  it('trace has the spikes behind the mean rates', async () => {
    for (const factor of [0, 1]) {
      const { spikes, membranes, rates } = await referenceEngine.trace(network, theta, factor, data);
      expect(spikes).toHaveLength(layout.hidden[factor].length);
      spikes.forEach((list, depth) => {
        const size = data.factors[factor].rows * layout.hidden[factor][depth].outputs;
        expect(list).toHaveLength(network.T * size);
        expect(Array.from(list)).toEqual(
          Array.from(membranes[depth], (U) => (U >= network.threshold ? 1 : 0)),
        );
        const means = Array.from({ length: size }, (_, n) => {
          let sum = 0;
          for (let t = 0; t < network.T; t++) sum += list[t * size + n];
          return sum / network.T;
        });
        expect(worstError(rates[depth], means)).toBeLessThan(1e-14);
        expect(new Set(list).size).toBe(2);
      });
    }
  });
});

import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { networkOf } from '../../../tests/support/snn.ts';
import { squareGrid } from '../../experiments/hat.ts';
import { layoutOf } from '../../snn/network.ts';
import type { Pinned } from '../../training/config.ts';
import { initialState, type Task } from '../../training/engine.ts';
import { resolveConfig } from '../../training/presets.ts';
import { referenceEngine } from '../../training/reference-engine.ts';
import { specsOf } from '../../training/specs.ts';
import { makeCase } from '../conformance/cases.ts';
import { MARGIN, requestMargin } from '../conformance/margin.ts';
import { Arena, LIMIT } from './arena.ts';
import { createWasmEngine } from './engine.ts';
import { trainingJob } from './job.ts';
import { KERNEL } from './kernel.ts';
import { Machine } from './machine.ts';
import { loadModule } from './module.ts';
import { place } from './place.ts';

const surface = squareGrid(9, (x, y) => Math.sin(3 * x) * y);
const taskOf = (pins: Pinned): Task => ({
  specs: specsOf(resolveConfig({ batch: [8], T: 8, hidden: [[6, 5]], ...pins })),
  data: surface,
});
const engine = await createWasmEngine();
afterAll(() => engine.dispose());

describe('the kernel of TensorFlow.js', () => {
  it('is registered for the cpu backend', () => {
    expect(tf.getKernel(KERNEL, 'cpu')).toBeDefined();
  });

  it('leaves no tensor behind', async () => {
    const task = taskOf({ gradient: 'BP' });
    const before = tf.memory().numTensors;
    await engine.advance([{ task, state: initialState(task, 1) }], 5);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('says so when it is called without a run', async () => {
    await tf.setBackend('cpu');
    const none = tf.tensor1d([0]);
    expect(() => tf.engine().runKernel(KERNEL, { theta: none, m: none, v: none }, { call: -1 })).toThrow(
      'use the engine',
    );
    none.dispose();
  });
});

it.each([
  ['the reference', referenceEngine],
  ['WebAssembly', engine],
] as const)('a method that %s does not compute is refused by name', async (name, own) => {
  const task = taskOf({ gradient: 'WP' });
  const method = { ...task.specs.method, perturbation: 'flipout' } as const;
  const flipped = { ...task, specs: { ...task.specs, method } };
  await expect(own.advance([{ task: flipped, state: initialState(task, 1) }], 1)).rejects.toThrow(
    `${name} has no differences with rows perturbed by “flipout”`,
  );
});

describe('a task that does not fit', () => {
  it.each([
    [
      { scope: 'G', flipout: true, batch: [8192], K: 32, hidden: [[512, 512, 512, 500]] },
      /; (a batch of \d+|K = \d+) fits$/,
    ],
    [
      { flipout: true, batch: [8192], K: 32, hidden: [[512, 512, 512, 512]] },
      /; (a batch of \d+|K = \d+) fits$/,
    ],
  ] as [Pinned, RegExp][])(
    'is refused before its first step, with both numbers and what fits: %j',
    async (pins, fits) => {
      const task = taskOf({ gradient: 'RFG', T: 64, ...pins });
      const refusal = await engine.prepare?.(task).then(
        () => '',
        (error: Error) => error.message,
      );
      expect(refusal).toMatch(/^this run needs [\d,]+ MB of memory, WebAssembly has 4,096 MB; /);
      expect(refusal).toMatch(fits);
      // What is said to fit does: laid out, not allocated.
      const said = /a batch of (\d+)/.exec(refusal ?? '');
      const K = /K = (\d+)/.exec(refusal ?? '');
      const { exports } = new Machine(await loadModule());
      const arena = new Arena(exports.heapBase());
      const smaller = taskOf({
        ...{ gradient: 'RFG', T: 64, ...pins },
        ...(said && { batch: [Number(said[1])] }),
        ...(K && { K: Number(K[1]) }),
      });
      place(trainingJob(smaller), arena, exports.sampleScratchBytes);
      expect(arena.end).toBeLessThanOrEqual(LIMIT);
    },
  );

  it('that fits says how much memory it takes', async () => {
    expect(await engine.prepare?.(taskOf({}))).toBeGreaterThanOrEqual(65536);
  });
});

describe('advance', () => {
  it('keeps the runs of many tasks apart, more than it keeps machines for', async () => {
    const tasks = ['BP', 'RFG', 'WP'].flatMap((gradient) =>
      [4, 7].map((width) => taskOf({ gradient: gradient as 'BP', hidden: [[width]] })),
    );
    const requests = tasks.map((task) => ({ task, state: initialState(task, 2) }));
    const first = await engine.advance(requests, 3);
    const again = await engine.advance([...requests].reverse(), 3);
    expect(again.reverse()).toEqual(first);
  });

  it('takes no step when asked for none', async () => {
    const task = taskOf({});
    const state = initialState(task, 1);
    const [chunk] = await engine.advance([{ task, state }], 0);
    expect(chunk).toEqual({ state, losses: new Float64Array(0) });
  });

  it('stops at once where the state is not finite', async () => {
    const task = taskOf({ gradient: 'BP' });
    const state = initialState(task, 1);
    state.theta[3] = Number.NaN;
    const [chunk] = await engine.advance([{ task, state }], 4);
    expect(chunk.divergedAt).toBe(0);
    expect(chunk.losses).toHaveLength(0);
    expect(chunk.state).toEqual(state);
  });

  it('refuses what does not fit into memory and names the numbers', async () => {
    const { specs, data } = taskOf({ gradient: 'RFG', hidden: [[512, 512, 512, 512]] });
    const task = { specs: { ...specs, directions: { ...specs.directions, count: 2000 } }, data };
    const none = new Float64Array(specs.layout.size);
    const state = { theta: none, m: none, v: none, step: 0, momentSteps: 0, seed: 1 };
    const refused = engine.advance([{ task, state }], 1);
    await expect(refused).rejects.toThrow(/needs [\d,]+ MB of memory, WebAssembly has 4,096 MB/);
  });
});

describe('single requests', () => {
  it('have directions of signs and others side by side, above a layer too wide for tables', async () => {
    const pins: Pinned = {
      ...{ gradient: 'WP', scope: 'A', law: 'rademacher', K: 3, epsilon: 0.1 },
      ...{ hidden: [[130, 9]], T: 4, batch: [2] },
    };
    let seed = 1;
    const mixed = () => {
      const { request } = makeCase({ name: 'signs and others', pins, seed: 1000 * seed++ });
      return {
        ...request,
        directions: request.directions.map((xi, k) => (k === 1 ? xi.map((v) => v / 2) : xi)),
      };
    };
    let request = mixed();
    while (requestMargin(request) < MARGIN) request = mixed();
    const own = await engine.gradient(request);
    const expected = await referenceEngine.gradient(request);
    const [sums, exact] = [own, expected].map(({ derivatives }) => Array.from(derivatives));
    for (const [k, c] of sums.entries()) expect(c).toBeCloseTo(exact[k], 4);
    expect(Math.max(...exact.map(Math.abs))).toBeGreaterThan(0.01);
  });

  it('give all rows of a grid, one or many', async () => {
    const network = networkOf([[2, 20, 7]], { T: 5, leak: 0.9 });
    const layout = layoutOf(network);
    const theta = Float64Array.from({ length: layout.size }, (_, j) =>
      Math.fround(0.3 + 0.6 * Math.sin(12.9 * j)),
    );
    const outputs = await engine.outputs(network, theta, surface);
    const expected = await referenceEngine.outputs(network, theta, surface);
    expect(outputs).toHaveLength(81);
    outputs.forEach((y, n) => {
      expect(y).toBeCloseTo(expected[n], 4);
    });
    const row = {
      factors: [
        { rows: 1, width: 2, inputs: surface.factors[0].inputs.slice(20, 22), scale: Float32Array.of(1) },
      ],
    };
    const trace = await engine.trace(network, theta, 0, { ...row, target: new Float32Array(0) });
    expect(trace.spikes.map((s) => s.length)).toEqual([100, 35]);
    expect(trace.membranes.map((u) => u.length)).toEqual([100, 35]);
  });
});

it('the arena has room up to the limit and not beyond', () => {
  const arena = new Arena(0);
  arena.take(LIMIT);
  expect(arena.end).toBe(LIMIT);
  arena.take(1);
  expect(() => arena.end).toThrow('4,097 MB');
});

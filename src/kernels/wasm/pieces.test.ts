import { afterEach, describe, expect, it, vi } from 'vitest';
import { squareGrid } from '../../experiments/hat.ts';
import { EXPERIMENTS } from '../../experiments/table.ts';
import { generateNow } from '../../problems/problem.ts';
import type { Pinned } from '../../training/config.ts';
import { initialState, type Task } from '../../training/engine.ts';
import { resolveConfig } from '../../training/presets.ts';
import { Interrupted } from '../../training/pulse.ts';
import { problemParams, specsOf } from '../../training/specs.ts';
import { createWasmEngine } from './engine.ts';

function taskOf(pins: Pinned): Task {
  const config = resolveConfig({ T: 6, hidden: [[6, 5]], trainFunctions: 12, testFunctions: 10, ...pins });
  if (config.experiment === 'hat') return { specs: specsOf(config), data: squareGrid(9, (x, y) => x * y) };
  return {
    specs: specsOf(config),
    data: generateNow(EXPERIMENTS[config.experiment], problemParams(config)).train,
  };
}

/** Every look at the clock takes so long that a piece is a few rows. */
function slowClock() {
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (time += 30));
}
afterEach(() => vi.restoreAllMocks());

const hat: Pinned = { batch: [23] };
const poisson: Pinned = { experiment: 'poisson', batch: [7, 9], rank: 3 };
const TASKS: Record<string, Pinned> = {
  BP: { ...hat, gradient: 'BP' },
  'WSG-RFG-L-LL': { ...hat, gradient: 'RFG', surrogate: 'WSG', localLosses: true, K: 2 },
  flipout: { ...hat, gradient: 'RFG', scope: 'G', flipout: true },
  'RFG-A': { ...hat, gradient: 'RFG', scope: 'A' },
  'WP-L': { ...hat, gradient: 'WP', scope: 'L', K: 2 },
  'WP-G': { ...hat, gradient: 'WP', scope: 'G', K: 3 },
  'WP-A': { ...hat, gradient: 'WP', scope: 'A', K: 2, T: 37 },
  'WP-A, two factors': {
    ...poisson,
    gradient: 'WP',
    scope: 'A',
    law: 'rademacher',
    hidden: [[6, 5], [4]],
    localLosses: true,
  },
  'BP, two factors': { ...poisson, gradient: 'BP' },
  'RFG-L, two factors': { ...poisson, gradient: 'RFG', scope: 'L' },
  'WP-L, two factors': { ...poisson, gradient: 'WP', scope: 'L', localLosses: true },
};

describe('long work of the WebAssembly engine', () => {
  it.each(Object.entries(TASKS))('%s: in pieces it has the same bits as in one go', async (_, pins) => {
    const task = taskOf(pins);
    const state = initialState(task, 3);
    const { network } = task.specs;
    const whole = await createWasmEngine();
    const [expected] = await whole.advance([{ task, state }], 4);
    const outputs = await whole.outputs(network, state.theta, task.data);
    const trace = await whole.trace(network, state.theta, 0, task.data);

    slowClock();
    let pulses = 0;
    const engine = await createWasmEngine(() => {
      pulses++;
      return undefined;
    });
    expect(await engine.advance([{ task, state }], 4)).toEqual([expected]);
    // Three between the steps, more within each of them.
    expect(pulses).toBeGreaterThan(3 + 4);
    pulses = 0;
    expect(await engine.outputs(network, state.theta, task.data)).toEqual(outputs);
    expect(await engine.trace(network, state.theta, 0, task.data)).toEqual(trace);
    expect(pulses).toBeGreaterThan(4);
  });

  it.each(Object.entries(TASKS))('%s: given up anywhere, it can be done again', async (_, pins) => {
    const task = taskOf(pins);
    const state = initialState(task, 3);
    const [expected] = await (await createWasmEngine()).advance([{ task, state }], 2);
    slowClock();
    let left = Number.POSITIVE_INFINITY;
    const engine = await createWasmEngine(() => {
      if (left-- > 0) return undefined;
      left = Number.POSITIVE_INFINITY;
      return Promise.reject(new Interrupted());
    });
    for (let pieces = 0; pieces < 12; pieces += 3) {
      left = pieces;
      const advanced = engine.advance([{ task, state }], 2).catch((error: Error) => error.name);
      const outcome = await advanced;
      if (outcome === 'Interrupted') expect(left).toBe(Number.POSITIVE_INFINITY);
      left = Number.POSITIVE_INFINITY;
      expect(await engine.advance([{ task, state }], 2)).toEqual([expected]);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../experiments/table.ts';
import { generateNow, relativeL2 } from '../problems/problem.ts';
import type { Pinned } from '../training/config.ts';
import { type Engine, initialState } from '../training/engine.ts';
import { resolveConfig } from '../training/presets.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import { problemParams, specsOf } from '../training/specs.ts';
import { createWasmEngine } from './wasm/engine.ts';

/** Relative L2 error on the stated grid of the hat after some steps, evaluated once at the end. */
async function errorAfter(engine: Engine, steps: number, pinned: Pinned): Promise<number> {
  const config = resolveConfig({ recipe: 'paper', ...pinned });
  const data = generateNow(EXPERIMENTS[config.experiment], problemParams(config));
  const task = { specs: specsOf(config), data: data.train };
  const [chunk] = await engine.advance([{ task, state: initialState(task, config.seed) }], steps);
  expect(chunk.state.step).toBe(steps);
  const { network } = task.specs;
  const output = await engine.outputs(network, chunk.state.theta, data.test);
  const error = relativeL2(output, data.test);
  return error;
}

describe('the Mexican hat is learned with the settings of the paper', () => {
  // The engines take equal steps, as the conformance suite holds: one seed and the steep part of the curve will do on the slow one.
  it('SG-BP below 0.1 after 80 steps on the reference', async () => {
    expect(await errorAfter(referenceEngine, 80, { seed: 1 })).toBeLessThan(0.1);
  });
  for (const seed of [1, 2, 3]) {
    it(`SG-BP below 0.05 after 300 steps on WebAssembly, seed ${seed}`, async () => {
      const engine = await createWasmEngine();
      expect(await errorAfter(engine, 300, { seed })).toBeLessThan(0.05);
    });
    it(`SG-RFG-L below 0.35 after 1500 steps on WebAssembly, seed ${seed}`, async () => {
      const engine = await createWasmEngine();
      expect(await errorAfter(engine, 1500, { seed, gradient: 'RFG', scope: 'L' })).toBeLessThan(0.35);
    });
  }
});

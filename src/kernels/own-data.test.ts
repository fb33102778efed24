import { describe, expect, it } from 'vitest';
import { ownData } from '../experiments/own-data.ts';
import { methodId, methodsFor } from '../methods/index.ts';
import { generateNow, relativeL2 } from '../problems/problem.ts';
import { packTable } from '../problems/samples.ts';
import type { Pinned } from '../training/config.ts';
import { type Engine, initialState } from '../training/engine.ts';
import { IndirectEngine } from '../training/indirect/engine.ts';
import { resolveConfig } from '../training/presets.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import { problemParams, specsOf } from '../training/specs.ts';
import { createWasmEngine } from './wasm/engine.ts';

const values = (f: (i: number) => number) => Float64Array.from({ length: 60 }, (_, i) => f(i));
const year = { name: 'year', values: values((i) => 1990 + i / 2) };
const height = { name: 'height', values: values((i) => (i * 37) % 60) };
const target = { name: 'target', values: values((i) => 300 + 5 * Math.sin(i / 9) + ((i * 37) % 60) / 20) };
const TABLES = {
  'one input': packTable('a', [year, target]),
  'two inputs': packTable('b', [year, height, target]),
};
await ownData.load?.(problemParams(resolveConfig({})));

/** Losses of some steps on a table, and the test error after them. */
async function trained(engine: Engine, steps: number, pinned: Pinned) {
  const config = resolveConfig({ experiment: 'own-data', ...pinned });
  const data = generateNow(ownData, problemParams(config));
  const task = { specs: specsOf(config), data: data.train };
  const [chunk] = await engine.advance([{ task, state: initialState(task, config.seed) }], steps);
  const output = await engine.outputs(task.specs.network, chunk.state.theta, data.test);
  return { losses: [...chunk.losses], error: relativeL2(output, data.test) };
}

describe.each(Object.entries(TABLES))('a table of %s', (_, data) => {
  it.each(methodsFor(ownData.shape).map((method) => [methodId(method), method] as const))(
    'is learned alike by WebAssembly and the reference under %s',
    async (_, { chosenBy, derivation }) => {
      const pinned = { ...chosenBy, data, T: 8, hidden: [[6]], batch: [8], steps: 3 } as Pinned;
      const wasm = await trained(new IndirectEngine(await createWasmEngine()), 3, pinned);
      const reference = await trained(new IndirectEngine(referenceEngine), 3, pinned);
      expect(wasm.losses).toHaveLength(reference.losses.length);
      // Initial currents are 1 at points of the data: there a spike may fall on either side, and a fit makes the most of it.
      const digits = derivation === 'fit' ? 1 : 3;
      for (const [i, loss] of wasm.losses.entries()) expect(loss).toBeCloseTo(reference.losses[i], digits);
    },
  );

  it('has a test error that falls', async () => {
    const engine = await createWasmEngine();
    const { error } = await trained(engine, 150, { data, T: 16, steps: 150, noise: 0.1 });
    expect(error).toBeLessThan(0.5);
  });
});

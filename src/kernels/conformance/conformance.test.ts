import { describe, expect, it } from 'vitest';
import type { Engine } from '../../training/engine.ts';
import { referenceEngine } from '../../training/reference-engine.ts';
import { createWasmEngine } from '../wasm/engine.ts';
import { conformanceParts } from './suite.ts';

const ENGINES: Record<string, () => Promise<Engine>> = {
  reference: async () => referenceEngine,
  wasm: createWasmEngine,
};

describe.each(Object.entries(ENGINES))('%s', (_, create) => {
  it.each(conformanceParts())('$name', async ({ run }) => {
    const checks = await run(await create());
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});

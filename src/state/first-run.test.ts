import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../experiments/table.ts';
import { generateNow, relativeL2 } from '../problems/problem.ts';
import { initialState } from '../training/engine.ts';
import { resolveConfig } from '../training/presets.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import { problemParams, specsOf } from '../training/specs.ts';
import json from './first-run.json' with { type: 'json' };
import { firstRun } from './first-run.ts';
import { hatHash } from './hat-hash.ts';
import { pack, packBits, packText, unpack, unpackBits, unpackText } from './packing.ts';

const config = resolveConfig({});
const data = generateNow(EXPERIMENTS.hat, problemParams(config));
const task = { specs: specsOf(config), data: data.train };
const recorded = firstRun(config);

describe('the recorded run', () => {
  it('is of the default configuration (else: npm run first-run)', () => {
    expect(json.config).toBe(hatHash(config));
    expect(recorded.recording?.step).toBe(config.steps);
    expect(recorded.state?.theta.length).toBe(task.specs.layout.size);
    expect(recorded.losses?.length).toBe(config.steps);
  });

  it('starts as the default run starts today (else: npm run first-run)', async () => {
    const [chunk] = await referenceEngine.advance([{ task, state: initialState(task, config.seed) }], 12);
    const known = recorded.losses?.values ?? [];
    chunk.losses.forEach((loss, i) => expect(Math.abs(Math.log(known[i] / loss))).toBeLessThan(0.06));
  });

  it('shows what its weights give', async () => {
    const { network } = task.specs;
    const theta = recorded.state?.theta ?? new Float64Array();
    const coarse = await referenceEngine.outputs(network, theta, data.coarse);
    const shown = recorded.prediction?.values ?? [];
    expect(Math.max(...Array.from(coarse, (y, i) => Math.abs(y - shown[i])))).toBeLessThan(1e-4);
    expect(recorded.prediction?.error).toBeCloseTo(relativeL2(coarse, data.coarse), 5);
  });

  it('has the data that the worker would make', () => {
    expect(recorded.data?.test).toEqual(data.test);
    expect(recorded.data?.coarse).toEqual(data.coarse);
    expect(recorded.data?.unit).toBe(data.unit);
  });

  it('is shown for no other configuration', () => {
    expect(firstRun(resolveConfig({ seed: 2 }))).toEqual({});
  });
});

it('numbers and bits read back', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 3 - 1);
  unpack(pack(values, 16), 16).forEach((value, i) => expect(value).toBeCloseTo(values[i], 3));
  unpack(pack(values, 8), 8).forEach((value, i) => expect(Math.abs(value - values[i])).toBeLessThan(0.013));
  unpackText(packText(values)).forEach((value, i) => expect(Math.abs(value - values[i])).toBeLessThan(0.034));
  expect(packText(values).levels).not.toMatch(/["\\]/);
  expect([...unpack(pack([2, 2], 16), 16)]).toEqual([2, 2]);
  const bits = Uint8Array.from({ length: 64 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  expect(unpackBits(packBits(bits))).toEqual(bits);
});

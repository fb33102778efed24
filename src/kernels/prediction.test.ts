import { describe, expect, it } from 'vitest';
import { benchmarkSpecs, LARGE_BATCH, TIMED_BATCH } from '../training/benchmark.ts';
import { expectedOperations } from '../training/cost.ts';
import { resolveConfig } from '../training/presets.ts';
import { type Specs, specsOf } from '../training/specs.ts';
import type { EngineReport, Trial } from './choose.ts';
import { reportFor } from './prediction.ts';

const SMALL = expectedOperations(benchmarkSpecs(TIMED_BATCH));
const LARGE = expectedOperations(benchmarkSpecs(LARGE_BATCH));

/** An engine whose step takes a fixed time, and some milliseconds more for each million operations. */
const timed = (name: Trial['name'], fixed: number, million: number): Trial => ({
  name,
  ok: true,
  reason: name === 'webgpu' ? 'some GPU' : 'WebAssembly SIMD',
  msPerStep: fixed + (million * SMALL) / 1e6,
  msOfLargeStep: fixed + (million * LARGE) / 1e6,
});
const report = (...trials: Trial[]): EngineReport => ({ engine: 'wasm', reason: 'as chosen', trials });
const BOTH = report(timed('webgpu', 3, 0.01), timed('wasm', 0, 0.5));

const small = specsOf(resolveConfig({ batch: [16], hidden: [[16, 16]] }));
const wide = specsOf(resolveConfig({ batch: [512], hidden: [[256, 256]] }));
const predicted = ({ trials }: EngineReport) => trials.map(({ msPredicted }) => msPredicted);

describe('the engine for a task', () => {
  it('is the one whose step is predicted to take less, from two times of each', () => {
    const ofSmall = reportFor(BOTH, [small], 1);
    expect(ofSmall.engine).toBe('wasm');
    expect(ofSmall.reason).toMatch(
      /^WebGPU is slower here: 3\.0 ms a step of this run by prediction, WebAssembly [\d.]+ ms$/,
    );
    const ofWide = reportFor(BOTH, [wide], 1);
    expect(ofWide.engine).toBe('webgpu');
    expect(ofWide.reason).toMatch(/^some GPU: [\d.]+ ms a step of this run by prediction, WebAssembly /);
    const work = expectedOperations(wide) / 1e6;
    const [gpu, wasm] = predicted(ofWide);
    expect(gpu).toBeCloseTo(3 + 0.01 * work);
    expect(wasm).toBeCloseTo(0.5 * work);
    // What was measured stays.
    expect(ofWide.trials.map(({ msPerStep }) => msPerStep)).toEqual(BOTH.trials.map((one) => one.msPerStep));
  });

  it('is predicted as it was timed for the sizes that were timed', () => {
    for (const [batch, time] of [
      [TIMED_BATCH, 'msPerStep'],
      [LARGE_BATCH, 'msOfLargeStep'],
    ] as const)
      for (const { msPredicted, [time]: ms } of reportFor(BOTH, [benchmarkSpecs(batch)], 1).trials)
        expect(msPredicted).toBeCloseTo(ms!);
  });

  it('never takes less time for more work, or a negative one', () => {
    const quicker = { ...timed('webgpu', 3, 0.01), msOfLargeStep: 2 };
    const steep = { ...timed('wasm', 0, 0.5), msOfLargeStep: (2 * 0.5 * LARGE) / 1e6 };
    const tiny = specsOf(resolveConfig({ batch: [1], hidden: [[1]], T: 1 }));
    const [ofTiny, ofSmall, ofWide] = [tiny, small, wide].map((specs) =>
      predicted(reportFor(report(quicker, steep), [specs], 1)),
    ) as number[][];
    for (const i of [0, 1]) {
      expect(ofTiny[i]).toBeGreaterThanOrEqual(0);
      expect(ofSmall[i]).toBeGreaterThanOrEqual(ofTiny[i]);
      expect(ofWide[i]).toBeGreaterThanOrEqual(ofSmall[i]);
    }
  });

  it('counts all lanes, which threads share on WebAssembly', () => {
    const lanes: Specs[] = new Array(4).fill(wide);
    const [gpu, wasm] = predicted(reportFor(BOTH, [wide], 8)) as number[];
    const [ofFour, shared] = predicted(reportFor(BOTH, lanes, 3)) as number[];
    expect(ofFour).toBeCloseTo(4 * gpu);
    expect(shared).toBeCloseTo((4 / 3) * wasm);
    expect(reportFor(BOTH, lanes, 3).reason).toContain(' a step of all lanes by prediction');
  });

  it('is left alone where there is no choice or nothing to train', () => {
    const once = { ...timed('wasm', 0, 0.5), msOfLargeStep: undefined };
    const one = report({ name: 'webgpu', ok: false, reason: 'no WebGPU here' }, once);
    expect(reportFor(one, [wide], 1)).toBe(one);
    const half = report(timed('webgpu', 3, 0.01), once);
    expect(reportFor(half, [wide], 1)).toBe(half);
    expect(reportFor(BOTH, [], 1)).toBe(BOTH);
  });
});

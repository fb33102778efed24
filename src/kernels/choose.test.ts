import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gather } from '../snn/batch.ts';
import { LARGE_BATCH, TIMED_BATCH } from '../training/benchmark.ts';
import type { Engine, EngineName } from '../training/engine.ts';
import { planStep } from '../training/plan.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import { chooseEngine, type EngineMakers, MAKERS } from './choose.ts';
import { requestMargin } from './conformance/margin.ts';
import { SELF_TEST_BATCH, selfTest, selfTestRun } from './self-test.ts';

/** What the clock says; only the engines below move it. */
let clock = 0;
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** The reference under another name, which takes so many milliseconds a call. */
function pretender(name: EngineName, delay: number): Engine & { disposed: boolean; batches: Set<number> } {
  const engine = {
    ...referenceEngine,
    name,
    disposed: false,
    batches: new Set<number>(),
    async advance(...call: Parameters<Engine['advance']>) {
      clock += delay;
      const [[{ task, state }], steps] = call;
      const [batch] = task.specs.batch.rows;
      engine.batches.add(batch);
      // Timing needs no numbers.
      const few = batch === SELF_TEST_BATCH ? await referenceEngine.advance([{ task, state }], 1) : undefined;
      return few ?? [{ state, losses: new Float64Array(steps) }];
    },
    dispose() {
      engine.disposed = true;
    },
  };
  return engine;
}

const wrong: Engine = {
  ...referenceEngine,
  name: 'webgpu',
  async advance(...call) {
    const [chunk] = await referenceEngine.advance(...call);
    return [{ ...chunk, state: { ...chunk.state, theta: chunk.state.theta.map((x) => x + 0.01) } }];
  },
};

function makers(changes: Partial<EngineMakers>): EngineMakers {
  return {
    ...MAKERS,
    wasm: async () => ({ engine: pretender('wasm', 20), description: 'WebAssembly SIMD' }),
    ...changes,
  };
}
const gpu = (engine: Engine) => ({ webgpu: async () => ({ engine, description: 'some GPU' }) });

describe('the choice of an engine', () => {
  it('takes WebAssembly in Node and says that there is no WebGPU', async () => {
    const { engine, report } = await chooseEngine('auto', makers({}));
    expect(engine.name).toBe('wasm');
    expect(report.reason).toBe('no WebGPU here');
    expect(report.trials.map(({ name, ok }) => [name, ok])).toEqual([
      ['webgpu', false],
      ['wasm', true],
    ]);
    expect(report.trials[1].msPerStep).toBeGreaterThan(0);
  });

  it('takes the quicker of two that work, keeps the other, and times both at a second size', async () => {
    const wasm = pretender('wasm', 20);
    for (const [delay, name, reason] of [
      [5, 'webgpu', /^some GPU: .* ms a step, WebAssembly .* ms$/],
      [80, 'wasm', /^WebGPU is slower: /],
    ] as const) {
      const webgpu = pretender('webgpu', delay);
      const made = makers({ ...gpu(webgpu), wasm: async () => ({ engine: wasm, description: 'SIMD' }) });
      const { engine, idle, report } = await chooseEngine('auto', made);
      expect(report.engine).toBe(name);
      expect(report.reason).toMatch(reason);
      expect(new Set([engine, idle])).toEqual(new Set([webgpu, wasm]));
      expect([webgpu.disposed, wasm.disposed]).toEqual([false, false]);
      for (const { msOfLargeStep } of report.trials) expect(msOfLargeStep).toBeGreaterThan(0);
      expect([...webgpu.batches]).toEqual([SELF_TEST_BATCH, TIMED_BATCH, LARGE_BATCH]);
    }
  });

  it('times no second size where there is no choice', async () => {
    const wasm = pretender('wasm', 1);
    const webgpu = pretender('webgpu', 1);
    const made = makers({ ...gpu(webgpu), wasm: async () => ({ engine: wasm, description: 'SIMD' }) });
    const alone = { ...made, webgpu: MAKERS.webgpu };
    for (const [choice, engines, tried] of [
      ['auto', alone, wasm],
      ['webgpu', made, webgpu],
    ] as const) {
      const { idle, report } = await chooseEngine(choice, engines);
      expect(idle).toBeUndefined();
      expect(report.trials.some(({ msOfLargeStep }) => msOfLargeStep !== undefined)).toBe(false);
      expect([...tried.batches]).toEqual([SELF_TEST_BATCH, TIMED_BATCH]);
    }
  });

  it('never takes a software adapter by itself', async () => {
    const info = { vendor: 'google', architecture: 'swiftshader', device: '', description: '' };
    vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => ({ info }) } });
    const { report } = await chooseEngine('auto', makers({}));
    expect(report).toMatchObject({ engine: 'wasm', reason: 'only a software adapter (google swiftshader)' });
    vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => null } });
    expect((await chooseEngine('auto', makers({}))).report.reason).toBe('no WebGPU adapter');
    vi.stubGlobal('isSecureContext', false);
    expect((await chooseEngine('auto', makers({}))).report.reason).toMatch(/^not a secure context/);
    vi.unstubAllGlobals();
  });

  it('refuses an engine that computes something else', async () => {
    const { report } = await chooseEngine('webgpu', makers(gpu(wrong)));
    expect(report.engine).toBe('wasm');
    expect(report.reason).toMatch(/^self-test failed: theta is /);
  });

  it('falls back to the reference, with all reasons', async () => {
    const wasm = async () => {
      throw new Error('no SIMD');
    };
    const { engine, report } = await chooseEngine('auto', makers({ wasm }));
    expect(engine).toBe(referenceEngine);
    expect(report.reason).toBe('WebGPU: no WebGPU here; WebAssembly: no SIMD');
    expect(report.trials.map(({ name }) => name)).toEqual(['webgpu', 'wasm', 'reference']);
  });

  it('can be forced', async () => {
    expect((await chooseEngine('reference')).report).toMatchObject({
      engine: 'reference',
      reason: 'chosen: plain TypeScript',
    });
    expect((await chooseEngine('wasm', makers({}))).report.engine).toBe('wasm');
    const { report } = await chooseEngine('webgpu', makers(gpu(pretender('webgpu', 1))));
    expect(report).toMatchObject({ engine: 'webgpu', reason: 'chosen: some GPU' });
  });
});

describe('the self-test', () => {
  it('keeps all membranes clear of the threshold and is passed by the reference', async () => {
    const { task, state } = selfTestRun(SELF_TEST_BATCH);
    const { network, method } = task.specs;
    const { rows } = planStep(task, state, 0, new Float32Array(0));
    const samples = { kind: 'drawn', seed: state.seed, step: state.step } as const;
    const data = gather(task.data, rows);
    const margin = requestMargin({
      network,
      theta: state.theta,
      data,
      method,
      directions: [],
      samples,
    });
    expect(margin).toBeGreaterThan(5e-4);
    await selfTest(referenceEngine);
  });
});

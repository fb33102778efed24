import { describe, expect, it, vi } from 'vitest';
import { gather } from '../snn/batch.ts';
import type { Engine, EngineName } from '../training/engine.ts';
import { planStep } from '../training/plan.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import { chooseEngine, type EngineMakers, MAKERS } from './choose.ts';
import { requestMargin } from './conformance/margin.ts';
import { SELF_TEST_BATCH, selfTest, selfTestRun } from './self-test.ts';

/** The reference under another name, slower by so many milliseconds a call. */
function pretender(name: EngineName, delay: number): Engine & { disposed: boolean } {
  const engine = {
    ...referenceEngine,
    name,
    disposed: false,
    async advance(...call: Parameters<Engine['advance']>) {
      await new Promise((resolve) => setTimeout(resolve, delay));
      const [[{ task, state }], steps] = call;
      // One step is enough for the self-test; timing needs none.
      const few = steps === 1 ? await referenceEngine.advance([{ task, state }], 1) : undefined;
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

  it('takes a GPU, and disposes of the engine it does not take', async () => {
    const wasm = pretender('wasm', 20);
    const { report } = await chooseEngine(
      'auto',
      makers({ ...gpu(pretender('webgpu', 5)), wasm: async () => ({ engine: wasm, description: 'SIMD' }) }),
    );
    expect(report.engine).toBe('webgpu');
    expect(report.reason).toMatch(/^some GPU: .* ms a step, WebAssembly .* ms$/);
    expect(wasm.disposed).toBe(true);
  });

  it('leaves a GPU that is more than twice as slow', async () => {
    const slow = pretender('webgpu', 80);
    const { report } = await chooseEngine('auto', makers(gpu(slow)));
    expect(report.engine).toBe('wasm');
    expect(report.reason).toMatch(/^WebGPU is slower: /);
    expect(slow.disposed).toBe(true);
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

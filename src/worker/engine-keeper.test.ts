import { describe, expect, it } from 'vitest';
import { trainerHere } from '../../tests/support/worker.ts';
import type { EngineReport } from '../kernels/choose.ts';
import { RecoveringEngine } from '../kernels/recover.ts';
import type { Engine, EngineName } from '../training/engine.ts';
import { resolveConfig } from '../training/presets.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import type { WorkerEvent } from './protocol.ts';

const view = { probe: [[0.1, 0.2]], silenced: [] };
const small = resolveConfig({ T: 4, batch: [8], hidden: [[4]], steps: 60 });
const large = { ...small, batch: [64], hidden: [[16, 16]] };

/** The reference under another name, which notes what it is asked for. */
const named = (name: EngineName, done: string[]): Engine => ({
  ...referenceEngine,
  name,
  advance: (...call) => {
    done.push(`${name} ${call[0].length}`);
    return referenceEngine.advance(...call);
  },
  prepare: async () => {
    done.push(`${name} prepares`);
    return undefined;
  },
});

/** A trainer with a GPU that takes .1 ms for whatever it does, and WebAssembly, whose time is in proportion to the work. */
function trainerWithTwo() {
  const done: string[] = [];
  const told: EngineReport[] = [];
  const trial = { ok: true, reason: 'some GPU' };
  const trainer = trainerHere(
    (event: WorkerEvent) => {
      if (event.kind === 'engine') told.push(event.report);
    },
    {
      async chooseEngine() {
        const report: EngineReport = {
          engine: 'wasm',
          reason: 'quicker',
          trials: [
            { ...trial, name: 'webgpu', msPerStep: 0.1, msOfLargeStep: 0.1 },
            { ...trial, name: 'wasm', msPerStep: 10, msOfLargeStep: 160 },
          ],
        };
        const wasm = named('wasm', done);
        const never = () => Promise.reject(new Error('not asked'));
        const engine = new RecoveringEngine(wasm, never, () => undefined, named('webgpu', done));
        return { engine, report, swapped: engine };
      },
    },
  );
  const engines = () => told.map(({ engine }) => engine);
  return { trainer, done, told, engines };
}

describe('the engine in use', () => {
  it('is chosen anew for every task, before the task is taken, and says what it was chosen by', async () => {
    const { trainer, done, told, engines } = trainerWithTwo();
    await trainer.handle({ kind: 'open', lane: 'a', config: small, view });
    await trainer.handle({ kind: 'step', count: 2 });
    expect(done).toEqual(['wasm prepares', 'wasm 1']);
    expect(engines()).toEqual(['wasm', 'wasm']);
    expect(told[1].reason).toMatch(/^WebGPU is slower here: 0\.10 ms a step of this run by prediction/);

    done.length = 0;
    await trainer.handle({ kind: 'change', lanes: [{ lane: 'a', config: large }] });
    await trainer.handle({ kind: 'step', count: 1 });
    expect(done).toEqual(['webgpu prepares', 'webgpu 1']);
    expect(told[2].engine).toBe('webgpu');
    expect(told[2].reason).toMatch(/^some GPU: 0\.10 ms a step of this run by prediction, WebAssembly /);
  });

  it('is chosen for all lanes together, those that come and those that go', async () => {
    const { trainer, engines } = trainerWithTwo();
    await trainer.handle({ kind: 'open', lane: 'a', config: small, view });
    await trainer.handle({ kind: 'open', lane: 'b', config: large, view });
    expect(engines().pop()).toBe('webgpu');
    await trainer.handle({ kind: 'close', lane: 'b' });
    expect(engines().pop()).toBe('wasm');
  });

  it('stays while a task does', async () => {
    const { trainer, engines } = trainerWithTwo();
    await trainer.handle({ kind: 'open', lane: 'a', config: small, view });
    const before = engines().length;
    await trainer.handle({ kind: 'change', lanes: [{ lane: 'a', config: small }] });
    await trainer.handle({ kind: 'reset' });
    await trainer.handle({ kind: 'step', count: 3 });
    expect(engines()).toHaveLength(before);
  });
});

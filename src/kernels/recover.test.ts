import { describe, expect, it } from 'vitest';
import type { Engine } from '../training/engine.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import type { EngineReport } from './choose.ts';
import { RecoveringEngine } from './recover.ts';

class Lost extends Error {
  override readonly name = 'DeviceLostError';
}

/** An engine that answers `good` calls and then has lost its device. */
function mortal(good: number, name: Engine['name'] = 'webgpu'): Engine & { disposed: boolean } {
  let left = good;
  return {
    ...referenceEngine,
    name,
    disposed: false,
    async advance() {
      if (left-- <= 0) throw new Lost('destroyed');
      return [];
    },
    dispose() {
      this.disposed = true;
    },
  };
}

const report = (engine: Engine): EngineReport => ({ engine: engine.name, reason: 'as chosen', trials: [] });

describe('RecoveringEngine', () => {
  it('makes the same call on a new device once, then on WebAssembly, and says so', async () => {
    const engines = [mortal(2), mortal(1), mortal(99, 'wasm')];
    const asked: string[] = [];
    const reports: EngineReport[] = [];
    let next = 0;
    const engine = new RecoveringEngine(
      engines[next++],
      async (choice) => {
        asked.push(choice);
        const made = engines[next++];
        return { engine: made, report: report(made) };
      },
      (told) => reports.push(told),
    );
    for (let call = 0; call < 6; call++) expect(await engine.advance([], 1)).toEqual([]);
    expect(asked).toEqual(['webgpu', 'wasm']);
    expect(reports.map((told) => told.engine)).toEqual(['webgpu', 'wasm']);
    expect(reports[0].reason).toMatch(/new device: the WebGPU device was lost \(destroyed\)/);
    expect(reports[1].reason).toMatch(/lost 2 times/);
    expect(engine.name).toBe('wasm');
    expect(engines.map((made) => made.disposed)).toEqual([true, true, false]);
  });

  it('recovers once for calls that fail together', async () => {
    const asked: string[] = [];
    const engine = new RecoveringEngine(
      mortal(0),
      async (choice) => {
        asked.push(choice);
        const made = mortal(99);
        return { engine: made, report: report(made) };
      },
      () => {},
    );
    await Promise.all([engine.advance([], 1), engine.advance([], 1), engine.advance([], 1)]);
    expect(asked).toEqual(['webgpu']);
  });

  it('takes WebAssembly when no new device is to be had', async () => {
    const engine = new RecoveringEngine(
      mortal(0),
      async (choice) => {
        if (choice === 'webgpu') throw new Error('no adapter');
        const made = mortal(9, 'wasm');
        return { engine: made, report: report(made) };
      },
      () => {},
    );
    await engine.advance([], 1);
    expect(engine.name).toBe('wasm');
  });

  it('lets an idle engine take its place between two calls, and frees the one that rests', async () => {
    const done: string[] = [];
    const told = (name: Engine['name']): Engine => ({
      ...mortal(99, name),
      advance: async () => {
        done.push(name);
        return [];
      },
      release: () => void done.push(`${name} released`),
      dispose: () => void done.push(`${name} disposed`),
    });
    const engine = new RecoveringEngine(
      told('wasm'),
      () => Promise.reject(new Error('not asked')),
      () => {},
      told('webgpu'),
    );
    await engine.advance([], 1);
    expect([engine.name, engine.other]).toEqual(['wasm', 'webgpu']);
    engine.swap();
    await engine.advance([], 1);
    expect([engine.name, engine.other]).toEqual(['webgpu', 'wasm']);
    engine.dispose();
    expect(done).toEqual(['wasm', 'wasm released', 'webgpu', 'webgpu disposed', 'wasm disposed']);
  });

  it('has no idle engine any more once WebAssembly goes on for a GPU that is lost', async () => {
    const idle = mortal(99, 'wasm');
    const engine = new RecoveringEngine(
      mortal(0),
      async (choice) => {
        if (choice === 'webgpu') throw new Error('no adapter');
        const made = mortal(9, 'wasm');
        return { engine: made, report: report(made) };
      },
      () => {},
      idle,
    );
    await engine.advance([], 1);
    expect([engine.name, engine.other, idle.disposed]).toEqual(['wasm', undefined, true]);
    engine.swap();
    expect(engine.name).toBe('wasm');
  });

  it('passes other errors on', async () => {
    const failing: Engine = {
      ...referenceEngine,
      advance: () => Promise.reject(new RangeError('too large')),
    };
    const engine = new RecoveringEngine(
      failing,
      () => Promise.reject(new Error('not asked')),
      () => {},
    );
    await expect(engine.advance([], 1)).rejects.toThrow('too large');
  });
});

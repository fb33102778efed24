import type { Engine, EngineName } from '../training/engine.ts';
import { referenceEngine } from '../training/reference-engine.ts';

export type EngineChoice = 'auto' | EngineName;

/** One engine that was tried. */
export interface Trial {
  readonly name: EngineName;
  readonly ok: boolean;
  readonly reason: string;
  readonly msPerStep?: number;
}

/** Which engine computes, why, and what was tried. */
export interface EngineReport {
  readonly engine: EngineName;
  readonly reason: string;
  readonly tried: readonly Trial[];
}

/** The engine asked for, or the best that works here. */
export async function chooseEngine(choice: EngineChoice): Promise<{ engine: Engine; report: EngineReport }> {
  const tried: Trial[] = [];
  if (choice !== 'reference') {
    try {
      const { createWasmEngine } = await import('./wasm/engine.ts');
      const engine = await createWasmEngine();
      tried.push({ name: 'wasm', ok: true, reason: 'WebAssembly SIMD' });
      return { engine, report: { engine: 'wasm', reason: 'WebAssembly SIMD', tried } };
    } catch (error) {
      tried.push({ name: 'wasm', ok: false, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  tried.push({ name: 'reference', ok: true, reason: 'plain TypeScript' });
  return {
    engine: referenceEngine,
    report: { engine: 'reference', reason: tried[0].ok ? 'chosen' : tried[0].reason, tried },
  };
}

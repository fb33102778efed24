import type { Engine } from '../training/engine.ts';
import { IndirectEngine } from '../training/indirect/engine.ts';
import { referenceEngine } from '../training/reference-engine.ts';

/** `wasm`: float32 by WebAssembly with SIMD. `reference`: float64 in plain TypeScript, the definition, about a hundred times slower. */
export type LibraryEngine = 'wasm' | 'reference';

/** An engine for runs and for the requests of `Engine`; one serves any number of runs. @throws Error where WebAssembly or SIMD is missing */
export async function createEngine(name: LibraryEngine = 'wasm'): Promise<Engine> {
  if (name === 'reference') return new IndirectEngine(referenceEngine);
  // Without this TensorFlow.js recommends another backend, which could not run these kernels.
  const { enableProdMode } = await import('@tensorflow/tfjs-core');
  enableProdMode();
  return new IndirectEngine(await (await import('../kernels/wasm/engine.ts')).createWasmEngine());
}

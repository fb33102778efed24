import type { Engine } from '../src/training/engine.ts';
import { IndirectEngine } from '../src/training/indirect/engine.ts';

/** Engines that work in Node; the first is the default. */
export const ENGINES = ['wasm', 'reference', 'webgpu'] as const;
export type NodeEngine = (typeof ENGINES)[number];

/** What baselines are computed by: plain TypeScript in float64, whatever engine was asked for. */
export const BASELINE_ENGINE = 'typescript';

/** The engine of that name, loaded only when asked for. */
export async function loadEngine(name: NodeEngine): Promise<Engine> {
  return new IndirectEngine(await directEngine(name));
}

async function directEngine(name: NodeEngine): Promise<Engine> {
  if (name === 'reference') return (await import('../src/training/reference-engine.ts')).referenceEngine;
  // Without this TensorFlow.js recommends another backend, which could not run these kernels.
  (await import('@tensorflow/tfjs-core')).enableProdMode();
  if (name === 'webgpu') return (await import('../src/kernels/webgpu/node.ts')).openWebgpu();
  return (await import('../src/kernels/wasm/engine.ts')).createWasmEngine();
}

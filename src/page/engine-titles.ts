import type { EngineName } from '../training/engine.ts';

/** Engines as the page calls them. */
export const ENGINE_TITLES: Record<EngineName, string> = {
  reference: 'Reference',
  wasm: 'WebAssembly',
  webgpu: 'WebGPU',
};

/** The same where there is little room. */
export const ENGINE_SHORT: Record<EngineName, string> = {
  reference: 'Ref',
  wasm: 'WASM',
  webgpu: 'GPU',
};

import { register } from 'node:module';
import { env } from '@tensorflow/tfjs-core';
import { adapterName, isSoftware, NoWebgpuError, requestAdapter } from './device.ts';
import type { WebgpuEngine } from './engine.ts';

// WebGPU in Node: Dawn, from a package that is installed by hand because of its size. No code of the page imports this.

/** How the package is installed, exactly. npm 11 passes over an optional peer dependency that is not said to be another kind. */
export const INSTALL_WEBGPU = 'npm install --no-save --save-dev webgpu@0.6.2';

/** Flags of Chromium's own driver and loader, for a machine without a GPU. */
const SOFTWARE =
  'LD_LIBRARY_PATH=/usr/lib/chromium VK_DRIVER_FILES=/usr/lib/chromium/vk_swiftshader_icd.json';

type Dawn = typeof import('webgpu');
const load = (): Promise<Dawn> => import('webgpu');

/** What computes in this process. */
export interface NodeAdapter {
  readonly name: string;
  /** Computes on the processor. */
  readonly software: boolean;
  readonly info: GPUAdapterInfo;
}

let gpu: Promise<GPU> | undefined;

/**
 * This process's adapter; its WebGPU stands where a browser has it.
 * @throws NoWebgpuError that says what is missing and how it is got
 */
export async function findAdapter(dawn = load): Promise<NodeAdapter> {
  gpu ??= install(dawn);
  await gpu.catch((error) => {
    gpu = undefined;
    throw error;
  });
  const adapter = await requestAdapter().catch((error: Error) => {
    throw new NoWebgpuError(
      `${error.message}: there has to be a GPU with its Vulkan driver; without one Chromium’s software adapter does, by “${SOFTWARE}” before the command`,
    );
  });
  return { name: adapterName(adapter.info), software: isSoftware(adapter), info: adapter.info };
}

async function install(dawn: typeof load): Promise<GPU> {
  const { create, globals } = await dawn().catch((error: NodeJS.ErrnoException) => {
    throw new NoWebgpuError(
      error.code === 'ERR_MODULE_NOT_FOUND'
        ? `WebGPU in Node needs the package webgpu (Dawn, 51 MB): ${INSTALL_WEBGPU}`
        : `the package webgpu does not load: ${error.message}`,
    );
  });
  Object.assign(globalThis, globals);
  if (!globalThis.navigator)
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  const value = create([]);
  Object.defineProperty(globalThis.navigator, 'gpu', { value, configurable: true });
  // From sources Node has to be told what the shaders' files are; a bundle has their texts inside.
  if (import.meta.url.endsWith('.ts')) register('./wgsl-loader.mjs', import.meta.url);
  return value;
}

/** The WebGPU engine in this process. @throws NoWebgpuError */
export async function openWebgpu(): Promise<WebgpuEngine> {
  await findAdapter();
  // Not before the adapter is there: shaders are read by the loader that it brings.
  const { createWebgpuEngine } = await import('./engine.ts');
  const engine = await createWebgpuEngine();
  // Nothing may be computed on the processor where WebGPU is meant to compute it.
  env().set('WEBGPU_CPU_FORWARD', false);
  return engine;
}

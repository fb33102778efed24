import { RECORD_BYTES } from './records.ts';

/** What assembly/index.ts exports. Addresses above 2³¹ come back negative: `>>> 0` them. */
export interface Exports extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory;
  readonly loss: WebAssembly.Global;
  heapBase(): number;
  setTask(at: number): void;
  advance(step: number, count: number): number;
  begin(step: number, index: number): void;
  proceed(rows: number): number;
  finish(index: number): number;
  traceRow(factor: number, row: number): void;
  thetaAt(): number;
  mAt(): number;
  vAt(): number;
  taskBytes(): number;
  factorBytes(): number;
  layerBytes(): number;
  headBytes(): number;
  sampleScratchBytes(steps: number, samples: number): number;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** The compiled kernels, read once. @throws Error when they are missing or were built from other sources. */
export function loadModule(): Promise<WebAssembly.Module> {
  compiled ??= compile().catch((error) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  const bytecode = await readModule(new URL('./build/snn.wasm', import.meta.url));
  const module = await WebAssembly.compile(bytecode).catch((error: Error) => {
    throw new Error(`WebAssembly with SIMD does not work here: ${error.message}`);
  });
  const e = new WebAssembly.Instance(module, {}).exports as Exports;
  const bytes = { task: e.taskBytes(), factor: e.factorBytes(), layer: e.layerBytes(), head: e.headBytes() };
  if (JSON.stringify(bytes) !== JSON.stringify(RECORD_BYTES)) {
    throw new Error('snn.wasm was built from other sources: run “npm run build:wasm”');
  }
  return module;
}

async function readModule(url: URL): Promise<BufferSource> {
  if (url.protocol === 'file:') {
    // Asked for at run time, so that the page's bundle does not try to hold it.
    const { readFile } = process.getBuiltinModule('node:fs/promises');
    return readFile(url).catch(() => {
      throw new Error(`${url.pathname} is missing: run “npm run build:wasm”`);
    });
  }
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`${url.pathname} cannot be loaded: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}

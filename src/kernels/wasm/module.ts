import { arrived } from '../arrival.ts';
import { FINGERPRINT } from './records.ts';

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
  /** Of the records that the kernels read: see records.ts. */
  fingerprint(): number;
  sampleScratchBytes(steps: number, samples: number): number;
}

/** How every module begins: “\0asm”. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];
/** A function that returns i8x16.splat(0): valid where there is SIMD. */
const SIMD_PROBE = Uint8Array.of(
  ...[...MAGIC, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0],
  ...[10, 8, 1, 6, 0, 0x41, 0, 0xfd, 0x0f, 0x0b],
);

let compiled: Promise<WebAssembly.Module> | undefined;

/** The compiled kernels, read once. @throws Error when they are missing or were built from other sources. */
export function loadModule(): Promise<WebAssembly.Module> {
  compiled ??= compile().catch((error) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}

/** The kernels from a file. @throws Error that says what is missing: WebAssembly, the file, SIMD */
export async function compile(
  url = new URL('./build/snn.wasm', import.meta.url),
): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === 'undefined')
    throw new Error('this browser has no WebAssembly, or it is switched off');
  const bytecode = await readModule(url);
  if (!MAGIC.every((byte, i) => bytecode[i] === byte))
    throw new Error('snn.wasm did not arrive: the server sends something else in its place');
  const module = await WebAssembly.compile(bytecode).catch((error: Error) => {
    if (!WebAssembly.validate(SIMD_PROBE)) throw new Error('this browser’s WebAssembly has no SIMD');
    throw new Error(`snn.wasm cannot be used: ${error.message}`);
  });
  const { fingerprint } = new WebAssembly.Instance(module, {}).exports as Exports;
  if (fingerprint() >>> 0 !== FINGERPRINT) {
    throw new Error('snn.wasm was built from other sources: run “npm run build:wasm”');
  }
  return module;
}

async function readModule(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  if (url.protocol === 'file:') {
    // Asked for at run time, so that the page's bundle does not try to hold it.
    const { readFile } = process.getBuiltinModule('node:fs/promises');
    const read = await readFile(url).catch(() => {
      throw new Error(`${url.pathname} is missing: run “npm run build:wasm”`);
    });
    return new Uint8Array(read);
  }
  return new Uint8Array(await (await arrived(url)).arrayBuffer());
}

import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scriptFault } from '../arrival.ts';
import { chooseEngine, MAKERS } from '../choose.ts';
import { compile } from './module.ts';
import { FINGERPRINT } from './records.ts';

const address = new URL('https://example.org/page/assets/snn-x.wasm');
const bytes = readFileSync(new URL('./build/snn.wasm', import.meta.url));
const answer = (body: BodyInit, type: string, status = 200) =>
  vi.stubGlobal('fetch', async () => new Response(body, { status, headers: { 'content-type': type } }));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** How `i32.const` writes a number: seven bits a byte, the last with its sign. */
function leb128(number: number): number[] {
  const byte = number & 0x7f;
  const rest = number >> 7;
  const last = (rest === 0 && byte < 0x40) || (rest === -1 && byte >= 0x40);
  return last ? [byte] : [byte | 0x80, ...leb128(rest)];
}

describe('the compiled kernels', () => {
  it('are refused where their records are not those that the host writes', async () => {
    const other = Buffer.from(bytes);
    const at = other.indexOf(Buffer.from([0x41, ...leb128(FINGERPRINT | 0)]));
    other[at + 1] ^= 1;
    answer(other, 'application/wasm');
    await expect(compile(address)).rejects.toThrow('built from other sources: run “npm run build:wasm”');
  });

  it('arrive whatever the server calls them', async () => {
    answer(bytes, 'application/octet-stream');
    expect(await compile(address)).toBeInstanceOf(WebAssembly.Module);
  });

  it.each([
    [
      'a missing file',
      () => answer('no', 'text/plain', 404),
      'snn-x.wasm did not arrive: the server answers 404',
    ],
    [
      'a page in its place',
      () => answer('<html>', 'text/html'),
      'the server sends a page (text/html) in its place',
    ],
    [
      'something else',
      () => answer('nothing', 'application/wasm'),
      'the server sends something else in its place',
    ],
    [
      'no network',
      () =>
        vi.stubGlobal('fetch', async () => {
          throw new TypeError('Failed to fetch');
        }),
      'snn-x.wasm did not arrive: this device is offline, or the server does not answer',
    ],
    [
      'no WebAssembly',
      () => vi.stubGlobal('WebAssembly', undefined),
      'this browser has no WebAssembly, or it is switched off',
    ],
    [
      'no SIMD',
      () => {
        answer(bytes, 'application/wasm');
        vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new Error('invalid opcode 0xfd'));
        vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
      },
      'this browser’s WebAssembly has no SIMD',
    ],
    [
      'a module that cannot be used, with SIMD there',
      () => answer(bytes.subarray(0, 900), 'application/wasm'),
      'snn.wasm cannot be used: ',
    ],
  ])('%s is named as what it is', async (_, inject, message) => {
    inject();
    await expect(compile(address)).rejects.toThrow(message);
  });

  it('leave the reference to compute, with the cause in the badge', async () => {
    const { report } = await chooseEngine('auto', {
      ...MAKERS,
      wasm: async () => {
        answer('no', 'text/plain', 503);
        await compile(address);
        throw new Error('not reached');
      },
    });
    expect(report.engine).toBe('reference');
    expect(report.reason).toContain('WebAssembly: snn-x.wasm did not arrive: the server answers 503');
    expect(report.reason).not.toContain('SIMD');
  });
});

describe('a script that a worker cannot run', () => {
  it('is named with what the server does', async () => {
    const script = 'https://example.org/assets/trainer.worker-x.js';
    answer('', 'text/javascript');
    expect(await scriptFault(script)).toBeUndefined();
    answer('', 'text/plain');
    expect(await scriptFault(script)).toBe(
      'trainer.worker-x.js is not run: the server calls it text/plain, not text/javascript',
    );
    answer('', 'text/html');
    expect(await scriptFault(script)).toContain(
      'trainer.worker-x.js did not arrive: the server sends a page',
    );
  });
});

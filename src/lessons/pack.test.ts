import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LIMITS } from './limits.ts';
import { packLesson, unpackLesson } from './pack.ts';

const file = readFileSync(new URL('./en/01-one-neuron.md', import.meta.url), 'utf8');
const noise = (length: number) => {
  let state = 1;
  return Array.from({ length }, () => {
    state = Math.imul(state, 1103515245) + 12345;
    return String.fromCharCode(33 + ((state >>> 16) % 90));
  }).join('');
};

describe('packLesson', () => {
  it.each([file, '', 'é 𝒯 \ufeff\r\n', 'a'.repeat(LIMITS.bytes), noise(9000)])('is undone', async (text) => {
    const packed = await packLesson(text);
    expect(packed).toMatch(/^[\w-]+$/);
    expect(await unpackLesson(packed)).toBe(text);
  });

  it('is short', async () => {
    expect((await packLesson(file)).length).toBeLessThan(0.8 * file.length);
  });

  it('refuses what is too long, with the limit', async () => {
    await expect(packLesson('a'.repeat(LIMITS.bytes + 1))).rejects.toThrow(
      'lesson-text: “65537 bytes” is not allowed; allowed: a lesson of up to 65536 bytes',
    );
    await expect(packLesson(noise(40_000))).rejects.toThrow(/allowed: up to 16000 in a link/);
  });

  it.each([
    ['empty', ''],
    ['no base64', 'a b'],
    ['no deflate', 'abcdefgh'],
    ['cut', deflateRawSync(Buffer.from(file)).subarray(0, 300).toString('base64url')],
    ['no text', deflateRawSync(Buffer.from([0xff, 0xfe, 0xfd])).toString('base64url')],
    [
      'too long',
      deflateRawSync(Buffer.alloc(50_000_000))
        .toString('base64url')
        .slice(0, LIMITS.packed + 1),
    ],
    ['too long unpacked', deflateRawSync(Buffer.alloc(9_000_000)).toString('base64url')],
  ])('refuses what it did not write: %s', async (_, packed) => {
    await expect(unpackLesson(packed)).rejects.toThrow(/^lesson-text: .*allowed: what the page writes/);
  });
});

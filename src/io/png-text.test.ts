import { crc32 as nodeCrc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { crc32 } from '../problems/crc32.ts';
import { fromBase64 } from '../training/base64.ts';
import { withTexts } from './png-text.ts';

/** One transparent pixel. */
const PIXEL = fromBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
);

/** Types, data and whether the checksum is right, chunk by chunk. */
function chunksOf(png: Uint8Array<ArrayBuffer>) {
  const view = new DataView(png.buffer, png.byteOffset);
  const chunks: { type: string; text: string; sound: boolean }[] = [];
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at);
    const body = png.subarray(at + 4, at + 8 + length);
    const text = new TextDecoder().decode(body);
    const sound = view.getUint32(at + 8 + length) === nodeCrc32(body);
    chunks.push({ type: text.slice(0, 4), text: text.slice(4), sound });
    at += 12 + length;
  }
  return chunks;
}

it('a PNG carries texts in sound chunks, and its picture is untouched', () => {
  const made = withTexts(PIXEL, { Title: 'Signed error', Description: 'σ 0.5, −u″ = g' });
  const chunks = chunksOf(made);
  expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'iTXt', 'iTXt', 'IDAT', 'IEND']);
  expect(chunks.every(({ sound }) => sound)).toBe(true);
  expect(chunks[2].text).toBe('Description\0\0\0\0\0σ 0.5, −u″ = g');
  expect(chunksOf(PIXEL)[1].text).toBe(chunks[3].text);
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

it('what is no PNG is refused', () => {
  expect(() => withTexts(new Uint8Array(60), {})).toThrow(/no PNG/);
});

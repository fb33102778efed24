import { crc32 } from '../problems/crc32.ts';

/** Texts inside a PNG file: iTXt chunks of ISO/IEC 15948, UTF-8 and not compressed. */

const SIGNATURE_BYTES = 8;
/** Length, type, and checksum around a chunk's data. */
const HEAD_BYTES = 8;
const CRC_BYTES = 4;
/** The first chunk: 13 bytes of width, height and so on. */
const IHDR_BYTES = HEAD_BYTES + 13 + CRC_BYTES;

/**
 * The PNG file with texts under keywords (1 to 79 Latin letters), behind its first chunk.
 * @throws RangeError when `png` is no PNG file
 */
export function withTexts(
  png: Uint8Array<ArrayBuffer>,
  texts: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const at = SIGNATURE_BYTES + IHDR_BYTES;
  if (png.length < at || String.fromCharCode(...png.subarray(1, 4)) !== 'PNG')
    throw new RangeError('the picture is no PNG file');
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  const output = new Uint8Array(png.length + chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  output.set(png.subarray(0, at));
  let end = at;
  for (const chunk of chunks) {
    output.set(chunk, end);
    end += chunk.length;
  }
  output.set(png.subarray(at), end);
  return output;
}

function textChunk(keyword: string, text: string): Uint8Array<ArrayBuffer> {
  // Keyword, end, not compressed (two bytes), no language, no translated keyword.
  const data = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(data.length + 4 + CRC_BYTES);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length - 4);
  chunk.set(data, 4);
  view.setUint32(4 + data.length, crc32(data));
  return chunk;
}

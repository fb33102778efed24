import { ConfigError } from '../settings/fields.ts';
import { fromBase64, toBase64 } from '../training/base64.ts';
import { LIMITS } from './limits.ts';

const KEY = 'lesson-text';
const ALLOWED = `what the page writes: a compressed lesson of up to ${LIMITS.packed} characters, ${LIMITS.bytes} bytes unpacked`;

/** A lesson's file as the text of a link: deflated, base64url. @throws ConfigError where it is too long. */
export async function packLesson(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > LIMITS.bytes)
    throw new ConfigError(KEY, `${bytes.length} bytes`, `a lesson of up to ${LIMITS.bytes} bytes`);
  const packed = toBase64(await through(bytes, new CompressionStream('deflate-raw')))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  if (packed.length > LIMITS.packed)
    throw new ConfigError(
      KEY,
      `${packed.length} characters`,
      `up to ${LIMITS.packed} in a link; a longer lesson is opened from its file`,
    );
  return packed;
}

/** The file again. @throws ConfigError for what `packLesson` does not write. */
export async function unpackLesson(packed: string): Promise<string> {
  try {
    if (packed.length > LIMITS.packed || !/^[\w-]+$/.test(packed)) throw new Error('it is no base64url');
    const bytes = fromBase64(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const file = await through(bytes, new DecompressionStream('deflate-raw'));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file);
  } catch {
    throw new ConfigError(KEY, packed.slice(0, 40), ALLOWED);
  }
}

/** Everything that comes out of a stream. @throws Error once it is more than a lesson may be: a short text can unpack to gigabytes. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // What fails here fails where it is read too.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = stream.readable.getReader();
  const out = new Uint8Array(LIMITS.bytes);
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (length + part.value.length > LIMITS.bytes) {
      await reader.cancel();
      throw new Error('too long');
    }
    out.set(part.value, length);
    length += part.value.length;
  }
  return out.subarray(0, length);
}

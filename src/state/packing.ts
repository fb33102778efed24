import { fromBase64, toBase64 } from '../training/base64.ts';

/** Numbers rounded to 2^bits levels from the least to the greatest. */
export interface Packed {
  readonly from: number;
  readonly to: number;
  readonly levels: string;
}

/** Little-endian levels of 8 or 16 bits. */
export function pack(values: ArrayLike<number>, bits: 8 | 16): Packed {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    from = Math.min(from, values[i]);
    to = Math.max(to, values[i]);
  }
  const most = 2 ** bits - 1;
  const bytes = new Uint8Array((values.length * bits) / 8);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) {
    const level = to > from ? Math.round(((values[i] - from) / (to - from)) * most) : 0;
    if (bits === 8) view.setUint8(i, level);
    else view.setUint16(2 * i, level, true);
  }
  return { from, to, levels: toBase64(bytes) };
}

/** Inverse of `pack` up to rounding. */
export function unpack({ from, to, levels }: Packed, bits: 8 | 16): Float32Array<ArrayBuffer> {
  const bytes = fromBase64(levels);
  const view = new DataView(bytes.buffer);
  const most = 2 ** bits - 1;
  const values = new Float32Array((bytes.length * 8) / bits);
  for (let i = 0; i < values.length; i++) {
    const level = bits === 8 ? view.getUint8(i) : view.getUint16(2 * i, true);
    values[i] = from + ((to - from) * level) / most;
  }
  return values;
}

/** 91 printable characters, none of which JSON has to escape. */
const FIRST_CHARACTER = 35;
const BACKSLASH = 92;
const CHARACTERS = 91;

/** One character a number: short once it is compressed, for long noisy series. */
export function packText(values: ArrayLike<number>): Packed {
  const { from, to } = pack(values, 8);
  const level = (value: number) =>
    to > from ? Math.round(((value - from) / (to - from)) * (CHARACTERS - 1)) : 0;
  const codes = Array.from(values, (value) => FIRST_CHARACTER + level(value));
  return {
    from,
    to,
    levels: String.fromCharCode(...codes.map((code) => (code < BACKSLASH ? code : code + 1))),
  };
}

/** Inverse of `packText` up to rounding. */
export function unpackText({ from, to, levels }: Packed): Float64Array<ArrayBuffer> {
  const values = new Float64Array(levels.length);
  for (let i = 0; i < values.length; i++) {
    const code = levels.charCodeAt(i);
    const level = (code < BACKSLASH ? code : code - 1) - FIRST_CHARACTER;
    values[i] = from + ((to - from) * level) / (CHARACTERS - 1);
  }
  return values;
}

/** Zeros and ones, eight to a byte. */
export function packBits(bits: ArrayLike<number>): string {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  for (let i = 0; i < bits.length; i++) if (bits[i]) bytes[i >> 3] |= 1 << (i & 7);
  return toBase64(bytes);
}

/** Inverse of `packBits`; the number of bits is a multiple of 8. */
export function unpackBits(text: string): Uint8Array {
  const bytes = fromBase64(text);
  const bits = new Uint8Array(bytes.length * 8);
  for (let i = 0; i < bits.length; i++) bits[i] = (bytes[i >> 3] >> (i & 7)) & 1;
  return bits;
}

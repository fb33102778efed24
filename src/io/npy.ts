import { FileError } from '../training/file-error.ts';

/** An array of NumPy's format .npy: numbers in float64, row by row, or one text. */
export type Npy = { readonly shape: readonly number[]; readonly values: Float64Array } | string;

const MAGIC = '\u0093NUMPY';

/** Format 1.0 (numpy.lib.format), little-endian: `<f8` in C order, or `<U…` for a text. */
export function formatNpy(array: Npy): Uint8Array<ArrayBuffer> {
  const text = typeof array === 'string' ? Array.from(array) : [];
  const shape = typeof array === 'string' ? [] : array.shape;
  const kind = typeof array === 'string' ? `<U${Math.max(1, text.length)}` : '<f8';
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${kind}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Data begin at a multiple of 64.
  const length = 64 * Math.ceil((10 + dictionary.length + 1) / 64) - 10;
  const header = `${dictionary.padEnd(length - 1)}\n`;
  const size = typeof array === 'string' ? 4 * Math.max(1, text.length) : 8 * array.values.length;
  const bytes = new Uint8Array(10 + length + size);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i);
  bytes[6] = 1;
  view.setUint16(8, length, true);
  for (let i = 0; i < length; i++) bytes[10 + i] = header.charCodeAt(i);
  const at = 10 + length;
  if (typeof array === 'string')
    text.forEach((character, i) => view.setUint32(at + 4 * i, character.codePointAt(0) as number, true));
  else array.values.forEach((value, i) => view.setFloat64(at + 8 * i, value, true));
  return bytes;
}

const DESCRIPTION =
  /^\{'descr': '([<>|=]?)([fU])(\d+)', 'fortran_order': (True|False), 'shape': \(([\d, ]*)\), ?\}/;
const ALLOWED = 'an array of float64 or float32, or a text, as numpy.save writes them in C order';

/** Inverse of `formatNpy`; float32 is read too. @param place the array's name, for errors. @throws FileError */
export function parseNpy(bytes: Uint8Array, place: string): Npy {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes.length < 12 || text(0, 6) !== MAGIC) throw new FileError(place, text(0, 12), ALLOWED);
  const wide = bytes[6] > 1;
  const start = wide ? 12 : 10;
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = text(start, Math.min(end, start + 4096, bytes.length));
  const [, order, kind, width, fortran, tuple] = DESCRIPTION.exec(header) ?? [];
  const shape = (tuple ?? '').split(',').flatMap((part) => (part.trim() === '' ? [] : Number(part)));
  const count = shape.reduce((n, side) => n * side, 1);
  const each = kind === 'U' ? 4 * Number(width) : Number(width);
  if (
    !kind ||
    order === '>' ||
    (fortran === 'True' && shape.length > 1) ||
    (kind === 'f' && each !== 4 && each !== 8)
  )
    throw new FileError(place, header.trim(), ALLOWED);
  if (bytes.length !== end + count * each)
    throw new FileError(place, `${bytes.length - end} bytes of shape [${shape}]`, `${count * each} bytes`);
  if (kind === 'U') {
    if (count !== 1) throw new FileError(place, `texts of shape [${shape}]`, 'one text');
    let out = '';
    for (let at = end; at < bytes.length && view.getUint32(at, true) !== 0; at += 4) {
      const code = view.getUint32(at, true);
      if (code > 0x10ffff) throw new FileError(place, `character ${code}`, 'Unicode');
      out += String.fromCodePoint(code);
    }
    return out;
  }
  const values = Float64Array.from({ length: count }, (_, i) =>
    each === 8 ? view.getFloat64(end + 8 * i, true) : view.getFloat32(end + 4 * i, true),
  );
  return { shape, values };
}

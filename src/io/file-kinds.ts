const startsWith = (bytes: Uint8Array, signature: readonly number[]) =>
  signature.every((byte, i) => bytes[i] === byte);

const HDF5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const ZIP = [0x50, 0x4b, 0x03, 0x04];

export const isHdf5 = (bytes: Uint8Array) => startsWith(bytes, HDF5);
export const isZip = (bytes: Uint8Array) => startsWith(bytes, ZIP);

/** What holds a network, told by its first bytes or else by its name: a run (JSON), a NIR graph (HDF5) or weights (NPZ). */
export function networkFileKind(name: string, bytes: Uint8Array): 'run' | 'nir' | 'npz' | undefined {
  if (isHdf5(bytes)) return 'nir';
  if (isZip(bytes)) return 'npz';
  if (bytes[0] === 0x7b) return 'run';
  const ending = /\.(nir|npz|json)$/i.exec(name)?.[1].toLowerCase();
  return ending === 'json' ? 'run' : (ending as 'nir' | 'npz' | undefined);
}

/** Whether a file holds a table, told by its name. */
export const isTableFile = (name: string) => /\.(csv|tsv|tab)$/i.test(name);

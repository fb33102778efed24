import h5wasm, { type Dataset, type Group } from 'h5wasm';
import { FileError } from '../../training/file-error.ts';
import { isHdf5 } from '../file-kinds.ts';
import type { Leaf, Tree } from './tree.ts';

/** What is read of a file at most. */
export const HDF5_LIMITS = { bytes: 64 << 20, numbers: 1 << 23, entries: 4096, depth: 8 };

const library = async () => {
  const module = await h5wasm.ready;
  // Without it the library writes its faults to the console and goes on with an empty file.
  module.activate_throwing_error_handler();
  return { File: h5wasm.File, FS: module.FS as FileSystem };
};

/** Of the library's file system in memory: what is used. */
interface FileSystem {
  writeFile(name: string, bytes: Uint8Array): void;
  readFile(name: string): Uint8Array<ArrayBuffer>;
  unlink(name: string): void;
}

let files = 0;
const WRITING: Record<string, { dtype: string; array: (values: Float64Array) => ArrayLike<unknown> }> = {
  float32: { dtype: '<f', array: (values) => Float32Array.from(values) },
  float64: { dtype: '<d', array: (values) => values },
  int64: { dtype: '<q', array: (values) => BigInt64Array.from(values, (value) => BigInt(value)) },
};

/** The tree as an HDF5 file: texts as UTF-8 of any length, as h5py writes them. */
export async function writeHdf5(tree: Tree): Promise<Uint8Array<ArrayBuffer>> {
  const { File, FS } = await library();
  const name = `/written-${++files}.h5`;
  const file = new File(name, 'w');
  write(file, tree);
  file.flush();
  file.close();
  const bytes = FS.readFile(name);
  FS.unlink(name);
  return bytes;
}

function write(group: Group, tree: Tree): void {
  for (const [name, entry] of tree) {
    if (entry instanceof Map) write(group.create_group(name), entry);
    else if (typeof entry === 'string') group.create_dataset({ name, data: entry });
    else if ('texts' in entry)
      group.create_dataset({ name, data: [...entry.texts], shape: [...entry.shape], dtype: 'S' });
    else {
      const { dtype, array } = WRITING[entry.type];
      group.create_dataset({
        name,
        data: array(entry.values) as Float64Array,
        shape: [...entry.shape],
        dtype,
      });
    }
  }
}

/**
 * What an HDF5 file holds. A file that is damaged inside may end the library: where the page can, it reads in a thread of its own
 * (hdf5-apart.ts).
 * @throws FileError
 */
export async function readHdf5(bytes: Uint8Array): Promise<Tree> {
  const whole = 'a whole HDF5 file (.nir)';
  if (!isHdf5(bytes)) throw new FileError('file', new TextDecoder().decode(bytes.subarray(0, 40)), whole);
  const { bytes: most } = HDF5_LIMITS;
  if (bytes.length > most) throw new FileError('file', `${bytes.length} bytes`, `at most ${most} bytes`);
  const { File, FS } = await library();
  const name = `/read-${++files}.h5`;
  FS.writeFile(name, bytes);
  let file: InstanceType<typeof File> | undefined;
  try {
    file = new File(name, 'r');
    return read(file, '', 0, { entries: 0 });
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError('file', `${bytes.length} bytes, cut off or damaged`, whole);
  } finally {
    try {
      file?.close();
      FS.unlink(name);
    } catch {
      // Of a damaged file nothing can be closed.
    }
  }
}

function read(group: Group, path: string, depth: number, seen: { entries: number }): Tree {
  const { entries, depth: deepest } = HDF5_LIMITS;
  if (depth > deepest) throw new FileError(path, `${depth} groups deep`, `at most ${deepest}`);
  const tree: Tree = new Map();
  for (const name of group.keys()) {
    const place = path ? `${path}/${name}` : name;
    if (++seen.entries > entries) throw new FileError(place, `${seen.entries} entries`, `at most ${entries}`);
    try {
      const entry = group.get(name) as Group | Dataset | { readonly type: string } | null;
      if (entry?.type === 'Group') tree.set(name, read(entry as Group, place, depth + 1, seen));
      else if (entry?.type === 'Dataset') tree.set(name, leafOf(entry as Dataset, place));
      else throw new FileError(place, entry?.type ?? 'a link that leads nowhere', 'a group or a dataset');
    } catch (error) {
      if (error instanceof FileError) throw error;
      throw new FileError(place, 'damaged', 'a group or a dataset that can be read');
    }
  }
  return tree;
}

const TEXT = 3;

function leafOf(dataset: Dataset, place: string): Leaf {
  const { type, size, shape, total_size: total } = dataset.metadata;
  if (total > HDF5_LIMITS.numbers)
    throw new FileError(place, `${total} numbers`, `at most ${HDF5_LIMITS.numbers}`);
  const { value } = dataset;
  const dimensions = shape ?? [];
  if (type === TEXT) {
    if (typeof value === 'string') return value;
    return { shape: dimensions, texts: Array.from(value as unknown as ArrayLike<unknown>, String) };
  }
  const values =
    Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as never, Number) : [Number(value)];
  if (value === null || values.some((each) => typeof each !== 'number') || values.length !== total)
    throw new FileError(place, `a dataset of kind ${type}`, 'numbers or text');
  const float = type === 1;
  return {
    type: float ? (size === 4 ? 'float32' : 'float64') : 'int64',
    shape: dimensions,
    values: Float64Array.from(values),
  };
}

import { unzipSync, zipSync } from 'fflate';
import type { Layer } from '../snn/network.ts';
import type { Config } from '../training/config.ts';
import { FileError } from '../training/file-error.ts';
import { configAt } from '../training/run-file.ts';
import { specsOf } from '../training/specs.ts';
import { formatNpy, type Npy, parseNpy } from './npy.ts';

/** What is read of an archive at most, unpacked. */
const MOST_BYTES = 64 << 20;
/** The run's settings as JSON: an array of one text. */
const SETTINGS = 'settings';

/** Name of a layer's arrays: `hidden_1.weight`, `branch_read-out.bias`, as the page calls it with _ for a space. */
export const arrayName = ({ name }: Pick<Layer, 'name'>, part: 'weight' | 'bias') =>
  `${name.replaceAll(' ', '_')}.${part}`;

/**
 * Weights by layer name as NumPy's .npz: for each layer `<name>.weight` [outputs][inputs] and `<name>.bias` [outputs] in float64, and
 * `settings`. Read in Python by numpy.load("weights.npz")["hidden_1.weight"].
 */
export function formatNpz(config: Config, theta: Float64Array): Uint8Array<ArrayBuffer> {
  const arrays: Record<string, Npy> = {};
  for (const layer of specsOf(config).layout.layers) {
    const { inputs, outputs, weights, biases, end } = layer;
    arrays[arrayName(layer, 'weight')] = {
      shape: [outputs, inputs],
      values: theta.subarray(weights, biases),
    };
    arrays[arrayName(layer, 'bias')] = { shape: [outputs], values: theta.subarray(biases, end) };
  }
  arrays[SETTINGS] = JSON.stringify(config);
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, formatNpy(array)] as const);
  // A date of its own would make equal weights unequal files.
  return zipSync(Object.fromEntries(files), { level: 0, mtime: '1980-01-02' }) as Uint8Array<ArrayBuffer>;
}

/**
 * Inverse of `formatNpz`. Without `settings` the arrays have to be those of a network under `fallback`.
 * @throws FileError that names the array
 */
export function parseNpz(bytes: Uint8Array, fallback: Config): { config: Config; theta: Float64Array } {
  const arrays = unpack(bytes);
  const settings = arrays.get(SETTINGS);
  const config = settings === undefined ? fallback : settingsOf(settings);
  const { layout } = specsOf(config);
  const theta = new Float64Array(layout.size);
  for (const layer of layout.layers) {
    const { inputs, outputs, weights, biases } = layer;
    theta.set(valuesOf(arrays, arrayName(layer, 'weight'), [outputs, inputs]), weights);
    theta.set(valuesOf(arrays, arrayName(layer, 'bias'), [outputs]), biases);
  }
  const names = new Set(
    layout.layers.flatMap((layer) => [arrayName(layer, 'weight'), arrayName(layer, 'bias')]),
  );
  for (const name of arrays.keys())
    if (name !== SETTINGS && !names.has(name)) throw new FileError(name, 'an array', [...names].join(', '));
  return { config, theta };
}

function unpack(bytes: Uint8Array): Map<string, Npy> {
  let total = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        total += originalSize;
        if (total > MOST_BYTES) throw new FileError(name, `${total} bytes in all`, `at most ${MOST_BYTES}`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError(
      'file',
      `${bytes.length} bytes, cut off or damaged`,
      'a ZIP archive of arrays (.npz)',
    );
  }
  const arrays = new Map<string, Npy>();
  for (const [file, content] of Object.entries(files)) {
    if (!file.endsWith('.npy')) throw new FileError(file, 'a file', 'arrays (.npy)');
    const name = file.slice(0, -4);
    arrays.set(name, parseNpy(content, name));
  }
  return arrays;
}

function settingsOf(settings: Npy): Config {
  let values: unknown;
  try {
    values = typeof settings === 'string' ? JSON.parse(settings) : undefined;
  } catch {
    // Said below.
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw new FileError(SETTINGS, typeof settings === 'string' ? settings : 'numbers', 'a text of JSON');
  return configAt(SETTINGS, values as Record<string, unknown>);
}

function valuesOf(arrays: ReadonlyMap<string, Npy>, name: string, shape: readonly number[]): Float64Array {
  const array = arrays.get(name);
  const allowed = `numbers of shape [${shape}]`;
  if (array === undefined) throw new FileError(name, 'nothing', allowed);
  if (typeof array === 'string') throw new FileError(name, array, allowed);
  if (array.shape.join() !== shape.join()) throw new FileError(name, `shape [${array.shape}]`, allowed);
  const bad = array.values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new FileError(`${name}[${bad}]`, String(array.values[bad]), 'finite numbers');
  return array.values;
}

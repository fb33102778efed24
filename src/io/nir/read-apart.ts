import { readHdf5 } from './hdf5.ts';
import type { Tree } from './tree.ts';

const PATIENCE_MS = 30_000;

/**
 * `readHdf5` in a thread of its own, where there are any: what a damaged file does to the library, endless loops included, ends
 * with it. @throws Error with what is wrong
 */
export function readApart(bytes: Uint8Array): Promise<Tree> {
  if (typeof Worker === 'undefined') return readHdf5(bytes);
  const worker = new Worker(new URL('./hdf5.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Tree>((resolve, reject) => {
    const late = setTimeout(
      () =>
        reject(
          new Error(
            `file: it was not read within ${PATIENCE_MS / 1000} s; allowed: a whole HDF5 file (.nir)`,
          ),
        ),
      PATIENCE_MS,
    );
    worker.onmessage = ({ data }: MessageEvent<{ tree?: Tree; fault?: string }>) => {
      clearTimeout(late);
      if (data.tree) resolve(data.tree);
      else reject(new Error(data.fault));
    };
    worker.onerror = ({ message }) => {
      clearTimeout(late);
      reject(new Error(`the reader of HDF5 files did not start: ${message || 'it could not be loaded'}`));
    };
    worker.postMessage(bytes);
  }).finally(() => worker.terminate());
}

import { startWorker } from '../../kernels/start-worker.ts';
import type { Hdf5Answer, Hdf5Request } from './hdf5.worker.ts';
import hdf5Address from './hdf5.worker.ts?worker&url';
import type { Tree } from './tree.ts';

const PATIENCE_S = 60;

/** `readHdf5` in a thread of its own: what a damaged file does to the library, endless loops included, ends with it. */
export async function readApart(bytes: Uint8Array): Promise<Tree> {
  return (await ask({ bytes })).tree as Tree;
}

/** `writeHdf5` there. */
export async function writeApart(tree: Tree): Promise<Uint8Array<ArrayBuffer>> {
  return (await ask({ tree })).bytes as Uint8Array<ArrayBuffer>;
}

/** @throws Error with what is wrong */
function ask(request: Hdf5Request): Promise<Hdf5Answer> {
  const worker = startWorker(hdf5Address);
  return new Promise<Hdf5Answer>((resolve, reject) => {
    const refuse = (why: string) => reject(new Error(why));
    const late = setTimeout(
      () => refuse(`file: HDF5 was not done within ${PATIENCE_S} s`),
      1000 * PATIENCE_S,
    );
    worker.onmessage = ({ data }: MessageEvent<Hdf5Answer>) => {
      clearTimeout(late);
      if (data.fault === undefined) resolve(data);
      else refuse(data.fault);
    };
    worker.onerror = ({ message }) => {
      clearTimeout(late);
      refuse(`the part for HDF5 files did not start: ${message || 'it could not be loaded'}`);
    };
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}

import { readHdf5, writeHdf5 } from './hdf5.ts';
import type { Hdf5Answer, Hdf5Request } from './hdf5-apart.ts';

/** Reads or writes one file and ends. */
addEventListener('message', async ({ data }: MessageEvent<Hdf5Request>) => {
  let answer: Hdf5Answer;
  try {
    answer = 'bytes' in data ? { tree: await readHdf5(data.bytes) } : { bytes: await writeHdf5(data.tree) };
  } catch (error) {
    answer = { fault: error instanceof Error ? error.message : String(error) };
  }
  postMessage(answer);
});

import { readHdf5, writeHdf5 } from './hdf5.ts';
import type { Tree } from './tree.ts';

export type Hdf5Request = { readonly bytes: Uint8Array } | { readonly tree: Tree };
export interface Hdf5Answer {
  readonly tree?: Tree;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly fault?: string;
}

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

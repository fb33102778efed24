import { readHdf5 } from './hdf5.ts';

/** Reads one file and ends. */
addEventListener('message', async ({ data }: MessageEvent<Uint8Array>) => {
  try {
    postMessage({ tree: await readHdf5(data) });
  } catch (error) {
    postMessage({ fault: error instanceof Error ? error.message : String(error) });
  }
});

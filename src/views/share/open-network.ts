import { networkFileKind } from '../../io/file-kinds.ts';
import type { NirFile } from '../../io/nir/graph.ts';
import type { OpenedNetwork } from '../../io/nir/network-file.ts';
import type { Playground } from '../../state/playground.ts';
import { formatCount } from '../format.ts';
import { loadPart } from '../loading/missing.ts';

/** A NIR file that was read: what is done with it is asked. */
export interface OpenedNir {
  readonly name: string;
  readonly file: NirFile;
}

const MOST_BYTES = 64 << 20;

/**
 * Opens a run, weights or a NIR graph: a run goes on, weights are the start of one; of NIR what was read is given back.
 * @throws Error with what cannot be used, the page being as it was
 */
export async function openNetwork(playground: Playground, file: File): Promise<OpenedNir | undefined> {
  const { app, actions } = playground;
  const { name, size } = file;
  if (size > MOST_BYTES)
    throw new Error(`it has ${formatCount(size)} bytes; allowed: ${formatCount(MOST_BYTES)}`);
  const buffer = await file.arrayBuffer().catch(() => undefined);
  if (!buffer) throw new Error('it cannot be read: it is a folder, or no longer there');
  const bytes = new Uint8Array(buffer);
  switch (networkFileKind(name, bytes)) {
    case 'nir': {
      const [{ readApart }, { nirOf }] = await Promise.all([
        loadPart(() => import('../../io/nir/hdf5-apart.ts')),
        loadPart(() => import('../../io/nir/graph.ts')),
      ]);
      return { name, file: nirOf(await readApart(bytes)) };
    }
    case 'npz': {
      const { parseNpz } = await loadPart(() => import('../../io/npz.ts'));
      await startFrom(playground, parseNpz(bytes, app.getState().config), name);
      return undefined;
    }
    default: {
      const { parseRun } = await loadPart(() => import('../../training/run-file.ts'));
      await actions.load(parseRun(new TextDecoder().decode(bytes)));
      return undefined;
    }
  }
}

/** A run from the first step on, with the weights of a file. */
export async function startFrom(
  { actions, app }: Playground,
  network: OpenedNetwork,
  name: string,
): Promise<void> {
  const { runFrom } = await loadPart(() => import('../../io/nir/network-file.ts'));
  await actions.load(runFrom(network));
  if (app.getState().notice?.kind !== 'error')
    actions.notify(
      'info',
      `The weights of ${name} are the start of this run: step 0. A link does not carry them, a run file does`,
    );
}

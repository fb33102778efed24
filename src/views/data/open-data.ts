import { create } from 'zustand';
import { EXPERIMENTS } from '../../experiments/table.ts';
import type { Playground } from '../../state/playground.ts';
import type { Config } from '../../training/config.ts';
import { type Reading, readSheet, type Sheet } from '../../training/data-file.ts';

/** What is made of a file: a table to learn, or a series to forecast. */
export type Use = 'table' | 'series';

interface Opened {
  /** The file as it is read; its bytes are kept, as it may be read in another way. */
  readonly sheet?: Sheet;
  readonly bytes?: Uint8Array;
  /** Chosen, or what it was opened for. */
  readonly use?: Use;
  /** What was opened last, and why it could not be read. */
  readonly fault?: { readonly name: string; readonly text: string; readonly bytes?: Uint8Array };
}
export const useOpened = create<Opened>(() => ({}));
export const forgetOpened = () => useOpened.setState({}, true);

/** What the experiment of a configuration makes of a file. */
export const defaultUse = ({ experiment }: Pick<Config, 'experiment'>): Use =>
  EXPERIMENTS[experiment].shape === 'series' ? 'series' : 'table';

/** Reads a file; one that cannot be read leaves what was read before. A series may be a single column. */
export function readTable(name: string, bytes: Uint8Array, use: Use = 'table', reading?: Reading): void {
  try {
    const sheet = readSheet(name, bytes, { ...reading, single: use === 'series' });
    useOpened.setState({ sheet, bytes, use }, true);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    useOpened.setState({ fault: { name, text, bytes } });
  }
}

/** Reads what was opened last for something else. */
export function readFor(use: Use): void {
  const { sheet, bytes, fault } = useOpened.getState();
  useOpened.setState({ use });
  if (fault?.bytes) readTable(fault.name, fault.bytes, use);
  else if (sheet && bytes) readTable(sheet.name, bytes, use);
}

/** Reads a file that was dropped or picked for the experiment on the page, and shows it under “Your data”. */
export async function openTable(
  { actions, app }: Pick<Playground, 'actions' | 'app'>,
  file: File,
): Promise<void> {
  const use = useOpened.getState().use ?? defaultUse(app.getState().config);
  const bytes = await file.arrayBuffer().catch(() => undefined);
  if (bytes) readTable(file.name, new Uint8Array(bytes), use);
  else useOpened.setState({ fault: { name: file.name, text: 'it is a folder, or no longer there' } });
  actions.look('data');
}

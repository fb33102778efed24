import { create } from 'zustand';
import type { Playground } from '../../state/playground.ts';
import { type Reading, readSheet, type Sheet } from '../../training/data-file.ts';

interface Opened {
  /** The file as it is read; its bytes are kept, as it may be read in another way. */
  readonly sheet?: Sheet;
  readonly bytes?: Uint8Array;
  /** What was opened last, and why it could not be read. */
  readonly fault?: { readonly name: string; readonly text: string };
}
export const useOpened = create<Opened>(() => ({}));
export const forgetOpened = () => useOpened.setState({}, true);

/** Reads a table; one that cannot be read leaves what was read before. */
export function readTable(name: string, bytes: Uint8Array, reading?: Reading): void {
  try {
    useOpened.setState({ sheet: readSheet(name, bytes, reading), bytes }, true);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    useOpened.setState({ fault: { name, text } });
  }
}

/** Reads a file that was dropped or picked, and shows it under “Your data”. */
export async function openTable({ actions }: Pick<Playground, 'actions'>, file: File): Promise<void> {
  const bytes = await file.arrayBuffer().catch(() => undefined);
  if (bytes) readTable(file.name, new Uint8Array(bytes));
  else useOpened.setState({ fault: { name: file.name, text: 'it is a folder, or no longer there' } });
  actions.look('data');
}

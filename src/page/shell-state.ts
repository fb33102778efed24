import { create } from 'zustand';
import { store, stored } from '../io/storage.ts';

const KEYS_OFF = 'spiking-playground.keys-off';

interface ShellState {
  /** Whether the help is open. */
  readonly help: boolean;
  /** Whether single keys do something; some users of speech input need them off. */
  readonly keys: boolean;
  /** Whether what belongs to lessons has been loaded. */
  readonly lessons: boolean;
}

/** What belongs to the page's frame alone, not to any run. */
export const useShellState = create<ShellState>(() => ({
  help: false,
  keys: stored(KEYS_OFF) === null,
  lessons: false,
}));

export function setKeys(keys: boolean): void {
  useShellState.setState({ keys });
  store(KEYS_OFF, keys ? undefined : '1');
}

import { create } from 'zustand';

const KEYS_OFF = 'spiking-playground.keys-off';

interface ShellState {
  /** Whether the help is open. */
  readonly help: boolean;
  /** Whether single keys do something; some users of speech input need them off. */
  readonly keys: boolean;
}

/** What belongs to the page's frame alone, not to any run. */
export const useShellState = create<ShellState>(() => ({ help: false, keys: !stored(KEYS_OFF) }));

export function setKeys(keys: boolean): void {
  useShellState.setState({ keys });
  try {
    if (keys) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, '1');
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the page.
  }
}

function stored(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

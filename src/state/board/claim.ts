import { browserLocks } from '../locks.ts';

export interface ClaimEvents {
  /** The board is this tab's from now on. */
  granted(): void;
  /** Another tab has it; `granted` follows when that one gives it up or closes. */
  elsewhere(): void;
}

/** Asks for the board; what it gives back gives the board up, or asks no longer. */
export type BoardClaim = (events: ClaimEvents) => () => void;

/** For a browser without locks, and for tests: the board is whoever's asks. */
export const alwaysGranted: BoardClaim = ({ granted }) => {
  granted();
  return () => undefined;
};

const NAME = 'spiking-playground-board';

/** One tab of the browser at a time, by the Web Locks API; the browser frees the lock of a tab that closes or crashes. */
export function browserClaim(locks = browserLocks()): BoardClaim {
  if (!locks) return alwaysGranted;
  return (events) => {
    const asking = new AbortController();
    let giveUp: () => void = () => asking.abort();
    const hold = (): Promise<void> | undefined => {
      if (asking.signal.aborted) return undefined;
      const held = new Promise<void>((resolve) => {
        giveUp = resolve;
      });
      events.granted();
      return held;
    };
    let refused = false;
    Promise.resolve()
      // Where locks are forbidden, asking may throw outright.
      .then(() =>
        locks.request(NAME, { ifAvailable: true }, (lock) => {
          refused = lock === null;
          return lock ? hold() : undefined;
        }),
      )
      .then(async () => {
        if (!refused || asking.signal.aborted) return;
        events.elsewhere();
        await locks.request(NAME, { signal: asking.signal }, hold);
      })
      .catch((error: Error) => {
        // A page that may not use locks, as in a sandboxed frame, has no other tab to share with.
        if (error.name !== 'AbortError') events.granted();
      });
    return () => giveUp();
  };
}

interface LatestWinsOptions {
  /** ms between the end of a run and the next one. */
  readonly rest?: number;
  /** Called once nothing was asked for during `settledAfter` ms after the last run. */
  readonly settled?: () => void;
  readonly settledAfter?: number;
}

/**
 * A function that runs `work` with one argument at a time: while a run is under way only the latest argument is kept,
 * and it is worked on next.
 */
export function latestWins<T>(
  work: (argument: T) => Promise<unknown>,
  { rest = 0, settled, settledAfter = 500 }: LatestWinsOptions = {},
): (argument: T) => void {
  let busy = false;
  let waiting: { readonly argument: T } | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;

  async function run(argument: T): Promise<void> {
    busy = true;
    try {
      await work(argument);
    } finally {
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
      busy = false;
      const next = waiting;
      waiting = undefined;
      if (next) void run(next.argument);
      else if (settled) settling = setTimeout(settled, settledAfter);
    }
  }

  return (argument) => {
    clearTimeout(settling);
    if (busy) waiting = { argument };
    else void run(argument);
  };
}

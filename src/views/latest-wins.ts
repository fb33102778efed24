/**
 * A function that runs `work` with one argument at a time: while a run is under way only the latest argument is kept,
 * and it is worked on next. `rest` ms pass between the end of a run and the next one.
 */
export function latestWins<T>(work: (argument: T) => Promise<unknown>, rest = 0): (argument: T) => void {
  let busy = false;
  let waiting: { readonly argument: T } | undefined;

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
    }
  }

  return (argument) => {
    if (busy) waiting = { argument };
    else void run(argument);
  };
}

/**
 * Seeks one after another and forgets what was asked for in between: the latest wins. After `rest` ms without a new wish
 * `settled` is told.
 */
export function createSeeker(seek: (step: number) => Promise<void>, settled: () => void, rest = 500) {
  let wanted: number | undefined;
  let busy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return async function wish(step: number): Promise<void> {
    wanted = step;
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    try {
      while (wanted !== undefined) {
        const next = wanted;
        wanted = undefined;
        await seek(next);
      }
    } finally {
      busy = false;
    }
    timer = setTimeout(settled, rest);
  };
}

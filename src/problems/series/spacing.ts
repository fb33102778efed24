/** How far a time may be from where equal spacing has it, in intervals: times are often rounded. */
const TOLERANCE = 0.05;

/** Index of the first time that is not where equal spacing from first to last has it; undefined where all are. */
export function unevenAt(times: ArrayLike<number>): number | undefined {
  const last = times.length - 1;
  const interval = (times[last] - times[0]) / last;
  // A first time from which others go down: the second is where that shows.
  if (!(interval > 0)) return 1;
  for (let i = 1; i < last; i++)
    if (!(Math.abs(times[i] - times[0] - i * interval) <= TOLERANCE * interval)) return i;
  return undefined;
}

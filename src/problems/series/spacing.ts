/** How far a time may be from where equal spacing has it, in intervals: times are often rounded. */
const TOLERANCE = 0.05;

/**
 * Index of the first time after a step that is no usual one, where times are not as equal spacing from first to last has them; undefined
 * where they are.
 */
export function unevenAt(times: ArrayLike<number>): number | undefined {
  const last = times.length - 1;
  const interval = (times[last] - times[0]) / last;
  const off = (i: number) => !(Math.abs(times[i] - times[0] - i * interval) <= TOLERANCE * interval);
  const first = range(1, last).find(off);
  if (interval > 0 && first === undefined) return undefined;
  // One gap shifts all times but the first against equal spacing, but only one step.
  const steps = Float64Array.from(range(1, last), (i) => times[i] - times[i - 1]);
  const known = steps.filter(Number.isFinite).sort();
  const usual = known[known.length >> 1];
  const unusual = steps.findIndex((step) => !(Math.abs(step - usual) <= 2 * TOLERANCE * usual));
  return unusual >= 0 ? unusual + 1 : (first ?? 1);
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

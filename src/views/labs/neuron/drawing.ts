type Place = readonly [time: number, current: number];

/** Currents after a stroke from one place to another: every time step between them gets the current on the way, in multiples of `step`. */
export function drawnOver(
  currents: readonly number[],
  [fromTime, fromCurrent]: Place,
  [toTime, toCurrent]: Place,
  step: number,
): number[] {
  const next = [...currents];
  const [first, last] = [Math.min(fromTime, toTime), Math.max(fromTime, toTime)];
  for (let time = first; time <= last; time++) {
    const share = toTime === fromTime ? 1 : (time - fromTime) / (toTime - fromTime);
    const current = fromCurrent + share * (toCurrent - fromCurrent);
    // Adding 0 turns -0 into 0.
    next[time - 1] = Number((Math.round(current / step) * step).toFixed(2)) + 0;
  }
  return next;
}

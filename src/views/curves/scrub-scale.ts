/** How the steps of a run are laid out along a line: evenly, or by log(step + 1), which has a place for step 0. */
export type Spacing = 'log' | 'linear';

/** Place of a step between 0 and 1 on a line that ends at `last`. */
export function placeOf(step: number, last: number, spacing: Spacing): number {
  if (last <= 0) return 0;
  const place = spacing === 'log' ? Math.log1p(step) / Math.log1p(last) : step / last;
  return Math.min(1, Math.max(0, place));
}

/** Nearest step to a place. */
export function stepAt(place: number, last: number, spacing: Spacing): number {
  const step = spacing === 'log' ? Math.expm1(place * Math.log1p(last)) : place * last;
  return Math.min(last, Math.max(0, Math.round(step)));
}

/** Step that a key leads to from `step`, or undefined for other keys. */
export function stepAfterKey(key: string, step: number, end: number): number | undefined {
  const tenth = Math.max(1, Math.round(end / 10));
  const to: Record<string, number> = {
    ArrowLeft: step - 1,
    ArrowDown: step - 1,
    ArrowRight: step + 1,
    ArrowUp: step + 1,
    PageDown: step - tenth,
    PageUp: step + tenth,
    Home: 0,
    End: end,
  };
  return key in to ? Math.min(end, Math.max(0, to[key])) : undefined;
}

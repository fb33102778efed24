/** Calls of `beat` between two looks at who listens. */
const EVERY = 16;
let calls = 0;
let listener: (() => void) | undefined;

/** Who is to know that long work in one go is still under way; undefined for no one. */
export function onBeat(listening: (() => void) | undefined): void {
  listener = listening;
}

/** Called in the inner loops of plain TypeScript that cannot be left before they are done. */
export function beat(): void {
  if (listener && ++calls % EVERY === 0) listener();
}

/** A computation in parts, between which others may have their turn. */
export type Parts<T> = Generator<undefined, T>;

/** All parts at once. */
export function whole<T>(parts: Parts<T>): T {
  for (;;) {
    const { done, value } = parts.next();
    if (done) return value;
  }
}

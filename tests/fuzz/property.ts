import fc from 'fast-check';

/** Something that holds of every input; how many inputs are tried by `npm run fuzz`, and by every test run. */
export interface Property {
  readonly name: string;
  readonly full: number;
  readonly short: number;
  /** Tries it; `next` is called before each input. Undefined, or what it does not hold of, made as small as it was found to be. */
  check(
    how: { readonly seed: number; readonly numRuns: number; readonly path?: string },
    next: () => void,
  ): Promise<{ readonly error: unknown; readonly input: string; readonly path: string } | undefined>;
}

/** The property that `holds` throws for no input. */
export function property<T>(
  name: string,
  { full, short }: { readonly full: number; readonly short: number },
  inputs: fc.Arbitrary<T>,
  holds: (input: T) => void | Promise<void>,
): Property {
  return {
    name,
    full,
    short,
    async check(how, next) {
      const trial = fc.asyncProperty(inputs, async (input) => {
        next();
        await holds(input);
      });
      const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(trial, how);
      if (!failed) return undefined;
      const [input] = counterexample ?? [];
      return { error: errorInstance, input: fc.stringify(input), path: counterexamplePath ?? '' };
    },
  };
}

/** What an engine says of a slip in a program, which a person cannot use. */
const UNCLEAR =
  /is not (a function|iterable|a constructor|defined)|Cannot (read|set|convert|access|destructure)|Unexpected (token|end|non-whitespace)|Maximum call stack|Invalid (array|typed array|string) length|\[object|of undefined|of null/;

/** A message names what is wrong, in words. @throws Error where it does not */
export function demandClear(message: string): void {
  if (message.length < 10 || message.length > 2000 || UNCLEAR.test(message))
    throw new Error(`not a clear message: ${message.slice(0, 300)}`);
}

/**
 * What `read` gives, or undefined where it refuses the input by an error of one of these kinds.
 * @throws Error for any other error, and for a message that is not clear
 */
export async function readOrRefused<T>(
  read: () => T | Promise<T>,
  ...kinds: readonly (new (
    ...args: never[]
  ) => Error)[]
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!kinds.some((kind) => error instanceof kind)) throw error;
    demandClear((error as Error).message);
    return undefined;
  }
}

/** @throws Error unless it holds */
export function demand(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Error(what());
}

/** Equal in all that JSON tells, numbers to the last bit. @throws Error where they are not */
export function demandEqual(actual: unknown, expected: unknown, what: string): void {
  const text = (value: unknown): string => JSON.stringify(value, (_, item) => canonical(item)) ?? 'undefined';
  const [a, b] = [text(actual), text(expected)];
  if (a === b) return;
  let at = 0;
  while (a[at] === b[at]) at++;
  const around = (whole: string) => whole.slice(Math.max(0, at - 100), at + 200);
  throw new Error(`${what}: …${around(a)} where …${around(b)} is expected`);
}

/** Numbers to the last bit, arrays of numbers as lists, names in the order of the alphabet. */
function canonical(item: unknown): unknown {
  if (typeof item === 'number') return Object.is(item, -0) ? '-0' : String(item);
  if (ArrayBuffer.isView(item)) return Array.from(item as Float64Array);
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
}

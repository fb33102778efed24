import { Fault, type FormulaFault, type Spot } from './notation/fault.ts';
import { isFunction, namesIn } from './notation/names.ts';
import { Parser } from './notation/parser.ts';
import { type Token, tokens } from './notation/tokens.ts';
import { canonicalText, type Tree } from './notation/tree.ts';

export type { FaultCode, FormulaFault, Spot, SpotCode } from './notation/fault.ts';
export { FUNCTIONS } from './notation/names.ts';
export { type Binary, type Comparison, canonicalText, type Tree } from './notation/tree.ts';

/** One way to read a formula. */
export interface Reading {
  readonly tree: Tree;
  /** The same in the notation of mathjs, with every operator written: it has this reading only. */
  readonly canonical: string;
}

/** All ways to read a formula, or why there is none. */
export type Read =
  | { readonly readings: readonly Reading[]; readonly spots: readonly Spot[]; readonly fault?: undefined }
  | { readonly readings?: undefined; readonly spots?: undefined; readonly fault: FormulaFault };

/** Longest text that is looked at. */
const LONGEST = 500;
const MOST_READINGS = 4;
const MOST_ATTEMPTS = 256;

const LEFT_SIDE = /^\s*(\p{L}+)\s*(?:\(\s*\p{L}\s*(?:[,;]\s*\p{L}\s*)*\))?\s*:?=(?!=)/u;

/** Where the right side begins, when the left one only names the function: f(x, y) = …, z = …, y = …. @throws Fault */
function startOf(text: string): number {
  const [side, name] = LEFT_SIDE.exec(text) ?? [];
  if (side === undefined) return 0;
  const own = namesIn(name.normalize('NFKC'), false);
  const [letter] = own;
  const used = letter === 'y' && /y/i.test(text.slice(side.length));
  if (own.length > 1 || isFunction(letter) || ['x', 'e', 'pi'].includes(letter) || used)
    throw new Fault({ code: 'equation', from: 0, to: side.length, what: side.trim() });
  return side.length;
}

/**
 * Reads a formula in x and y as students write it: x², 2x, |x|, sin²x, 0,5, f(x, y) = …. Where it can be read in several ways, all of
 * them come back.
 */
export function readNotation(text: string): Read {
  if (text.length > LONGEST)
    return { fault: { code: 'too long', from: LONGEST, to: text.length, what: String(text.length) } };
  let words: readonly Token[];
  try {
    words = tokens(text, startOf(text));
  } catch (error) {
    if (error instanceof Fault) return { fault: error.fault };
    throw error;
  }
  const readings = new Map<string, Tree>();
  const spots = new Map<string, Spot>();
  const waiting: (readonly number[])[] = [[]];
  let fault: FormulaFault | undefined;
  for (let attempts = 0; waiting.length > 0 && attempts < MOST_ATTEMPTS; attempts++) {
    const choices = waiting.shift() as readonly number[];
    const parser = new Parser(words, choices);
    try {
      const tree = parser.read();
      readings.set(canonicalText(tree), tree);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      fault ??= error.fault;
    }
    const made = parser.spots.map(({ choice }) => choice);
    for (let k = choices.length; k < parser.spots.length; k++) {
      const { code, from, to, count } = parser.spots[k];
      spots.set(`${code} ${from}`, { code, from, to });
      for (let other = 1; other < count; other++) waiting.push([...made.slice(0, k), other]);
    }
  }
  if (readings.size === 0) return { fault: fault as FormulaFault };
  if (readings.size > MOST_READINGS || waiting.length > 0) {
    const [{ from, to }] = spots.values();
    return { fault: { code: 'too many readings', from, to, what: text.slice(from, to) } };
  }
  return {
    readings: [...readings].map(([canonical, tree]) => ({ canonical, tree })),
    spots: readings.size > 1 ? [...spots.values()] : [],
  };
}

import { ConfigError } from '../settings/fields.ts';
import { readNumber } from '../settings/read-number.ts';

/** Control values of a drawn forcing, equispaced over the interval. */
export const CONTROL_POINTS = 9;
/** Largest control value, in the equation's units. */
export const LARGEST_CONTROL = 3;

/** The forcing that an operator experiment shows: a test function by its index, or one drawn through control values. */
export type ForcingChoice =
  | { readonly kind: 'test'; readonly index: number }
  | { readonly kind: 'drawn'; readonly points: readonly number[] };

export const FIRST_FORCING: ForcingChoice = { kind: 'test', index: 0 };

const ALLOWED = `the number of a test function, or ${CONTROL_POINTS} control values from -${LARGEST_CONTROL} to ${LARGEST_CONTROL} separated by “/”`;

/** A link's forcing: 12 is the twelfth test function, 0/0.5/1/… a drawing. @throws ConfigError */
export function parseForcing(text: string): ForcingChoice {
  if (/^\d{1,4}$/.test(text) && Number(text) >= 1) return { kind: 'test', index: Number(text) - 1 };
  const points = text.split('/').map((part) => readNumber(part) ?? Number.NaN);
  const fits =
    points.length === CONTROL_POINTS && points.every((value) => Math.abs(value) <= LARGEST_CONTROL);
  if (!fits) throw new ConfigError('forcing', text, ALLOWED);
  return { kind: 'drawn', points };
}

/** Text that `parseForcing` reads back, control values to three decimals; empty for the first test function. */
export function formatForcing(choice: ForcingChoice): string {
  if (choice.kind === 'drawn')
    return choice.points.map((value) => String(Number(value.toFixed(3)))).join('/');
  return choice.index === 0 ? '' : String(choice.index + 1);
}

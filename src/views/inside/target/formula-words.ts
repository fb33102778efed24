import {
  type FormulaFault,
  FUNCTIONS,
  type Reading,
  type Spot,
  type SpotCode,
} from '../../../problems/notation.ts';

const MANY: Readonly<Record<string, string>> = {
  '1': 'one value',
  '2': 'two values',
  '2…': 'two values or more',
};

type Words = (fault: FormulaFault) => string;
const instead = ({ instead }: FormulaFault) => (instead ? `: write ${instead}` : '');

export const FAULTS: Readonly<Record<FormulaFault['code'], Words>> = {
  empty: () => 'it is empty: write a formula in x and y, such as exp(-4(x^2+y^2))',
  'too long': ({ what }) => `it has ${what} characters: up to 200 can be used`,
  'unknown character': ({ what }) =>
    /\p{Nd}/u.test(what)
      ? `“${what}” is no digit that is read here: write 0 to 9`
      : `“${what}” cannot be used here: there are + - * / ^, brackets, |…|, √ and comparisons`,
  'unknown name': ({ what, instead }) => {
    const rather =
      [...what].length === 1
        ? 'use x and y'
        : `use x, y, pi, e and the functions ln, ${FUNCTIONS.join(', ')}`;
    return `there is no “${what}” here: ${instead ? `write ${instead}` : rather}`;
  },
  'missing operand': ({ what }) =>
    `${what === '' ? 'something is missing at the end' : `something is missing before “${what}”`}: write a number, x, y or a bracket there`,
  'missing argument': ({ what }) =>
    `of what “${what}” is taken is missing: write ${what === '√' ? '√' : what}(x)`,
  'wrong number of arguments': ({ what, instead }) =>
    `“${what}” takes ${MANY[instead ?? ''] ?? 'one or two values'}; “;” or “, ” stands between values`,
  'two operators': () => 'two signs follow each other: write a number, x, y or a bracket between them',
  'two numbers': () => 'two numbers stand side by side: write * or another sign between them',
  'number after a name': () => 'a number stands behind: write x^2 for a power, 2x for a multiple',
  'mixed number': () => 'a number and a fraction stand side by side: write + or * between them, or 2.5',
  'unclosed bracket': ({ what }) => `“${what}” is not closed`,
  'unopened bracket': ({ what }) => `“${what}” closes nothing that was opened`,
  'other bracket': ({ what, instead }) => `“${what}” closes another kind of bracket: write ${instead}`,
  comma: () =>
    'a comma stands between the digits of a number, or between the values of max, min, pow, atan2, log',
  semicolon: () => '“;” stands between the values of max, min, pow, atan2, log only',
  colon: () => '“:” needs a condition, as in x > 0 ? 1 : 0; for a division write /',
  equation: () => 'write only what the function is equal to; to compare, write ==',
  pair: () =>
    'this is a pair of numbers or one with a decimal comma: for a number write a point, as in 1.2, and no brackets',
  thousands: () => 'write a number without separators between its thousands',
  'inverse function': (fault) =>
    `the power -1 may mean the inverse function or 1 divided by it${instead(fault)}, or 1/…`,
  'too many readings': () => 'it can be read in many ways: write * and brackets',
};

/** What is wrong with a formula, where, and what to write. */
export function faultWords(fault: FormulaFault): string {
  const words = FAULTS[fault.code](fault);
  return fault.code === 'empty' || fault.code === 'too long'
    ? words
    : `at character ${fault.from + 1}, ${words}`;
}

/** What to write in place of a formula that can be read in several ways. */
export const severalWords = (readings: readonly Reading[]): string =>
  `can be read in several ways: write ${readings.map(({ canonical }) => canonical).join(' or ')}`;

export const SPOTS: Readonly<Record<SpotCode, string>> = {
  division: 'what is divided by',
  argument: 'how far the function reaches',
  exponent: 'how far the power reaches',
  root: 'how far the power reaches',
  comma: 'whether the comma is a decimal comma',
  thousands: 'whether the comma is a decimal comma',
  bars: 'which bars belong together',
  'e before a bracket': 'whether e is the number or exp',
};

/** Why a formula can be read in several ways. */
export const spotWords = (spots: readonly Spot[]): string =>
  `It is not clear ${[...new Set(spots.map(({ code }) => SPOTS[code]))].join(', nor ')}. Choose what is meant:`;

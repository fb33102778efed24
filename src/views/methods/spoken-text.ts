import { METHODS, methodId } from '../../methods/index.ts';
import { type MethodFields, methodName } from '../../training/config.ts';
import { spokenMethod } from './spoken.ts';
import { GRADIENT_OPTIONS } from './words/all.ts';

const NAMES = new Map<string, string>();
for (const { value, spoken } of GRADIENT_OPTIONS) NAMES.set(value, spoken);
for (const { chosenBy } of METHODS)
  for (const surrogate of ['SG', 'WSG'] as const)
    for (const localLosses of [false, true]) {
      const fields: MethodFields = { scope: 'L', ...chosenBy, surrogate, localLosses };
      if (surrogate === 'SG' && !localLosses) NAMES.set(methodId({ chosenBy }), spokenMethod(fields));
      NAMES.set(methodName(fields), spokenMethod(fields));
    }

/** A method's name, SG-RFG-L, WP-G or BP, in words; what is no such name stays as it is. */
export const spokenName = (name: string): string => NAMES.get(name) ?? name;

const NAME = new RegExp(
  `(?<![\\w-])(?:${[...NAMES.keys()].sort((a, b) => b.length - a.length).join('|')})(?![\\w-])`,
  'g',
);

/** A sentence with its methods' names in words; words of several parts stand in quotes. */
export const spokenText = (text: string): string =>
  text.replace(NAME, (name) => {
    const words = spokenName(name);
    return words.includes(',') ? `“${words}”` : words;
  });

import { type Gradient, METHODS, methodId } from '../../../methods/index.ts';
import { type MethodFields, methodOf } from '../../../training/config.ts';
import type { MethodWords, Words } from './words.ts';

const FILES = import.meta.glob<MethodWords>(['./*.ts', '!./all.ts', '!./words.ts', '!./*.test.ts'], {
  eager: true,
  import: 'words',
});
const WORDS: MethodWords = Object.assign({}, ...Object.values(FILES));

/** In the order of the methods. */
export const METHOD_WORDS: readonly Words[] = METHODS.map((method) => WORDS[methodId(method)]);

interface GradientOption {
  readonly value: Gradient;
  readonly label: string;
  readonly hint: string;
  /** In words that need no explanation. */
  readonly spoken: string;
  /** Of a gradient that is offered in the menu beside the bar. */
  readonly name?: string;
}

/** How every gradient is offered. */
export const GRADIENT_OPTIONS: readonly GradientOption[] = METHODS.flatMap(({ chosenBy }, i) => {
  const { option } = METHOD_WORDS[i];
  return option ? [{ value: chosenBy.gradient, ...option }] : [];
});

export const wordsOf = (config: MethodFields): Words => WORDS[methodId(methodOf(config))];

import { METHODS, methodId } from '../../../methods/index.ts';
import { type MethodFields, methodOf } from '../../../training/config.ts';
import type { MethodWords, Words } from './words.ts';

const FILES = import.meta.glob<MethodWords>(['./*.ts', '!./all.ts', '!./words.ts', '!./*.test.ts'], {
  eager: true,
  import: 'words',
});
const WORDS: MethodWords = Object.assign({}, ...Object.values(FILES));

/** In the order of the methods. */
export const METHOD_WORDS: readonly Words[] = METHODS.map((method) => WORDS[methodId(method)]);

export const wordsOf = (config: MethodFields): Words => WORDS[methodId(methodOf(config))];

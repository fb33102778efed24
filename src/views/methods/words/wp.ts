import type { MethodWords } from './words.ts';

/** What all methods that compare losses have in common. */
export const DIFFERENCES = {
  question: 'Which one has no derivative at all?',
  why: {
    surrogate: 'weight perturbation uses no surrogate',
    flipout: 'weight perturbation changes all rows alike',
  },
  withoutSurrogate: 'WP compares two losses',
} as const;

export const words: MethodWords = {
  'WP-G': {
    ...DIFFERENCES,
    option: {
      label: 'WP',
      hint: 'Weight perturbation: two losses compared, no derivative at all',
      spoken: 'Shaken weights',
    },
  },
  'WP-L': DIFFERENCES,
};

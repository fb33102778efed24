import type { MethodWords } from './words.ts';

export const words: MethodWords = {
  'S-SWIM': {
    option: {
      label: 'S-SWIM*',
      spoken: 'Features from data*',
      name: 'S-SWIM*: features from pairs of data, no gradient',
      hint: 'Hidden weights lie along the difference of two windows, as each neuron’s potential keeps them; one step solves for the read-out. After Gollwitzer and Dietrich (arXiv:2510.01012).',
    },
    question: 'Which one takes its hidden weights from pairs of windows?',
    why: {
      scope: 'S-SWIM takes no gradient, so it draws no direction',
      surrogate: 'S-SWIM takes no gradient, so it needs no surrogate',
      optimiser: 'S-SWIM fits the read-out in one step',
      localLosses: 'S-SWIM fits the read-out alone',
      localRank: 'local losses are off',
    },
    withoutSurrogate: 'S-SWIM solves for the read-out',
    withoutEstimate: 'takes no gradient: it has no estimate to show',
  },
};

import type { MethodWords } from './words.ts';

export const words: MethodWords = {
  RF: {
    option: {
      label: 'RF*',
      spoken: 'Random features*',
      name: 'RF*: random features, no gradient',
      hint: 'Hidden weights are sampled (the hat’s from pairs of data points) and stay; one step solves for the read-out by ridge regression.',
    },
    question: 'Which one never trains its hidden weights?',
    why: {
      scope: 'RF takes no gradient, so it draws no direction',
      surrogate: 'RF takes no gradient, so it needs no surrogate',
      optimiser: 'RF fits the read-out in one step',
      localLosses: 'RF fits the read-out alone',
      localRank: 'local losses are off',
    },
    withoutSurrogate: 'RF solves for the read-out',
    withoutEstimate: 'takes no gradient: it has no estimate to show',
  },
};

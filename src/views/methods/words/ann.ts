import type { MethodWords } from './words.ts';

export const words: MethodWords = {
  ANN: {
    question: 'Which one was trained without spikes?',
    why: {
      scope: 'the network of rates is trained by back-propagation, which draws no direction',
      surrogate: 'the rates have a derivative of their own, so it needs no surrogate',
    },
    withoutSurrogate: 'ANN trains rates',
    withoutEstimate: 'trains a network of rates by back-propagation: it has no estimate to show',
  },
};

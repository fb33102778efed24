import type { MethodWords } from './words.ts';

export const words: MethodWords = {
  ANN: {
    option: {
      label: 'ANN*',
      spoken: 'Trained as rates*',
      name: 'ANN* → SNN: trained as rates',
      hint: 'The same network with a clipped-linear rate in place of each neuron is trained by back-propagation, then run with spikes: the indirect training that the paper contrasts itself with.',
    },
    question: 'Which one was trained without spikes?',
    why: {
      scope: 'the network of rates is trained by back-propagation, which draws no direction',
      surrogate: 'the rates have a derivative of their own, so it needs no surrogate',
    },
    withoutSurrogate: 'ANN trains rates',
    withoutEstimate: 'trains a network of rates by back-propagation: it has no estimate to show',
  },
};

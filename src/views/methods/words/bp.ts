import type { MethodWords } from './words.ts';

export const words: MethodWords = {
  BP: {
    option: { label: 'BP', hint: 'Back-propagation through time', spoken: 'Back-propagation' },
    question: 'Which one is back-propagation?',
    why: { scope: 'back-propagation draws no direction' },
    withoutEstimate: 'is itself the gradient that estimates are compared with: it has no estimate to show',
  },
};

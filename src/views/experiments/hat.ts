import type { ExperimentWords } from './words.ts';

export const words: ExperimentWords = {
  title: 'Mexican hat',
  hint: 'A spiking network learns a function of x and y, the Mexican hat or one of your own',
  sentence: ({ target }) =>
    target === 'hat'
      ? 'A small spiking network learns ψ(x, y) = (1 − q) exp(−q) / πs⁴, q = (x² + y²) / 2s², s = 0.8.'
      : 'A small spiking network learns a function of x and y. The maps show its target, its output and the error left.',
  nothingLearned: '0 everywhere',
  reasons: {
    elsewhere: 'only the Mexican hat’s network has other targets',
    formula: 'the target is not a formula',
    painting: 'the target is not painted',
  },
};

import type { ExperimentWords } from './words.ts';

export const words: ExperimentWords = {
  title: 'Poisson',
  hint: 'A spiking DeepONet learns to solve −u″ = g for any forcing g',
  sentence: ({ boundary }) =>
    `A spiking network answers any forcing g with the solution u of −u″ = g on (−1, 1), u(±1) = 0${boundary === 'hard' ? '; its output has the factor 1 − y²' : ''}. Draw g and compare.`,
  boundary:
    'Hard boundary: the network’s output is multiplied by 1 − y², which is 0 where the solution must be. Soft: it is not, and the network has to learn that too.',
  nothingLearned: '½ (1 − y²) g(y)',
};

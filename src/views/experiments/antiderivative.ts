import type { ExperimentWords } from './words.ts';

export const words: ExperimentWords = {
  title: 'Antiderivative',
  hint: 'A spiking DeepONet learns to integrate: u′ = g, u(0) = 0, for any forcing g. Not in the paper',
  sentence: ({ boundary }) =>
    `A spiking network answers any forcing g with its antiderivative u: u′ = g on (0, 1), u(0) = 0${boundary === 'hard' ? '; its output has the factor y' : ''}. Draw g: where is it zero, and what does u do there?`,
  boundary:
    'Hard boundary: the network’s output is multiplied by y, which is 0 where the solution must be. Soft: it is not, and the network has to learn that too.',
  nothingLearned: 'y g(y)',
};

import type { ExperimentWords } from './words.ts';

export const words: ExperimentWords = {
  title: 'Reaction–diffusion',
  hint: 'A spiking SepONet learns to solve ∂u/∂t = D ∂²u/∂x² + k u² + f for any forcing f',
  sentence: ({ boundary }) =>
    `A spiking network answers any forcing f with the solution u of ∂u/∂t = D ∂²u/∂x² + k u² + f(x), zero at start and ends${boundary === 'hard' ? '; its output has the factor t (1 − s⁸), s = 2x − 1' : ''}. Draw f and compare.`,
  boundary:
    'Hard boundary: the network’s output is multiplied by t (1 − s⁸), s = 2x − 1, which is 0 where the solution must be: at the start and at both ends. Soft: it is not, and the network has to learn that too.',
  nothingLearned: 't (1 − s⁸) f(x)',
  reasons: { elsewhere: 'only reaction–diffusion has this term' },
};

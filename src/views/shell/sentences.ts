import type { Config } from '../../training/config.ts';

type Asked = Pick<Config, 'experiment' | 'target' | 'boundary'>;

/** What is learned, with its equation and the factor that the output carries. Plain text: the first paint waits for it. */
const SENTENCES: Record<Config['experiment'], (asked: Asked) => string> = {
  hat: ({ target }) =>
    target === 'hat'
      ? 'A small spiking network learns ψ(x, y) = (1 − q) exp(−q) / πs⁴, q = (x² + y²) / 2s², s = 0.8. The maps show it, the output and the error.'
      : 'A small spiking network learns a function of x and y. The maps show its target, its output and the error left.',
  poisson: ({ boundary }) =>
    `A spiking network answers any forcing g with the solution u of −u″ = g on (−1, 1), u(±1) = 0${boundary === 'hard' ? '; its output has the factor 1 − y²' : ''}. Draw g and compare.`,
  'reaction-diffusion': ({ boundary }) =>
    `A spiking network answers any forcing f with the solution u of ∂u/∂t = D ∂²u/∂x² + k u² + f(x), zero at start and ends${boundary === 'hard' ? '; its output has the factor t (1 − s⁸), s = 2x − 1' : ''}. Draw f and compare.`,
};

/** One sentence or two on what is seen. */
export function sentenceFor(asked: Asked): string {
  return SENTENCES[asked.experiment](asked);
}

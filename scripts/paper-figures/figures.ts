import { answersOf } from './answers.ts';
import { errorCurves } from './error-curves.ts';
import { solutionMaps } from './maps.ts';
import type { FigureRun } from './results.ts';
import { solutionCurves } from './solution-curves.ts';
import { surfaces } from './surfaces.ts';

/** Results files that the figures are made of, by experiment. */
export const FILES = {
  hat: 'hat-paper.json',
  poisson: 'poisson-hard.json',
  'reaction-diffusion': 'reaction-diffusion.json',
} as const;

/** Methods in the order of the paper's figures. */
const HAT = ['SG-RFG-G', 'SG-RFG-L', 'SG-BP'];
const SG = ['SG-BP', 'SG-RFG-G', 'SG-RFG-L'];
const SIX = [...SG, ...SG.map((method) => `W${method}`)];

/**
 * The paper's Figures 5, 6 and 7, and error curves that it does not have, as SVG by file name.
 * @throws Error when a run or its weights are missing, or weights do not give the error kept with them
 */
export async function paperFigures(
  runs: Readonly<Record<keyof typeof FILES, readonly FigureRun[]>>,
): Promise<Record<string, string>> {
  const { hat, poisson, 'reaction-diffusion': reactionDiffusion } = runs;
  const errors = (name: string, of: readonly FigureRun[]) =>
    errorCurves(`${name}: training and test errors of six methods`, of, SIX);
  return {
    'figure-5': surfaces('The Mexican hat', await answersOf(hat, HAT)),
    'figure-6': solutionCurves('One solution of the Poisson equation', await answersOf(poisson, SIX)),
    'figure-7': solutionMaps('Reaction-diffusion', await answersOf(reactionDiffusion, SG)),
    'errors-hat': errors('The Mexican hat', hat),
    'errors-poisson': errors('The Poisson equation', poisson),
    'errors-reaction-diffusion': errors('Reaction-diffusion', reactionDiffusion),
  };
}

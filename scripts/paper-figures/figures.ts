import { answersOf } from './answers.ts';
import { errorCurves } from './error-curves.ts';
import { solutionMaps } from './maps.ts';
import { passCurves, type Spent } from './pass-curves.ts';
import type { FigureRun } from './results.ts';
import { solutionCurves } from './solution-curves.ts';
import { surfaces } from './surfaces.ts';

/** Results files that the figures are made of, by experiment. */
export const FILES = {
  hat: 'hat-paper.json',
  poisson: 'poisson-hard.json',
  'reaction-diffusion': 'reaction-diffusion.json',
} as const;

/** Methods with and without a backward pass, each at its best known settings, and the results files that have their runs. */
export const SPENT: Readonly<
  Record<keyof typeof FILES, readonly (readonly [method: string, file: string])[]>
> = {
  hat: [
    ['SG-BP', 'hat-live.json'],
    ['WP-A', 'hat-forward.json'],
    ['SG-RFG-A', 'hat-beyond.json'],
    ['SG-RFG-L', 'hat-live.json'],
    ['SG-RFG-G', 'hat-live.json'],
  ],
  poisson: [
    ['SG-BP', 'poisson-hard.json'],
    ['WP-A', 'poisson-forward.json'],
    ['SG-RFG-A', 'poisson-beyond.json'],
    ['SG-RFG-L', 'poisson-hard.json'],
    ['SG-RFG-G', 'poisson-hard.json'],
  ],
  'reaction-diffusion': [
    ['SG-BP', 'reaction-diffusion-live.json'],
    ['WP-A', 'reaction-diffusion-forward.json'],
    ['SG-RFG-A', 'reaction-diffusion-beyond.json'],
    ['SG-RFG-L', 'reaction-diffusion-live.json'],
    ['SG-RFG-G', 'reaction-diffusion-live.json'],
  ],
};

/** Methods in the order of the paper's figures. */
const HAT = ['SG-RFG-G', 'SG-RFG-L', 'SG-BP'];
const SG = ['SG-BP', 'SG-RFG-G', 'SG-RFG-L'];
const SIX = [...SG, ...SG.map((method) => `W${method}`)];

/**
 * The paper's Figures 5, 6 and 7, and curves of errors that it does not have, as SVG by file name.
 * @throws Error when a run or its weights are missing, or weights do not give the error kept with them
 */
export async function paperFigures(
  runs: Readonly<Record<keyof typeof FILES, readonly FigureRun[]>>,
  spent: Readonly<Record<keyof typeof FILES, readonly Spent[]>>,
): Promise<Record<string, string>> {
  const { hat, poisson, 'reaction-diffusion': reactionDiffusion } = runs;
  const errors = (name: string, of: readonly FigureRun[]) =>
    errorCurves(`${name}: training and test errors of six methods`, of, SIX);
  const passes = (name: string, of: readonly Spent[]) =>
    passCurves(`${name}: error over the arithmetic spent`, of, 'forward passes of the batch of SG-BP');
  return {
    'figure-5': surfaces('The Mexican hat', await answersOf(hat, HAT)),
    'figure-6': solutionCurves('One solution of the Poisson equation', await answersOf(poisson, SIX)),
    'figure-7': solutionMaps('Reaction-diffusion', await answersOf(reactionDiffusion, SG)),
    'errors-hat': errors('The Mexican hat', hat),
    'errors-poisson': errors('The Poisson equation', poisson),
    'errors-reaction-diffusion': errors('Reaction-diffusion', reactionDiffusion),
    'passes-hat': passes('The Mexican hat', spent.hat),
    'passes-poisson': passes('The Poisson equation', spent.poisson),
    'passes-reaction-diffusion': passes('Reaction-diffusion', spent['reaction-diffusion']),
  };
}

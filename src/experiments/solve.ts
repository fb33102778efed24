import type { ProblemParams } from '../problems/problem.ts';
import { solvePoisson } from './poisson.ts';
import { solveReactionDiffusion } from './reaction-diffusion.ts';

/**
 * Solution of an operator experiment for a forcing on its nodes, on the solution's stated grid [axis 0][axis 1 …].
 * @throws RangeError when the forcing does not fit or the solution blows up.
 */
export function solveForcing(
  experiment: 'poisson' | 'reaction-diffusion',
  forcing: Float64Array,
  params: Pick<ProblemParams, 'diffusion' | 'reaction'>,
): Float64Array {
  return experiment === 'poisson' ? solvePoisson(forcing) : solveReactionDiffusion(forcing, params);
}

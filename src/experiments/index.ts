import type { ExperimentId, Problem } from '../problems/problem.ts';
import { hat } from './hat.ts';
import { poisson } from './poisson.ts';
import { reactionDiffusion } from './reaction-diffusion.ts';

/** Every experiment by its name. */
export const PROBLEMS: Record<ExperimentId, Problem> = {
  hat,
  poisson,
  'reaction-diffusion': reactionDiffusion,
};

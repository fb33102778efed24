import { hat } from './hat.ts';
import { poisson } from './poisson.ts';
import type { ExperimentId, Problem } from './problem.ts';
import { reactionDiffusion } from './reaction-diffusion.ts';

/** Every experiment by its name. */
export const PROBLEMS: Record<ExperimentId, Problem> = {
  hat,
  poisson,
  'reaction-diffusion': reactionDiffusion,
};

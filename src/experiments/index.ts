import { antiderivative } from './antiderivative.ts';
import { forecastExperiment } from './forecast.ts';
import { hat } from './hat.ts';
import { ownData } from './own-data.ts';
import { poisson } from './poisson.ts';
import { reactionDiffusion } from './reaction-diffusion.ts';

/** Every experiment. Names, types and tables follow from it: see table.ts. */
export const RECORDS = [
  antiderivative,
  forecastExperiment,
  hat,
  ownData,
  poisson,
  reactionDiffusion,
] as const;

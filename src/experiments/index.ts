import { antiderivative } from './antiderivative.ts';
import { data } from './data.ts';
import { hat } from './hat.ts';
import { poisson } from './poisson.ts';
import { reactionDiffusion } from './reaction-diffusion.ts';

/** Every experiment. Names, types and tables follow from it: see table.ts. */
export const RECORDS = [antiderivative, data, hat, poisson, reactionDiffusion] as const;

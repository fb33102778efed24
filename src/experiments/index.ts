// One line for each experiment. Names, types and tables follow from it: see table.ts.
export { antiderivative } from './antiderivative.ts';
export { hat } from './hat.ts';
export { poisson } from './poisson.ts';
export { reactionDiffusion } from './reaction-diffusion.ts';

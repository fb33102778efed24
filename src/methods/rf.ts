import { method } from './method.ts';

const ONE_STEP = { live: { steps: 1 }, paper: { steps: 1 } } as const;

/**
 * Random features (beyond the paper): hidden weights stay as drawn, whatever drew them, and the read-out is fitted by ridge regression in
 * one step.
 */
export const rf = method({
  chosenBy: { gradient: 'RF' },
  derivation: 'fit',
  perturbation: 'parameters',
  layerwise: false,
  uses: [],
  presets: { hat: ONE_STEP, poisson: ONE_STEP, 'reaction-diffusion': ONE_STEP },
  rows: ['SG'],
  standing: 'beyond',
});

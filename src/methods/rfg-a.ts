import { DIRECTIONS, LOCAL, method, SURROGATE, UPDATE } from './method.ts';

/**
 * Activity perturbation (beyond the paper): every row of a batch perturbs its own currents; see src/snn/row-wise.ts. The recipe `live`
 * takes the mean over all signs where neurons meet in a read-out only.
 */
export const rfgA = method({
  chosenBy: { gradient: 'RFG', scope: 'A', flipout: false },
  derivation: 'forward',
  perturbation: 'activity',
  layerwise: true,
  uses: [...SURROGATE, ...DIRECTIONS, ...LOCAL, ...UPDATE],
  allows: { law: ['rademacher', 'gaussian', 'mean'] },
  presets: {
    hat: {
      live: { law: 'mean', rate: 0.02, batch: [64], K: 4 },
      paper: { init: 'uniform', rate: 0.005, batch: [128], steps: 20000 },
    },
    poisson: {
      live: { law: 'mean', rate: 0.01, steps: 20000 },
      paper: { rate: 0.003, steps: 20000 },
    },
    'reaction-diffusion': {
      live: { law: 'mean', rate: 0.01, steps: 20000 },
      paper: { rate: 0.003, steps: 20000 },
    },
    forecast: {
      live: { law: 'mean', rate: 0.003, steps: 5000, batch: [32, 34] },
      paper: { rate: 0.003, steps: 10000 },
    },
  },
  rows: ['SG', 'WSG'],
  standing: 'beyond',
});

import { DIRECTIONS, LOCAL, method, UPDATE } from './method.ts';

/**
 * Node perturbation (beyond the paper): every row's currents of one hidden layer are shaken by ±ε ξ and its own change of loss is
 * observed; see src/snn/node-perturbation.ts. The recipe `live` takes the mean over all signs where neurons meet in a read-out only.
 */
export const wpA = method({
  chosenBy: { gradient: 'WP', scope: 'A', flipout: false },
  derivation: 'differences',
  perturbation: 'activity',
  layerwise: true,
  uses: [...DIRECTIONS, 'epsilon', ...LOCAL, ...UPDATE],
  allows: { law: ['rademacher', 'gaussian', 'hadamard', 'mean'] },
  presets: {
    hat: {
      live: { law: 'mean', rate: 0.03, batch: [64], K: 4, epsilon: 0.015 },
      paper: { init: 'uniform', rate: 0.005, batch: [128], steps: 20000, epsilon: 0.02 },
    },
    poisson: {
      live: { law: 'mean', rate: 0.01, steps: 20000, epsilon: 0.007 },
      paper: { rate: 0.003, steps: 20000, epsilon: 0.01 },
    },
    'reaction-diffusion': {
      live: { law: 'mean', rate: 0.015, steps: 20000, epsilon: 0.01 },
      paper: { rate: 0.003, steps: 20000, epsilon: 0.01 },
    },
    forecast: {
      live: { law: 'mean', rate: 0.003, steps: 5000, batch: [32, 34], epsilon: 0.03 },
      paper: { rate: 0.003, steps: 10000, epsilon: 0.03 },
    },
  },
  rows: ['SG'],
  standing: 'beyond',
});

import { LOCAL, method, SURROGATE, UPDATE } from './method.ts';

/** Back-propagation through time with a surrogate in place of the spike's derivative. */
export const bp = method({
  chosenBy: { gradient: 'BP' },
  derivation: 'reverse',
  perturbation: 'parameters',
  layerwise: false,
  uses: [...SURROGATE, ...LOCAL, ...UPDATE],
  presets: {
    hat: {
      live: { rate: 0.02, batch: [128] },
      paper: { init: 'uniform', rate: 0.02, batch: [128] },
    },
    poisson: { live: { rate: 0.01, steps: 20000 }, paper: { rate: 0.01, steps: 20000 } },
    'reaction-diffusion': { live: { rate: 0.01, steps: 10000 }, paper: { rate: 0.01, steps: 20000 } },
    forecast: { live: { rate: 0.003, steps: 5000, batch: [32, 34] }, paper: { rate: 0.003, steps: 10000 } },
  },
  rows: ['SG', 'WSG'],
  standing: 'paper',
  localRows: true,
  paperPasses: 3,
  countedBeside: true,
});

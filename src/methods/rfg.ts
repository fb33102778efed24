import { DIRECTIONS, LOCAL, method, OF_PARAMETERS, SURROGATE, UPDATE } from './method.ts';

/** The randomized forward-mode gradient: a JVP along each drawn direction, times that direction. */
const forward = {
  derivation: 'forward',
  perturbation: 'parameters',
  uses: [...SURROGATE, ...DIRECTIONS, 'scales', 'flipout', ...LOCAL, ...UPDATE],
  allows: OF_PARAMETERS,
  rows: ['SG', 'WSG'],
  standing: 'paper',
  paperPasses: 1,
  countedBeside: true,
} as const;

const HADAMARD = { rate: 0.001, law: 'hadamard', hold: 1024 } as const;
/** Perturbation scales of branch, X and T: hidden layer, read-out. */
const SCALES = { scales: [0.3, 1, 0.3, 1, 0.3, 1] } as const;
const REACTION_DIFFUSION = {
  live: { rate: 0.002, steps: 40000, K: 4, law: 'hadamard', hold: 512, ...SCALES },
  paper: { rate: 0.002, steps: 80000, law: 'hadamard', hold: 512, ...SCALES },
} as const;

const FORECAST = {
  live: { rate: 0.003, steps: 10000, K: 4 },
  paper: { rate: 0.003, steps: 20000 },
} as const;
/**
 * One number a layer says little of many weights: a narrow network, whose read-outs have 1,024 and 512 of them, the lengths of Hadamard rows.
 * What else was tried stands in docs/results.md.
 */
const FORECAST_LAYERWISE = {
  live: {
    hidden: [[127], [63]],
    rank: 8,
    centring: true,
    rate: 0.005,
    beta2: 0.99,
    steps: 10000,
    K: 16,
    law: 'hadamard',
    hold: 128,
  },
  paper: FORECAST.paper,
} as const;

/** G: one derivative along all parameters. */
export const rfgG = method({
  ...forward,
  chosenBy: { gradient: 'RFG', scope: 'G', flipout: false },
  layerwise: false,
  presets: {
    hat: {
      live: { rate: 0.006, batch: [64], K: 8, scales: [0.25, 1, 1], rateFactors: [1, 0.3, 0.3] },
      paper: { init: 'uniform', rate: 0.004, rateFactors: [1, 0.3, 0.3], batch: [128], steps: 20000 },
    },
    poisson: {
      live: { ...HADAMARD, steps: 50000, K: 8 },
      paper: { ...HADAMARD, steps: 100000 },
    },
    'reaction-diffusion': REACTION_DIFFUSION,
    forecast: FORECAST,
  },
});

/** L: one derivative for every layer. */
export const rfgL = method({
  ...forward,
  chosenBy: { gradient: 'RFG', scope: 'L', flipout: false },
  layerwise: true,
  localRows: true,
  presets: {
    hat: {
      live: { rate: 0.006, batch: [64], K: 8 },
      paper: { init: 'uniform', optimiser: 'normalised', rate: 0.03, batch: [128], steps: 20000 },
    },
    poisson: {
      live: { ...HADAMARD, steps: 50000, K: 8 },
      paper: { ...HADAMARD, steps: 50000 },
    },
    'reaction-diffusion': REACTION_DIFFUSION,
    forecast: FORECAST_LAYERWISE,
  },
});

import { DIRECTIONS, LOCAL, method, OF_PARAMETERS, UPDATE } from './method.ts';
import { rfgG, rfgL } from './rfg.ts';

/** Weight perturbation (beyond the paper's tables): RFG's directions with finite differences of the spiking network's own loss. */
const differences = {
  derivation: 'differences',
  perturbation: 'parameters',
  uses: [...DIRECTIONS, 'scales', 'epsilon', ...LOCAL, ...UPDATE],
  allows: OF_PARAMETERS,
  rows: ['SG'],
  standing: 'board',
} as const;

const PAPER_HAT = {
  init: 'uniform',
  rate: 0.004,
  rateFactors: [1, 0.3, 0.3],
  batch: [128],
  steps: 20000,
} as const;
const { poisson, 'reaction-diffusion': reactionDiffusion } = rfgL.presets;
const { forecast } = rfgG.presets;
const OPERATORS = { poisson, 'reaction-diffusion': reactionDiffusion, forecast } as const;

export const wpG = method({
  ...differences,
  chosenBy: { gradient: 'WP', scope: 'G', flipout: false },
  layerwise: false,
  countedBeside: true,
  presets: { hat: { live: { rate: 0.006, batch: [64], K: 8 }, paper: PAPER_HAT }, ...OPERATORS },
});

export const wpL = method({
  ...differences,
  chosenBy: { gradient: 'WP', scope: 'L', flipout: false },
  layerwise: true,
  presets: {
    hat: {
      live: { rate: 0.006, rateFactors: [1, 0.3, 0.3], batch: [64], K: 8 },
      paper: PAPER_HAT,
    },
    ...OPERATORS,
  },
});

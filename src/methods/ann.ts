import { bp } from './bp.ts';
import { LOCAL, method, UPDATE } from './method.ts';

const POISSON = { rate: 0.01, steps: 20000 } as const;
const REACTION_DIFFUSION = { rate: 0.01, steps: 10000 } as const;

/** ANN → SNN (beyond the paper): a network of rates is trained by back-propagation, its weights are then run with spikes. */
export const ann = method({
  chosenBy: { gradient: 'ANN' },
  derivation: 'rates',
  perturbation: 'parameters',
  layerwise: false,
  uses: [...LOCAL, ...UPDATE],
  // A unit's rate is that of a neuron reset by subtraction; run with reset to zero the same weights give an error of .44 for the hat.
  allows: { reset: ['subtract'] },
  presets: {
    hat: bp.presets.hat,
    poisson: { live: POISSON, paper: POISSON },
    'reaction-diffusion': { live: REACTION_DIFFUSION, paper: REACTION_DIFFUSION },
  },
  rows: ['SG'],
  standing: 'beyond',
});

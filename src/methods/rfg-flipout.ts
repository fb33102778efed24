import { method } from './method.ts';
import { rfgG, rfgL } from './rfg.ts';

/** Flipout (beyond the paper): RFG where every row of a batch sees the direction with signs of its own, at the same cost. */
const flipout = { perturbation: 'flipout', rows: ['SG'], standing: 'beyond', countedBeside: false } as const;

const PRESETS = {
  poisson: {
    live: { rate: 0.003, steps: 10000, K: 4 },
    paper: { rate: 0.003, steps: 20000 },
  },
  'reaction-diffusion': {
    live: { rate: 0.006, steps: 20000, K: 4 },
    paper: rfgL.presets['reaction-diffusion'].paper,
  },
} as const;

export const rfgGFlipout = method({
  ...rfgG,
  ...flipout,
  chosenBy: { gradient: 'RFG', scope: 'G', flipout: true },
  presets: { hat: rfgG.presets.hat, ...PRESETS },
});

export const rfgLFlipout = method({
  ...rfgL,
  ...flipout,
  chosenBy: { gradient: 'RFG', scope: 'L', flipout: true },
  localRows: false,
  presets: { hat: rfgL.presets.hat, ...PRESETS },
});

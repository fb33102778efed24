import { method } from './method.ts';
import { rf } from './rf.ts';

const FIT = { init: 'data', steps: 1 } as const;

/**
 * S-SWIM (beyond the paper; after Gollwitzer and Dietrich, arXiv:2510.01012): hidden weights and biases from pairs of data
 * (src/snn/pairs.ts), delays and time constants drawn, the read-out fitted by ridge regression to filtered spikes. No gradient.
 */
export const sSwim = method({
  ...rf,
  chosenBy: { gradient: 'S-SWIM' },
  shapes: ['series'],
  allows: { init: ['data'] },
  presets: { forecast: { live: FIT, paper: FIT } },
});

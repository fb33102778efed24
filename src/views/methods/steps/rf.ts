import type { Steps } from './step.ts';

export const steps: Steps = {
  RF: {
    text:
      'RF takes no gradient, so there is no estimate to show. Its only step fits the read-out: with the hidden weights as they ' +
      'were sampled, the network is simulated on all training data, and the weights of the read-out are solved for by ridge ' +
      'regression on the mean rates.',
    tex: '\\min_W \\; \\sum_n \\bigl(W \\phi_n - u_n\\bigr)^2 + \\alpha \\lVert W \\rVert^2, \\quad \\phi = (\\bar r^L, 1)',
    after: 'Later steps leave everything as it is.',
  },
};

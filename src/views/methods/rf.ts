import type { MethodViews } from './method-view.ts';

const ONE_STEP = 'RF fits the read-out in one step';

export const views: MethodViews = {
  RF: {
    question: 'Which one never trains its hidden weights?',
    why: {
      scope: 'RF takes no gradient, so it draws no direction',
      surrogate: 'RF takes no gradient, so it needs no surrogate',
      optimiser: ONE_STEP,
      localLosses: 'RF fits the read-out alone',
      localRank: 'local losses are off',
    },
    withoutSurrogate: 'RF solves for the read-out',
    withoutEstimate: 'takes no gradient: it has no estimate to show',
    stages: () => [],
    withoutStages: {
      text:
        'RF takes no gradient, so there is no estimate to show. Its only step fits the read-out: with the hidden weights as they ' +
        'were sampled, the network is simulated on all training data, and the weights of the read-out are solved for by ridge ' +
        'regression on the mean rates.',
      tex: '\\min_W \\; \\sum_n \\bigl(W \\phi_n - u_n\\bigr)^2 + \\alpha \\lVert W \\rVert^2, \\quad \\phi = (\\bar r^L, 1)',
      after: 'Later steps leave everything as it is.',
    },
  },
};

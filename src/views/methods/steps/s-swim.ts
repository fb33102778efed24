import type { Steps } from './step.ts';

export const steps: Steps = {
  'S-SWIM': {
    text:
      'S-SWIM takes no gradient, so there is no estimate to show. Each hidden neuron draws a delay and time constants and gets its ' +
      'weights from two windows of the data, along the difference of what it sees of them at the last time step: its potential is at the ' +
      'threshold in the one and far above it in the other. Then its only step fits the read-out by ridge regression to the filtered spikes ' +
      'of all training windows.',
    tex: 'W = \\frac{s\\,(b - a)}{\\lVert b - a \\rVert^2}, \\qquad W \\cdot a + \\text{bias} = \\vartheta, \\quad W \\cdot b + \\text{bias} = \\vartheta + s',
    after: 'Later steps leave everything as it is.',
  },
};

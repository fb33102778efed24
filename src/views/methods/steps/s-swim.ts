import type { Steps } from './step.ts';

export const steps: Steps = {
  'S-SWIM': {
    text:
      'S-SWIM takes no gradient, so there is no estimate to show. Each hidden neuron gets its weights from two points of the data, along ' +
      'the difference of what it sees of them; of windows, that is what its potential keeps at the last time step, with delay and time ' +
      'constants that SRM neurons draw beforehand. Its current is 0 for the one and 1 for the other; an SRM neuron’s potential is at the ' +
      'threshold ϑ for the one and at 7ϑ for the other. Then the only step fits the read-out by ridge regression to the spikes of all ' +
      'training windows, as the read-out sees them.',
    tex: 'W = \\frac{s\\,(b - a)}{\\lVert b - a \\rVert^2}, \\qquad W \\cdot a + \\text{bias} = c, \\quad W \\cdot b + \\text{bias} = c + s',
    after: 'Later steps leave everything as it is.',
  },
};

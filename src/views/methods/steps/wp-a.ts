import { formatError } from '../../format.ts';
import { type Stage, type StageContext, samples } from '../../inside/step/stage.ts';
import { averaged } from './parts/samples.ts';
import { update } from './parts/stages.ts';
import { drawCurrents } from './rfg-a.ts';
import type { Steps } from './step.ts';

/** Both signs of every neuron before a read-out are run, in place of one that is drawn. */
const MEAN =
  'one run with all their currents raised and one with all lowered show what every choice of signs would';

const MEAN_OF_SIGNS =
  '\\mathrm E\\,[c_n \\xi_{n,j}] = \\frac{r_{n,j}^+ - r_{n,j}^-}{2\\varepsilon}\\, \\frac{\\partial L}{\\partial r_{n,j}}';

function shiftedCurrents(context: StageContext): Stage {
  return {
    title: 'Simulate',
    text:
      `${samples(context)} run through the network. Then, for one hidden layer after another, every sample runs twice more from ` +
      `there on: once with ε = ${context.config.epsilon} times its ξ added to the layer’s currents at every time step, once with ` +
      'it taken away. The layers below do as before. No derivative and no surrogate: spikes stay spikes.',
    formulas: ['Z_n^l[t] + \\varepsilon\\,\\xi_n^l, \\quad Z_n^l[t] - \\varepsilon\\,\\xi_n^l'],
    figure: 'forward',
  };
}

function differences(): Stage {
  return {
    title: 'One number a sample and layer',
    text:
      'Every sample’s own change of the loss is its number. It jumps where a spike is gained or lost, and over the samples the ' +
      'jumps add up to a slope. Shown are the sums over the samples. Read-outs need none: their gradient is exact without.',
    formulas: [
      'c_n^l = \\frac{L(Z_n^l + \\varepsilon\\,\\xi_n^l) - L(Z_n^l - \\varepsilon\\,\\xi_n^l)}{2\\varepsilon}',
    ],
    figure: 'numbers',
  };
}

function scale({ config, explained }: StageContext): Stage {
  return {
    title: 'Scale',
    text:
      'Number times ξ estimates the derivative along each current; times the input or the mean rate below, summed over the ' +
      `samples, that of the weights${averaged(config)}. BP’s gradient belongs to the surrogate, this estimate to the true loss: ` +
      `they need not agree even on average. Cosine here: ${formatError(explained.cosine)}.`,
    formulas: [
      'g_{W^l} = \\sum_n c_n^l\\, \\xi_n^l\\, (\\bar r_n^{\\,l-1})^\\top, \\quad g_{b^l} = \\sum_n c_n^l\\, \\xi_n^l',
      ...(config.law === 'mean' ? [MEAN_OF_SIGNS] : []),
    ],
    figure: 'gradient',
  };
}

export const steps: Steps = {
  'WP-A': {
    stages: (context) => [
      drawCurrents(context, MEAN),
      shiftedCurrents(context),
      differences(),
      scale(context),
      update(context),
    ],
  },
};

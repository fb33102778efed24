import type { Config } from '../../../training/config.ts';
import { formatError } from '../../format.ts';
import { type Stage, type StageContext, samples } from '../../inside/step/stage.ts';
import { averaged } from './parts/samples.ts';
import { update } from './parts/stages.ts';
import { drawCurrents } from './rfg-a.ts';
import type { Steps, TheoryPart } from './step.ts';

/** Both signs of every neuron before a read-out are run, in place of one that is drawn. */
const MEAN =
  'one run with all their currents raised and one with all lowered show what every choice of signs would';

const MEAN_OF_SIGNS =
  '\\mathrm E\\,[c_n \\xi_{n,j}] = \\frac{r_{n,j}^+ - r_{n,j}^-}{2\\varepsilon}\\, \\frac{\\partial L}{\\partial r_{n,j}}';

const MEAN_IS_SLOPE =
  '\\begin{gathered} \\mathrm E\\,[c_n \\xi_{n,j}] = \\frac{\\partial}{\\partial Z_{n,j}}\\, \\mathrm E\\, L(Z_n + u), \\\\ ' +
  'u_j \\sim U(-\\varepsilon, \\varepsilon), \\quad u_{i \\neq j} = \\pm\\varepsilon \\end{gathered}';

/** Squares of what a draw is off its mean: z_n are the derivatives along the currents, x_n what the layer reads. */
const noise = (factor: string) =>
  `\\mathrm E\\, \\lVert g - \\mathrm E\\, g \\rVert^2 \\approx ${factor} \\sum_n \\lVert z_n \\rVert^2 \\bigl(1 + \\lVert x_n \\rVert^2\\bigr)`;
const NOISE_OF_DRAWN = noise('\\frac{N - 1}{K}');
const NOISE_OF_ORTHOGONAL = noise('\\Bigl(\\frac{N}{K} - 1\\Bigr)');

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

/** What the numbers are the slope of, and what is noise in them. */
function theory({ epsilon, sigma, law, K, hidden }: Config): TheoryPart[] {
  const averaged = law === 'mean';
  const orthogonal = averaged || law === 'hadamard';
  const below = hidden.some((layers) => layers.length > 1);
  return [
    {
      text:
        'What is estimated is no surrogate’s gradient: it is the slope of the true loss, spikes as they are, once the currents are ' +
        `blurred by ±ε = ${epsilon}. A step has no slope, but its mean over shifted copies has. BP’s gradient has the surrogate of ` +
        `width σ = ${sigma} in its place, so that the two differ even in the mean; the cosines say by how much, layer by layer.`,
      tex: MEAN_IS_SLOPE,
    },
    ...(averaged
      ? [
          {
            text:
              'In a layer that only a read-out follows all signs are averaged at once: every draw is the same there, and what its ' +
              'cosine lacks of 1 is no noise of the signs. Each neuron is told a number of its own.',
            tex: MEAN_OF_SIGNS,
          },
        ]
      : []),
    ...(averaged && !below
      ? []
      : [
          {
            text:
              `${averaged ? 'In the layers below signs are drawn' : 'Signs are drawn'}: what a neuron is told holds the changes that the ` +
              `N − 1 others of its layer made, as noise. Averaging over K = ${K} draws takes it down` +
              `${orthogonal ? '; their signs are orthogonal, and with K = N it is gone' : ''}.`,
            tex: orthogonal ? NOISE_OF_ORTHOGONAL : NOISE_OF_DRAWN,
          },
        ]),
  ];
}

export const steps: Steps = {
  'WP-A': {
    theory,
    stages: (context) => [
      drawCurrents(context, MEAN),
      shiftedCurrents(context),
      differences(),
      scale(context),
      update(context),
    ],
  },
};

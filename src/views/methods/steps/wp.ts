import { WP_CORRELATION } from '../../../lessons/weight-perturbation.ts';
import { methodOf } from '../../../training/config.ts';
import { type Stage, type StageContext, samples } from '../../inside/step/stage.ts';
import { draw, layerOf, scale } from './parts/directions.ts';
import { update } from './parts/stages.ts';
import type { Steps } from './step.ts';

function perturbed(context: StageContext): Stage {
  const { config, explained } = context;
  const pairs = methodOf(config).layerwise
    ? `twice for each of ${explained.derivatives.length} layers`
    : 'twice';
  return {
    title: 'Simulate',
    text:
      `${samples(context)} run through the network ${pairs}: a step ε = ${config.epsilon} forth along δθ and one back. ` +
      'No derivative and no surrogate: spikes stay spikes.',
    formulas: [
      'L(\\theta + \\varepsilon\\,\\delta\\theta), \\quad L(\\theta - \\varepsilon\\,\\delta\\theta)',
    ],
    figure: 'forward',
  };
}

function difference({ config }: StageContext): Stage {
  const { least, greatest } = WP_CORRELATION;
  return {
    title: 'Difference',
    text:
      'The difference of the two losses is the number. Along a hidden weight the true loss is flat almost everywhere and ' +
      'jumps where a spike is gained or lost; over a whole batch the jumps add up to a slope. Measured at initial weights, ' +
      `layer by layer, such numbers correlate ${least} to ${greatest} with the surrogate’s along the same directions; less ` +
      'where a layer sees few rows, and less later in training. In the read-out they are equal.',
    formulas: [
      `\\frac{L(\\theta + \\varepsilon\\,\\delta\\theta${layerOf(config)}) - L(\\theta - \\varepsilon\\,\\delta\\theta${layerOf(config)})}{2\\varepsilon}`,
    ],
    figure: 'numbers',
  };
}

const stages = (context: StageContext): Stage[] => [
  draw(context),
  perturbed(context),
  difference(context),
  scale(
    context,
    (l) => `c_k${l && '^l'}`,
    'BP’s gradient belongs to the surrogate, this estimate to the true loss: they need not agree even on average.',
  ),
  update(context),
];

export const steps: Steps = { 'WP-G': { stages }, 'WP-L': { stages } };

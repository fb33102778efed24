import type { Stage, StageContext } from '../../inside/step/stage.ts';
import { draw, scale } from './parts/directions.ts';
import { update } from './parts/stages.ts';
import { tangents } from './parts/tangents.ts';
import type { Steps } from './step.ts';

const GLOBAL: Stage = {
  title: 'One number',
  text: 'All that comes out of the simulation is one number: how fast the loss changes along δθ.',
  formulas: ['\\nabla L \\cdot \\delta\\theta'],
  figure: 'numbers',
};

const LAYERWISE: Stage = {
  title: 'One number a layer',
  text: 'Each layer gets one number: how fast the loss changes when that layer alone moves along its δθ.',
  formulas: ['\\nabla_{\\theta^l} L \\cdot \\delta\\theta^l'],
  figure: 'numbers',
};

const stages =
  (numbers: Stage, groups: (context: StageContext) => string): ((context: StageContext) => Stage[]) =>
  (context) => [
    draw(context),
    tangents(context, groups(context)),
    numbers,
    scale(
      context,
      (l) => `(\\nabla${l && '_{\\theta^l}'} L \\cdot \\delta\\theta_k${l})`,
      'A single estimate points only slightly along BP’s gradient; the mean over all directions is exactly that gradient.',
    ),
    update(context),
  ];

export const steps: Steps = {
  'RFG-G': {
    stages: stages(GLOBAL, () => 'One tangent runs through all layers.'),
  },
  'RFG-L': {
    stages: stages(
      LAYERWISE,
      ({ explained }) =>
        `Layer-wise there are ${explained.derivatives.length}: each starts at its own layer, and all share one simulation.`,
    ),
  },
};

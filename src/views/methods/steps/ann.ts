import { formatError } from '../../format.ts';
import { type Stage, type StageContext, samples } from '../../inside/step/stage.ts';
import { loss, update } from './parts/stages.ts';
import type { Steps } from './step.ts';

function rates(context: StageContext): Stage {
  const { T } = context.config;
  return {
    title: 'Rates',
    text:
      `${samples(context)} run once through a network of rates: in place of each neuron stands the share of the T = ${T} ` +
      'time steps at which it would spike, a straight line cut off at 0 and 1. No spikes, no time.',
    formulas: [
      `r^l = \\mathrm{clip}\\bigl(z^l/\\vartheta - \\tfrac{1}{2T},\\, 0,\\, 1\\bigr), \\quad z^l = W^l r^{l-1} + b^l`,
    ],
    figure: 'forward',
  };
}

function reverse(): Stage {
  return {
    title: 'Back',
    text: 'From the loss back through the layers. A rate between 0 and 1 has an exact derivative; one that is cut off has none.',
    formulas: [
      '\\bar z^l = [0 < r^l < 1]\\, \\bar r^l / \\vartheta, \\quad \\bar r^{l-1} = (W^l)^{\\!\\top} \\bar z^l',
    ],
    figure: 'backward',
  };
}

function gradient({ explained }: StageContext): Stage {
  return {
    title: 'Gradient',
    text:
      'It is the gradient of the rates’ loss. The weights are then run with spikes, whose own gradient (by the surrogate) ' +
      `need not agree. Cosine here: ${formatError(explained.cosine)}.`,
    formulas: ['\\nabla_{W^l} L = \\bar z^l (r^{l-1})^{\\!\\top}, \\quad \\nabla_{b^l} L = \\bar z^l'],
    figure: 'gradient',
  };
}

export const steps: Steps = {
  ANN: {
    stages: (context) => [rates(context), loss(context), reverse(), gradient(context), update(context)],
  },
};

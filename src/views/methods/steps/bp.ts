import { formatCount } from '../../format.ts';
import { neuronEquations } from '../../inside/step/neuron-equations.ts';
import { type Stage, type StageContext, samples } from '../../inside/step/stage.ts';
import { loss, update } from './parts/stages.ts';
import type { Steps } from './step.ts';

function forward(context: StageContext): Stage {
  const { config, network, explained } = context;
  const states = network.factors.reduce(
    (sum, { hidden }, m) => sum + explained.rows[m] * hidden.reduce((a, b) => a + b, 0),
    0,
  );
  return {
    title: 'Forward',
    text:
      `${samples(context)} run through T = ${config.T} time steps. The membrane and the spike of every neuron at every ` +
      `step are kept for the way back: ${formatCount(config.T * states)} pairs.`,
    formulas: [
      'U^l[t] = \\lambda U^l[t-1] + W^l S^{l-1}[t] + b^l',
      `S^l[t] = H(U^l[t] - \\vartheta), \\quad ${neuronEquations(config).reset}`,
    ],
    figure: 'forward',
  };
}

function reverse({ config }: StageContext): Stage {
  return {
    title: 'Reverse scan',
    text:
      `From the loss back through all layers, and from time step ${config.T} back to 1: what was kept is read again. H has no ` +
      'useful derivative; the surrogate f stands in for it.',
    formulas: [neuronEquations(config).adjoint, '\\bar S^{l-1}[t] = (W^l)^{\\!\\top} \\bar U^l[t]'],
    figure: 'backward',
  };
}

function gradient(): Stage {
  return {
    title: 'Gradient',
    text: 'Summed over time it gives every weight its own derivative, all of them exact for the surrogate.',
    formulas: [
      '\\nabla_{W^l} L = \\sum_t \\bar U^l[t]\\, S^{l-1}[t]^\\top, \\quad \\nabla_{b^l} L = \\sum_t \\bar U^l[t]',
    ],
    figure: 'gradient',
  };
}

export const steps: Steps = {
  BP: {
    stages: (context) => [forward(context), loss(context), reverse(context), gradient(), update(context)],
  },
};

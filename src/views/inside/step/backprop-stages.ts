import { formatCount, formatError } from '../../format.ts';
import { neuronEquations } from './neuron-equations.ts';
import { type Stage, type StageContext, samples } from './stage.ts';

export function forward(context: StageContext): Stage {
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

export function loss({ config }: StageContext): Stage {
  return {
    title: 'Loss',
    text: `The read-outs are compared with the target${config.localLosses ? '; local losses are added' : ''}.`,
    formulas: ['L = \\frac{1}{B} \\sum_n \\bigl(y_n - \\psi_n\\bigr)^2'],
    figure: 'loss',
  };
}

export function reverse({ config }: StageContext): Stage {
  return {
    title: 'Reverse scan',
    text:
      `From the loss back through all layers, and from time step ${config.T} back to 1: what was kept is read again. H has no ` +
      'useful derivative; the surrogate f stands in for it.',
    formulas: [neuronEquations(config).adjoint, '\\bar S^{l-1}[t] = (W^l)^{\\!\\top} \\bar U^l[t]'],
    figure: 'backward',
  };
}

export function gradientOf(): Stage {
  return {
    title: 'Gradient',
    text: 'Summed over time it gives every weight its own derivative, all of them exact for the surrogate.',
    formulas: [
      '\\nabla_{W^l} L = \\sum_t \\bar U^l[t]\\, S^{l-1}[t]^\\top, \\quad \\nabla_{b^l} L = \\sum_t \\bar U^l[t]',
    ],
    figure: 'gradient',
  };
}

export function rates(context: StageContext): Stage {
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

export function reverseRates(): Stage {
  return {
    title: 'Back',
    text: 'From the loss back through the layers. A rate between 0 and 1 has an exact derivative; one that is cut off has none.',
    formulas: [
      '\\bar z^l = [0 < r^l < 1]\\, \\bar r^l / \\vartheta, \\quad \\bar r^{l-1} = (W^l)^{\\!\\top} \\bar z^l',
    ],
    figure: 'backward',
  };
}

export function gradientOfRates({ explained }: StageContext): Stage {
  return {
    title: 'Gradient',
    text:
      'It is the gradient of the rates’ loss. The weights are then run with spikes, whose own gradient (by the surrogate) ' +
      `need not agree. Cosine here: ${formatError(explained.cosine)}.`,
    formulas: ['\\nabla_{W^l} L = \\bar z^l (r^{l-1})^{\\!\\top}, \\quad \\nabla_{b^l} L = \\bar z^l'],
    figure: 'gradient',
  };
}

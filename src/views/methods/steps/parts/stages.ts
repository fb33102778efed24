import type { Config } from '../../../../training/config.ts';
import { formatError } from '../../../format.ts';
import type { Stage, StageContext } from '../../../inside/step/stage.ts';

const OPTIMISERS: Record<Config['optimiser'], { text: string; formula: string }> = {
  sgd: { text: 'Plain SGD', formula: '\\theta \\leftarrow \\theta - \\eta\\, g(\\theta)' },
  normalised: {
    text: 'A step of fixed length',
    formula: '\\theta \\leftarrow \\theta - \\eta\\, g / \\lVert g \\rVert',
  },
  adam: {
    text: 'Adam, which divides by the usual size of each entry,',
    formula: '\\theta \\leftarrow \\theta - \\eta\\, \\hat m / (\\sqrt{\\hat v} + \\epsilon)',
  },
};

export function update({ config, explained }: StageContext): Stage {
  const { text, formula } = OPTIMISERS[config.optimiser];
  return {
    title: 'Update',
    text: `${text} moves the weights against it, at the rate η = ${formatError(explained.learningRate)}: this is θ after the step minus θ before.`,
    formulas: [formula],
    figure: 'update',
  };
}

/** The law of the entries of a direction, in words and in TeX. */
export const LAWS: Record<Config['law'], { text: string; formula: string }> = {
  rademacher: { text: 'A coin is tossed for each: +1 or −1.', formula: '\\delta\\theta_j = \\pm 1' },
  gaussian: { text: 'Each is drawn from a normal law.', formula: '\\delta\\theta_j \\sim \\mathcal N(0, 1)' },
  hadamard: {
    text: 'The signs are a row of a Hadamard matrix, so that successive directions are orthogonal.',
    formula: '\\delta\\theta_j = \\pm 1',
  },
  mean: {
    text: 'The mean over all signs is taken where it can be had, and orthogonal ones are drawn elsewhere.',
    formula: '\\delta\\theta_j = \\pm 1',
  },
};

export function loss({ config }: StageContext): Stage {
  return {
    title: 'Loss',
    text: `The read-outs are compared with the target${config.localLosses ? '; local losses are added' : ''}.`,
    formulas: ['L = \\frac{1}{B} \\sum_n \\bigl(y_n - \\psi_n\\bigr)^2'],
    figure: 'loss',
  };
}

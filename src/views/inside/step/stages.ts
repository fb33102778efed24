import type { NetworkSpec } from '../../../snn/network.ts';
import type { Config } from '../../../training/config.ts';
import type { ExplainedStep } from '../../../training/explain.ts';
import { formatCount, formatError } from '../../format.ts';
import {
  ACTIVITY_CURRENT,
  drawForSamples,
  numbersOfSamples,
  perSample,
  scaleOfSamples,
} from './row-stages.ts';

/** What a stage shows beside its words. */
export type StageFigure = 'direction' | 'forward' | 'backward' | 'loss' | 'numbers' | 'gradient' | 'update';

export interface Stage {
  readonly title: string;
  /** What happens, in a sentence or two. */
  readonly text: string;
  /** TeX in the paper's symbols. */
  readonly formulas: readonly string[];
  readonly figure: StageFigure;
}

export interface StageContext {
  readonly config: Config;
  readonly network: NetworkSpec;
  readonly explained: ExplainedStep;
  /** Length P of θ. */
  readonly parameters: number;
}

/** The five stages of a training step under the method of its configuration. */
export function stagesOf(context: StageContext): Stage[] {
  const { gradient } = context.config;
  if (gradient === 'BP')
    return [forward(context), loss(context), reverse(context), gradientOf(), update(context)];
  if (gradient === 'ANN')
    return [rates(context), loss(context), reverseRates(), gradientOfRates(context), update(context)];
  const measure =
    gradient === 'RFG' ? [tangents(context), numbers(context)] : [perturbed(context), difference(context)];
  return [draw(context), ...measure, scale(context), update(context)];
}

const samples = ({ explained }: StageContext) =>
  explained.rows.length === 1
    ? `${formatCount(explained.rows[0])} samples`
    : `${explained.rows.map(formatCount).join(' × ')} samples`;

const LAWS: Record<Config['law'], { text: string; formula: string }> = {
  rademacher: { text: 'A coin is tossed for each: +1 or −1.', formula: '\\delta\\theta_j = \\pm 1' },
  gaussian: { text: 'Each is drawn from a normal law.', formula: '\\delta\\theta_j \\sim \\mathcal N(0, 1)' },
  hadamard: {
    text: 'The signs are a row of a Hadamard matrix, so that successive directions are orthogonal.',
    formula: '\\delta\\theta_j = \\pm 1',
  },
};

function draw(context: StageContext): Stage {
  const { config, parameters } = context;
  const law = LAWS[config.law];
  if (perSample(config)) return drawForSamples(context, law.text);
  const first = config.K > 1 ? ` Shown is the first of K = ${config.K} directions.` : '';
  const scaled = config.scales.some((s) => s !== 1) ? ' Each layer has its own perturbation scale.' : '';
  return {
    title: 'Draw',
    text: `All ${formatCount(parameters)} parameters get a direction of change at once. ${law.text}${scaled}${first}`,
    formulas: [law.formula],
    figure: 'direction',
  };
}

const CURRENT = '\\dot Z^l[t] = \\delta W^l S^{l-1}[t] + W^l \\dot S^{l-1}[t] + \\delta b^l';
const TANGENT =
  '\\dot U^l[t] = \\lambda \\dot U^l[t-1] + \\dot Z^l[t], \\quad \\dot S^l[t] = f(U^l[t] - \\vartheta)\\,\\dot U^l[t]';

function tangents(context: StageContext): Stage {
  const { config, explained } = context;
  const groups =
    config.scope === 'G'
      ? 'One tangent runs through all layers.'
      : config.scope === 'A'
        ? 'There is one for each hidden layer: it starts there, and all share one simulation.'
        : `Layer-wise there are ${explained.derivatives.length}: each starts at its own layer, and all share one simulation.`;
  return {
    title: 'Simulate',
    text:
      `${samples(context)} run through T = ${config.T} time steps. Beside each membrane goes its tangent: how U would ` +
      `change along δθ. ${groups} Nothing is kept over time.`,
    formulas: [config.scope === 'A' ? ACTIVITY_CURRENT : CURRENT, TANGENT],
    figure: 'forward',
  };
}

function numbers(context: StageContext): Stage {
  const { config } = context;
  if (perSample(config)) return numbersOfSamples(context);
  return config.scope === 'G'
    ? {
        title: 'One number',
        text: 'All that comes out of the simulation is one number: how fast the loss changes along δθ.',
        formulas: ['\\nabla L \\cdot \\delta\\theta'],
        figure: 'numbers',
      }
    : {
        title: 'One number a layer',
        text: 'Each layer gets one number: how fast the loss changes when that layer alone moves along its δθ.',
        formulas: ['\\nabla_{\\theta^l} L \\cdot \\delta\\theta^l'],
        figure: 'numbers',
      };
}

function perturbed(context: StageContext): Stage {
  const { config, explained } = context;
  const pairs = config.scope === 'G' ? 'twice' : `twice for each of ${explained.derivatives.length} layers`;
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
  return {
    title: 'Difference',
    text:
      'The difference of the two losses is the number. It stays almost blind to the hidden weights: the loss jumps where a ' +
      'spike is gained or lost and is flat in between.',
    formulas: [
      `\\frac{L(\\theta + \\varepsilon\\,\\delta\\theta${layer(config)}) - L(\\theta - \\varepsilon\\,\\delta\\theta${layer(config)})}{2\\varepsilon}`,
    ],
    figure: 'numbers',
  };
}

const layer = ({ scope }: Config) => (scope === 'L' ? '^l' : '');

function scale(context: StageContext): Stage {
  const { config, explained } = context;
  if (perSample(config)) return scaleOfSamples(context);
  const l = layer(config);
  const number =
    config.gradient === 'WP'
      ? `c_k${l && '^l'}`
      : `(\\nabla${l && '_{\\theta^l}'} L \\cdot \\delta\\theta_k${l})`;
  const mean = config.K > 1 ? `, averaged over K = ${config.K} directions` : '';
  const scaled = config.scales.some((s) => s !== 1)
    ? ', divided in each layer by the square of its scale'
    : '';
  const expectation =
    config.gradient === 'WP'
      ? 'BP’s gradient belongs to the surrogate, this estimate to the true loss: they need not agree even on average.'
      : 'A single estimate points only slightly along BP’s gradient; the mean over all directions is exactly that gradient.';
  return {
    title: 'Scale',
    text: `Direction times number is the estimate of the gradient${mean}${scaled}. ${expectation} Cosine here: ${formatError(explained.cosine)}.`,
    formulas: [
      config.K > 1
        ? `g${l} = \\frac{1}{${config.K}} \\sum_{k=1}^{${config.K}} ${number}\\,\\delta\\theta_k${l}`
        : `g${l} = ${number.replaceAll('_k', '')}\\,\\delta\\theta${l}`,
    ],
    figure: 'gradient',
  };
}

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
      'S^l[t] = H(U^l[t] - \\vartheta), \\quad U^l[t] \\leftarrow U^l[t] - \\vartheta S^l[t]',
    ],
    figure: 'forward',
  };
}

function loss({ config }: StageContext): Stage {
  return {
    title: 'Loss',
    text: `The read-outs are compared with the target${config.localLosses ? '; local losses are added' : ''}.`,
    formulas: ['L = \\frac{1}{B} \\sum_n \\bigl(y_n - \\psi_n\\bigr)^2'],
    figure: 'loss',
  };
}

function reverse({ config }: StageContext): Stage {
  return {
    title: 'Reverse scan',
    text:
      `From the loss back through all layers, and from t = ${config.T} back to 1: what was kept is read again. H has no ` +
      'useful derivative; the surrogate f stands in for it.',
    formulas: [
      '\\bar U^l[t] = \\lambda \\bar U^l[t+1] + f(U^l[t] - \\vartheta)\\,\\bar S^l[t]',
      '\\bar S^{l-1}[t] = (W^l)^{\\!\\top} \\bar U^l[t]',
    ],
    figure: 'backward',
  };
}

function gradientOf(): Stage {
  return {
    title: 'Gradient',
    text: 'Summed over time it gives every weight its own derivative, all of them exact for the surrogate.',
    formulas: [
      '\\nabla_{W^l} L = \\sum_t \\bar U^l[t]\\, S^{l-1}[t]^\\top, \\quad \\nabla_{b^l} L = \\sum_t \\bar U^l[t]',
    ],
    figure: 'gradient',
  };
}

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

function reverseRates(): Stage {
  return {
    title: 'Back',
    text: 'From the loss back through the layers. A rate between 0 and 1 has an exact derivative; one that is cut off has none.',
    formulas: [
      '\\bar z^l = [0 < r^l < 1]\\, \\bar r^l / \\vartheta, \\quad \\bar r^{l-1} = (W^l)^{\\!\\top} \\bar z^l',
    ],
    figure: 'backward',
  };
}

function gradientOfRates({ explained }: StageContext): Stage {
  return {
    title: 'Gradient',
    text:
      'It is the gradient of the rates’ loss. The weights are then run with spikes, whose own gradient (by the surrogate) ' +
      `need not agree. Cosine here: ${formatError(explained.cosine)}.`,
    formulas: ['\\nabla_{W^l} L = \\bar z^l (r^{l-1})^{\\!\\top}, \\quad \\nabla_{b^l} L = \\bar z^l'],
    figure: 'gradient',
  };
}

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

function update({ config, explained }: StageContext): Stage {
  const { text, formula } = OPTIMISERS[config.optimiser];
  return {
    title: 'Update',
    text: `${text} moves the weights against it, at the rate η = ${formatError(explained.rate)}: this is θ after the step minus θ before.`,
    formulas: [formula],
    figure: 'update',
  };
}

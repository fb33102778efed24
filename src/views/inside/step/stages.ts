import { WP_CORRELATION } from '../../../lessons/weight-perturbation.ts';
import type { Config } from '../../../training/config.ts';
import { formatCount, formatError } from '../../format.ts';
import {
  forward,
  gradientOf,
  gradientOfRates,
  loss,
  rates,
  reverse,
  reverseRates,
} from './backprop-stages.ts';
import { neuronEquations } from './neuron-equations.ts';
import {
  ACTIVITY_CURRENT,
  drawForSamples,
  numbersOfSamples,
  perSample,
  scaleOfSamples,
} from './row-stages.ts';
import { type Stage, type StageContext, samples } from './stage.ts';

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
const SPIKE_TANGENT = '\\dot S^l[t] = f(U^l[t] - \\vartheta)\\,\\dot U^l[t]';

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
    formulas: [
      config.scope === 'A' ? ACTIVITY_CURRENT : CURRENT,
      `${neuronEquations(config).tangent}, \\quad ${SPIKE_TANGENT}`,
    ],
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
  const { least, greatest } = WP_CORRELATION;
  return {
    title: 'Difference',
    text:
      'The difference of the two losses is the number. Along a hidden weight the true loss is flat almost everywhere and ' +
      'jumps where a spike is gained or lost; over a whole batch the jumps add up to a slope. Measured at initial weights, ' +
      `layer by layer, such numbers correlate ${least} to ${greatest} with the surrogate’s along the same directions; less ` +
      'where a layer sees few rows, and less later in training. In the read-out they are equal.',
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

import type { Config } from '../../../training/config.ts';
import { formatError } from '../../format.ts';
import type { Stage, StageContext } from './stage.ts';

/** Whether every sample is perturbed in its own way: activity perturbation and flipout, beyond the paper. */
export const perSample = ({ gradient, scope, flipout }: Config) =>
  gradient === 'RFG' && (scope === 'A' || flipout);

const averaged = ({ K }: Config) => (K > 1 ? `, averaged over K = ${K} draws` : '');

/** @param law how the entries are drawn, in words. */
export function drawForSamples({ config }: StageContext, law: string): Stage {
  const shown = config.K > 1 ? ` of the first of K = ${config.K} draws` : '';
  if (config.scope === 'A')
    return {
      title: 'Draw',
      text:
        'Every sample gets a random change ξ of the currents of its own hidden neurons, held over all time steps. No weight is ' +
        `perturbed. Shown is ξ of the first sample${shown}, where each neuron’s bias stands.`,
      formulas: [config.law === 'gaussian' ? '\\xi_j \\sim \\mathcal N(0, 1)' : '\\xi_j = \\pm 1'],
      figure: 'direction',
    };
  return {
    title: 'Draw',
    text:
      `All parameters get a direction of change D. ${law} Every sample sees it with signs of its own, r for a layer’s outputs and ` +
      `s for its inputs. Shown is what the first sample sees${shown}.`,
    formulas: ['\\delta W_n = D \\circ r_n s_n^\\top'],
    figure: 'direction',
  };
}

/** Ż of the layer where a tangent starts under A. */
export const ACTIVITY_CURRENT = '\\dot Z^l[t] = \\xi_n^l';

export function numbersOfSamples({ config }: StageContext): Stage {
  const activity = config.scope === 'A';
  return {
    title: config.scope === 'G' ? 'One number a sample' : 'One number a sample and layer',
    text:
      'Every sample has its own number: how fast the loss changes when this sample alone is perturbed. Shown are the sums over ' +
      `the samples.${activity ? ' Read-outs need none: their gradient is exact without.' : ''}`,
    formulas: [
      activity
        ? 'c_n^l = \\xi_n^l \\cdot \\sum_t \\partial L / \\partial Z_n^l[t]'
        : `c_n = \\nabla${config.scope === 'L' ? '_{\\theta^l}' : ''} L \\cdot \\delta\\theta_n`,
    ],
    figure: 'numbers',
  };
}

export function scaleOfSamples({ config, explained }: StageContext): Stage {
  const cosine = `Cosine here: ${formatError(explained.cosine)}.`;
  if (config.scope === 'A')
    return {
      title: 'Scale',
      text:
        'Number times ξ estimates the derivative along each current; times the input or the mean rate below, summed over the ' +
        `samples, that of the weights${averaged(config)}. In deeper layers the mean rate stands for the spikes of each step, so ` +
        `that even the mean is not quite BP’s gradient. ${cosine}`,
      formulas: [
        'g_{W^l} = \\sum_n c_n^l\\, \\xi_n^l\\, (\\bar r_n^{\\,l-1})^\\top, \\quad g_{b^l} = \\sum_n c_n^l\\, \\xi_n^l',
      ],
      figure: 'gradient',
    };
  return {
    title: 'Scale',
    text:
      `Number times direction, summed over the samples, is the estimate of the gradient${averaged(config)}. The samples’ ` +
      `directions are uncorrelated, and the mean is exactly BP’s gradient. ${cosine}`,
    formulas: ['g_W = D \\circ \\sum_n c_n\\, r_n s_n^\\top'],
    figure: 'gradient',
  };
}

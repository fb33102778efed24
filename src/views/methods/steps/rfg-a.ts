import { formatError } from '../../format.ts';
import type { Stage, StageContext } from '../../inside/step/stage.ts';
import { averaged, numbersOfSamples, ofFirstDraw } from './parts/samples.ts';
import { update } from './parts/stages.ts';
import { tangents } from './parts/tangents.ts';
import type { Steps } from './step.ts';

/**
 * What is drawn where every sample's currents are perturbed.
 * @param mean why the mean over all signs is to be had, under the law `mean`
 */
export function drawCurrents({ config }: StageContext, mean: string): Stage {
  // Layers that others follow have signs of their own.
  const draws = config.law !== 'mean' || config.hidden.some((widths) => widths.length > 1);
  const shown = draws ? ofFirstDraw(config) : '';
  const extra = {
    hadamard: ' The signs of a sample’s K draws are orthogonal.',
    mean: ` The neurons before a read-out meet nowhere else: ${mean}, and the mean over all of them is taken. Their ξ is 1 throughout, and has no noise.`,
  };
  return {
    title: 'Draw',
    text:
      `Every sample gets a ${draws ? 'random ' : ''}change ξ of the currents of its own hidden neurons, held over all time steps. No weight is ` +
      `perturbed${draws ? '' : ', and nothing is drawn'}. Shown is ξ of the first sample${shown}, where each neuron’s bias stands.${
        config.law === 'hadamard' || config.law === 'mean' ? extra[config.law] : ''
      }`,
    formulas: [
      config.law === 'gaussian' ? '\\xi_j \\sim \\mathcal N(0, 1)' : `\\xi_j = ${draws ? '\\pm 1' : '1'}`,
    ],
    figure: 'direction',
  };
}

const MEAN = 'one tangent that raises all their currents shows what every choice of signs would';

const MEAN_OF_SIGNS =
  '\\mathrm E\\,[c_n \\xi_{n,j}] = \\dot r_{n,j}\\, \\frac{\\partial L}{\\partial r_{n,j}}';

/** Ż of the layer where a tangent starts. */
const CURRENT = '\\dot Z^l[t] = \\xi_n^l';
const GROUPS = 'There is one for each hidden layer: it starts there, and all share one simulation.';

function scale({ config, explained }: StageContext): Stage {
  const cosine = `Cosine here: ${formatError(explained.cosine)}.`;
  return {
    title: 'Scale',
    text:
      'Number times ξ estimates the derivative along each current; times the input or the mean rate below, summed over the ' +
      `samples, that of the weights${averaged(config)}. In deeper layers the mean rate stands for the spikes of each step, so ` +
      `that even the mean is not quite BP’s gradient. ${cosine}`,
    formulas: [
      'g_{W^l} = \\sum_n c_n^l\\, \\xi_n^l\\, (\\bar r_n^{\\,l-1})^\\top, \\quad g_{b^l} = \\sum_n c_n^l\\, \\xi_n^l',
      ...(config.law === 'mean' ? [MEAN_OF_SIGNS] : []),
    ],
    figure: 'gradient',
  };
}

export const steps: Steps = {
  'RFG-A': {
    stages: (context) => [
      drawCurrents(context, MEAN),
      tangents(context, GROUPS, CURRENT),
      numbersOfSamples(
        true,
        'c_n^l = \\xi_n^l \\cdot \\sum_t \\partial L / \\partial Z_n^l[t]',
        ' Read-outs need none: their gradient is exact without.',
      ),
      scale(context),
      update(context),
    ],
  },
};

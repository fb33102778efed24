import { methodOf } from '../../../training/config.ts';
import { formatError } from '../../format.ts';
import type { Stage, StageContext } from '../../inside/step/stage.ts';
import { averaged, numbersOfSamples, ofFirstDraw } from './parts/samples.ts';
import { LAWS, update } from './parts/stages.ts';
import { tangents } from './parts/tangents.ts';
import type { Steps } from './step.ts';

function draw({ config }: StageContext): Stage {
  const shown = ofFirstDraw(config);
  const law = LAWS[config.law].text;
  return {
    title: 'Draw',
    text:
      `All parameters get a direction of change D. ${law} Every sample sees it with signs of its own, r for a layer’s outputs and ` +
      `s for its inputs. Shown is what the first sample sees${shown}.`,
    formulas: ['\\delta W_n = D \\circ r_n s_n^\\top'],
    figure: 'direction',
  };
}

function scale({ config, explained }: StageContext): Stage {
  const cosine = `Cosine here: ${formatError(explained.cosine)}.`;
  return {
    title: 'Scale',
    text:
      `Number times direction, summed over the samples, is the estimate of the gradient${averaged(config)}. The samples’ ` +
      `directions are uncorrelated, and the mean is exactly BP’s gradient. ${cosine}`,
    formulas: ['g_W = D \\circ \\sum_n c_n\\, r_n s_n^\\top'],
    figure: 'gradient',
  };
}

const stages = (context: StageContext): Stage[] => {
  const { layerwise } = methodOf(context.config);
  const groups = layerwise
    ? `Layer-wise there are ${context.explained.derivatives.length}: each starts at its own layer, and all share one simulation.`
    : 'One tangent runs through all layers.';
  return [
    draw(context),
    tangents(context, groups),
    numbersOfSamples(layerwise, `c_n = \\nabla${layerwise ? '_{\\theta^l}' : ''} L \\cdot \\delta\\theta_n`),
    scale(context),
    update(context),
  ];
};

export const steps: Steps = { 'RFG-G-flipout': { stages }, 'RFG-L-flipout': { stages } };

import type { Config } from '../../../../training/config.ts';
import { methodOf } from '../../../../training/config.ts';
import { formatCount, formatError } from '../../../format.ts';
import type { Stage, StageContext } from '../../../inside/step/stage.ts';
import { LAWS } from './stages.ts';

/** One direction for all samples. */
export function draw({ config, parameters }: StageContext): Stage {
  const law = LAWS[config.law];
  const first = config.K > 1 ? ` Shown is the first of K = ${config.K} directions.` : '';
  const scaled = config.scales.some((s) => s !== 1) ? ' Each layer has its own perturbation scale.' : '';
  return {
    title: 'Draw',
    text: `All ${formatCount(parameters)} parameters get a direction of change at once. ${law.text}${scaled}${first}`,
    formulas: [law.formula],
    figure: 'direction',
  };
}

/** Superscript of a layer that has its own derivative. */
export const layerOf = (config: Config) => (methodOf(config).layerwise ? '^l' : '');

/**
 * Number times direction.
 * @param number TeX of the number along one direction k, of the layer l where `l` is not empty.
 * @param expectation what the mean over directions is.
 */
export function scale(
  { config, explained }: StageContext,
  number: (l: string) => string,
  expectation: string,
): Stage {
  const l = layerOf(config);
  const mean = config.K > 1 ? `, averaged over K = ${config.K} directions` : '';
  const scaled = config.scales.some((s) => s !== 1)
    ? ', divided in each layer by the square of its scale'
    : '';
  return {
    title: 'Scale',
    text: `Direction times number is the estimate of the gradient${mean}${scaled}. ${expectation} Cosine here: ${formatError(explained.cosine)}.`,
    formulas: [
      config.K > 1
        ? `g${l} = \\frac{1}{${config.K}} \\sum_{k=1}^{${config.K}} ${number(l)}\\,\\delta\\theta_k${l}`
        : `g${l} = ${number(l).replaceAll('_k', '')}\\,\\delta\\theta${l}`,
    ],
    figure: 'gradient',
  };
}

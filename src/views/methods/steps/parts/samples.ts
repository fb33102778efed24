import type { Config } from '../../../../training/config.ts';
import type { Stage } from '../../../inside/step/stage.ts';

/** Which draw is shown, and what several are made of. */
export const ofFirstDraw = ({ K }: Config) => (K > 1 ? ` of the first of K = ${K} draws` : '');
export const averaged = ({ K }: Config) => (K > 1 ? `, averaged over K = ${K} draws` : '');

const OF_SAMPLES =
  'Every sample has its own number: how fast the loss changes when this sample alone is perturbed. Shown are the sums over the samples.';

/** One number a sample. @param layerwise one for each layer too. */
export const numbersOfSamples = (layerwise: boolean, formula: string, after = ''): Stage => ({
  title: layerwise ? 'One number a sample and layer' : 'One number a sample',
  text: OF_SAMPLES + after,
  formulas: [formula],
  figure: 'numbers',
});

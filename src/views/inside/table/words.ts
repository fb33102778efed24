import type { Measured } from '../../../lessons/measured.ts';
import type { ExperimentName } from '../../../training/config.ts';
import type { Learned } from '../../../training/learned.ts';
import type { Group } from './table-rows.ts';

const RECIPES: Record<Measured['recipe'], string> = { paper: 'ours, K = 1', live: 'ours, tuned' };

/** “ours, K = 1, hard boundary”. */
export const columnName = ({ recipe, boundary }: Pick<Measured, 'recipe' | 'boundary'>): string =>
  boundary ? `${RECIPES[recipe]}, ${boundary} boundary` : RECIPES[recipe];

/** What a hard boundary multiplies the output by. */
export const BOUNDARY_FACTORS: Record<Exclude<ExperimentName, 'hat'>, string> = {
  poisson:
    'Hard boundary: the network’s output is multiplied by 1 − y², which is 0 where the solution must be. Soft: it is not, and the network has to learn that too.',
  'reaction-diffusion':
    'Hard boundary: the network’s output is multiplied by t (1 − s⁸), s = 2x − 1, which is 0 where the solution must be: at the start and at both ends. Soft: it is not, and the network has to learn that too.',
};

export const GROUPS: Record<Group['id'], string> = {
  paper: 'Methods of the paper',
  beyond: 'Beyond the paper',
  baselines: 'Without spikes, for comparison',
};

/** What a row's runs fit to the data. */
export const LEARNED: Record<Learned, string> = {
  'all weights': 'learns all weights',
  'read-out': 'learns the read-out only',
  'all weights, as rates': 'learns all weights, as rates',
  'all weights, tanh': 'learns all weights of tanh units',
  'linear map': 'fits a linear map',
  polynomial: 'fits a polynomial',
  nothing: 'learns nothing',
};

/** What the answer is where nothing is learned: what is known of the solution beforehand. */
export const NOTHING_LEARNED: Record<ExperimentName, string> = {
  hat: '0 everywhere',
  poisson: '½ (1 − y²) g(y)',
  'reaction-diffusion': 't (1 − s⁸) f(x)',
};

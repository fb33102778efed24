import type { MethodResult } from '../../../lessons/measured.ts';
import type { Learned } from '../../../training/learned.ts';
import type { Group } from './table-rows.ts';

const RECIPES: Record<MethodResult['recipe'], string> = { paper: 'ours, K = 1', live: 'ours, tuned' };

/** “ours, K = 1, hard boundary”. */
export const columnName = ({ recipe, boundary }: Pick<MethodResult, 'recipe' | 'boundary'>): string =>
  boundary ? `${RECIPES[recipe]}, ${boundary} boundary` : RECIPES[recipe];

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

import type { Derivation } from '../snn/method.ts';
import type { BaselineName } from './baseline-config.ts';
import { type Config, methodOf } from './config.ts';

/** What a method or a baseline fits to the data. */
export type Learned =
  | 'all weights'
  | 'read-out'
  | 'all weights, as rates'
  | 'all weights, tanh'
  | 'linear map'
  | 'polynomial'
  | 'nothing';

const METHOD: Record<Derivation, Learned> = {
  reverse: 'all weights',
  forward: 'all weights',
  differences: 'all weights',
  fit: 'read-out',
  rates: 'all weights, as rates',
};

const BASELINE: Record<BaselineName, Learned> = {
  'nothing-learned': 'nothing',
  autoregression: 'linear map',
  'least-squares': 'linear map',
  polynomial: 'polynomial',
  'tanh-BP': 'all weights, tanh',
};

/** What the runs of a table's row learned; nothing else of it is fitted. */
export const learnedBy = (method: string, config: Pick<Config, 'gradient'>): Learned =>
  BASELINE[method as BaselineName] ?? METHOD[methodOf(config).derivation];

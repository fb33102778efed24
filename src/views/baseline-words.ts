import type { BaselineName } from '../training/baseline-config.ts';

/** Names of the baselines on the page. */
export const BASELINE_NAMES: Record<BaselineName, string> = {
  'nothing-learned': 'nothing learned',
  autoregression: 'linear autoregression',
  'least-squares': 'least squares',
  polynomial: 'polynomial',
  'tanh-BP': 'tanh units, BP',
};

/** Stands beside the baselines. */
export const WHY_SPIKES =
  'Why spikes, then? Not for accuracy. A layer fed by spikes only adds, and rests where neurons are silent: chips built for that can save energy. They have no way back through time, hence training without one.';

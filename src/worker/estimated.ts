import type { Config } from '../training/config.ts';

/** Which estimates are drawn: those of the run's own method, or another's, by plain ±1 directions unless a law is named. */
export type Estimator =
  | 'own'
  | {
      readonly gradient: 'RFG' | 'WP';
      readonly scope: Config['scope'];
      readonly law?: Config['law'];
      readonly K: number;
    };

/** The configuration whose estimates are drawn at the weights of a run. */
export const estimatedConfig = (config: Config, estimator: Estimator): Config =>
  estimator === 'own' ? config : { ...config, law: 'rademacher', flipout: false, scales: [1], ...estimator };

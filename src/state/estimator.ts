import type { Estimator } from '../worker/estimated.ts';
import type { EstimateChoice, EstimateName } from './estimates.ts';

const NAMED: Record<Exclude<EstimateName, 'own'>, Exclude<Estimator, 'own'>> = {
  'RFG-G': { gradient: 'RFG', scope: 'G', K: 1 },
  'RFG-L': { gradient: 'RFG', scope: 'L', K: 1 },
  'RFG-A': { gradient: 'RFG', scope: 'A', K: 1 },
  'WP-L': { gradient: 'WP', scope: 'L', K: 1 },
  'WP-A': { gradient: 'WP', scope: 'A', law: 'mean', K: 1 },
};

/** What the worker is asked to draw. */
export function estimatorOf({ name, K }: Omit<EstimateChoice, 'K'> & { readonly K: number }): Estimator {
  return name === 'own' ? 'own' : { ...NAMED[name], K };
}

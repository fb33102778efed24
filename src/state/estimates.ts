import { ConfigError } from '../settings/fields.ts';

/** Whose estimates the gradient microscope draws: the run's own method's, or another's of plain ±1, under WP-A averaged over them. */
export const ESTIMATE_NAMES = ['own', 'RFG-G', 'RFG-L', 'RFG-A', 'WP-L', 'WP-A'] as const;
export type EstimateName = (typeof ESTIMATE_NAMES)[number];
/** Directions K averaged in one estimate; the run's own method has its own. */
export const DIRECTION_COUNTS = [1, 8, 32] as const;

export interface EstimateChoice {
  readonly name: EstimateName;
  readonly K: number;
}

export const OWN_ESTIMATES: EstimateChoice = { name: 'own', K: 1 };

/** RFG-L:8 of a link. @throws ConfigError naming what is allowed. */
export function parseEstimates(text: string): EstimateChoice {
  const [estimator, count = '1', ...rest] = text.split(':');
  const name = ESTIMATE_NAMES.find((name) => name === estimator);
  const K = DIRECTION_COUNTS.find((number) => String(number) === count);
  if (!name || !K || rest.length > 0 || (name === 'own' && text !== 'own')) {
    const others = ESTIMATE_NAMES.filter((name) => name !== 'own').join(', ');
    throw new ConfigError(
      'estimates',
      text.slice(0, 40),
      `own, or one of ${others} with K as in RFG-L:8; K: ${DIRECTION_COUNTS.join(', ')}`,
    );
  }
  return { name, K };
}

/** What `parseEstimates` reads back. */
export const formatEstimates = ({ name, K }: EstimateChoice): string =>
  name === 'own' ? name : `${name}:${K}`;

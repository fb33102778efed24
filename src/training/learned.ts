import type { Config } from './config.ts';

/** What a method fits to the data. */
export type Learned = 'all weights' | 'read-out' | 'weights, as rates';

const LEARNED: Record<Config['gradient'], Learned> = {
  BP: 'all weights',
  RFG: 'all weights',
  WP: 'all weights',
  RF: 'read-out',
  ANN: 'weights, as rates',
};

/** What the method of a configuration learns; nothing else of it is fitted. */
export const learnedBy = ({ gradient }: Pick<Config, 'gradient'>): Learned => LEARNED[gradient];

import type { MethodWords } from './words.ts';

/** Under A: why settings of directions in parameter space have no meaning. */
export const WHY_CURRENTS = {
  scales: 'a current’s own derivative does not depend on the scale',
  flipout: 'under A every row is perturbed in its own way already',
} as const;

const NOTHING = { why: {} };

export const words: MethodWords = {
  'RFG-G': {
    option: {
      label: 'RFG',
      hint: 'Randomized forward-mode gradient: no backward pass',
      spoken: 'Forward guess',
    },
    why: {},
  },
  'RFG-L': NOTHING,
  'RFG-G-flipout': NOTHING,
  'RFG-L-flipout': NOTHING,
  'RFG-A': { why: WHY_CURRENTS },
};

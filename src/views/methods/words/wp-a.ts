import { WHY_CURRENTS } from './rfg.ts';
import type { MethodWords } from './words.ts';
import { DIFFERENCES } from './wp.ts';

export const words: MethodWords = {
  'WP-A': {
    ...DIFFERENCES,
    spoken: 'Shaken neurons',
    why: { ...DIFFERENCES.why, ...WHY_CURRENTS },
  },
};

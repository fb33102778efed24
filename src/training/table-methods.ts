import { type Config, type ExperimentName, methodName, type Pinned } from './config.ts';

/** A row of the paper's tables. */
interface TableMethod {
  readonly name: string;
  readonly pins: Pinned;
}

function method(surrogate: Config['surrogate'], pins: Pinned): TableMethod {
  const fields = { localLosses: false, ...pins, surrogate };
  const { gradient = 'BP', scope = 'L', localLosses, flipout } = fields;
  return { name: methodName({ surrogate, gradient, scope, localLosses, flipout }), pins: fields };
}

const both = (pins: Pinned): TableMethod[] => [method('SG', pins), method('WSG', pins)];
const BP = both({ gradient: 'BP' });
const BP_LL = both({ gradient: 'BP', localLosses: true });
const G = both({ gradient: 'RFG', scope: 'G' });
const L = both({ gradient: 'RFG', scope: 'L' });
const L_LL = both({ gradient: 'RFG', scope: 'L', localLosses: true });

/** Methods of the paper's table (Poisson) or figures of each experiment, in its order. */
export const TABLE_METHODS: Record<ExperimentName, readonly TableMethod[]> = {
  hat: [...BP, ...G, ...L],
  poisson: [...BP, ...BP_LL, ...G, ...L, ...L_LL],
  'reaction-diffusion': [...BP, ...G, ...L],
};

/** Plain weight perturbation: the methods beyond the paper that have a row in every table. */
export const WEIGHT_PERTURBATION: readonly TableMethod[] = [
  method('SG', { gradient: 'WP', scope: 'G' }),
  method('SG', { gradient: 'WP', scope: 'L' }),
];

/** Methods beyond the paper whose errors are kept beside its own, in the order of tables. */
export const BEYOND_METHODS: readonly TableMethod[] = [
  ...WEIGHT_PERTURBATION,
  ...both({ gradient: 'RFG', scope: 'A' }),
  method('SG', { gradient: 'RFG', scope: 'G', flipout: true }),
  method('SG', { gradient: 'RFG', scope: 'L', flipout: true }),
  method('SG', { gradient: 'RF' }),
  method('SG', { gradient: 'ANN' }),
];

import { type Config, type ExperimentName, methodName, type Pinned } from './config.ts';

/** A row of the paper's tables. */
export interface TableMethod {
  readonly name: string;
  readonly pins: Pinned;
}

function method(surrogate: Config['surrogate'], pins: Pinned): TableMethod {
  const fields = { localLosses: false, ...pins, surrogate };
  const { gradient = 'BP', scope = 'L', localLosses } = fields;
  return { name: methodName({ surrogate, gradient, scope, localLosses }), pins: fields };
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

import type { Config } from '../../../training/config.ts';

/** What a run's neurons compute, in TeX: after U[t] = λ U[t-1] + Z[t], its reset, its tangent and its adjoint. */
interface NeuronEquations {
  readonly reset: string;
  readonly tangent: string;
  readonly adjoint: string;
}

export function neuronEquations({ reset }: Pick<Config, 'reset'>): NeuronEquations {
  if (reset === 'zero')
    return {
      reset: 'U^l[t] \\leftarrow (1 - S^l[t])\\,U^l[t]',
      tangent: '\\dot U^l[t] = \\lambda\\,(1 - S^l[t-1])\\,\\dot U^l[t-1] + \\dot Z^l[t]',
      adjoint:
        '\\bar U^l[t] = (1 - S^l[t])\\,\\lambda \\bar U^l[t+1] + f(U^l[t] - \\vartheta)\\,\\bar S^l[t]',
    };
  return {
    reset: 'U^l[t] \\leftarrow U^l[t] - \\vartheta S^l[t]',
    tangent: '\\dot U^l[t] = \\lambda \\dot U^l[t-1] + \\dot Z^l[t]',
    adjoint: '\\bar U^l[t] = \\lambda \\bar U^l[t+1] + f(U^l[t] - \\vartheta)\\,\\bar S^l[t]',
  };
}

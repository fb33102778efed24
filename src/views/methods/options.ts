import type { Config } from '../../training/config.ts';
import type { Option } from '../../ui/Segmented.tsx';
import { SPOKEN_SCOPES } from './spoken.ts';

export const SURROGATES: readonly Option<Config['surrogate']>[] = [
  {
    value: 'SG',
    label: 'SG',
    hint: 'Surrogate gradient: a Gaussian stands in for the derivative of the spike',
  },
  { value: 'WSG', label: 'WSG', hint: 'Weak form of the same Gaussian, estimated from samples' },
];
export const SCOPES: readonly Option<Config['scope']>[] = [
  { value: 'G', label: 'G', spoken: SPOKEN_SCOPES.G, hint: 'Global: one direction over all parameters' },
  {
    value: 'L',
    label: 'L',
    spoken: SPOKEN_SCOPES.L,
    hint: 'Layer-wise: one directional derivative per layer',
  },
  {
    value: 'A',
    label: 'A*',
    spoken: SPOKEN_SCOPES.A,
    hint: '* Beyond the paper. Activity: every sample perturbs its own currents, one number per sample and hidden layer',
  },
];

/** A gradient of the menu beside the bar, as it stands among others. */
export const beyondPaper = <V extends string>({ value, label, spoken, hint }: Option<V>): Option<V> => ({
  ...{ value, label, spoken },
  hint: `* Beyond the paper. ${hint}`,
});

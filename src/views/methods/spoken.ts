import { type MethodFields, usedByMethod } from '../../training/config.ts';
import { GRADIENT_OPTIONS, wordsOf } from './words/all.ts';

/** How the scopes of a perturbation are said in a hall. */
export const SPOKEN_SCOPES = { G: 'All at once', L: 'Layer by layer', A: 'Each sample*' } as const;

/** “Shaken weights”, under A “Shaken neurons”: a gradient as the scope makes it. */
export const spokenGradient = (config: MethodFields): string =>
  wordsOf(config).spoken ?? GRADIENT_OPTIONS.find(({ value }) => value === config.gradient)?.spoken ?? '';

/** “Forward guess, layer by layer”: a run's method in words that need no explanation. */
export function spokenMethod(config: MethodFields): string {
  const uses = (field: 'scope' | 'surrogate' | 'flipout' | 'localLosses') => usedByMethod(field, config);
  return [
    spokenGradient(config),
    ...(uses('scope') ? [SPOKEN_SCOPES[config.scope].toLowerCase()] : []),
    ...(uses('flipout') && config.flipout ? ['own signs for each sample*'] : []),
    ...(uses('surrogate') && config.surrogate === 'WSG' ? ['slope from samples'] : []),
    ...(uses('localLosses') && config.localLosses ? ['a loss in each layer'] : []),
  ].join(', ');
}

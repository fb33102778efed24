import { type Config, usedByMethod } from '../../training/config.ts';
import { GRADIENT_OPTIONS } from './words/all.ts';

/** How the scopes of a perturbation are said in a hall. */
export const SPOKEN_SCOPES = { G: 'All at once', L: 'Layer by layer', A: 'Each sample*' } as const;

/** “Forward guess, layer by layer”: a run's method in words that need no explanation. */
export function spokenMethod(config: Config): string {
  const gradient = GRADIENT_OPTIONS.find(({ value }) => value === config.gradient)?.spoken ?? '';
  if (!usedByMethod('scope', config)) return gradient;
  return `${gradient}, ${SPOKEN_SCOPES[config.scope].toLowerCase()}`;
}

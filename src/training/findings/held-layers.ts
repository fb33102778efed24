import type { Config } from '../config.ts';
import { resolveConfig } from '../presets.ts';
import { specsOf } from '../specs.ts';
import type { Finding } from './finding.ts';

type Why = Pick<Finding, 'cause' | 'remedy'>;

/** Factor on the rate of every layer, in order. */
const factorsOf = (config: Config): readonly number[] => specsOf(config).optimiser.rateFactors;

/** Rate factors that the experiment's recipe has for the method. */
function usualFactors({
  experiment,
  recipe,
  gradient,
  scope,
  localLosses,
  flipout,
}: Config): readonly number[] {
  return resolveConfig({ experiment, recipe, gradient, scope, localLosses, flipout }).rateFactors;
}

/** The largest factor on the rate: by how much the fastest layer's steps differ from what the rate says. */
export const largestFactor = (config: Config): number => Math.max(...factorsOf(config));
export function usualLargestFactor(config: Config): number {
  return largestFactor({ ...config, rateFactors: usualFactors(config) });
}

/** The factors as they usually are in place of those in force; undefined where that would change nothing. */
export function usualFactorsAgain(config: Config): Finding['remedy'] {
  const rateFactors = usualFactors(config);
  if (String(rateFactors) === String(config.rateFactors)) return undefined;
  return { label: `Set the rate factors to ${rateFactors.join(', ')}`, pins: { rateFactors } };
}

/** No layer learns: every factor is 0. */
export function allHeld(config: Config): Why | undefined {
  if (largestFactor(config) > 0) return undefined;
  return {
    cause: 'The rate factor of every layer is 0: no weight changes, whatever the rate.',
    remedy: usualFactorsAgain(config),
  };
}

/** Some layers do not learn: their factors are 0. */
export function someHeld(config: Config): Why | undefined {
  const factors = factorsOf(config);
  const held = factors.flatMap((factor, index) => (factor === 0 ? [index + 1] : []));
  if (held.length === 0 || held.length === factors.length) return undefined;
  const rateFactors = factors.map((factor) => (factor === 0 ? 1 : factor));
  const which = held.length === 1 ? `layer ${held[0]}` : `the layers ${held.join(', ')}`;
  return {
    cause: `The rate factor of ${which} of ${factors.length} is 0: weights there stay as they were drawn at the start.`,
    remedy: { label: `Set the rate factors to ${rateFactors.join(', ')}`, pins: { rateFactors } },
  };
}

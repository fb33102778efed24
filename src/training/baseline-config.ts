import { ofEach } from '../experiments/table.ts';
import { type Config, FIELD_NAMES, FIELDS, type FieldName, methodOf, type Pinned } from './config.ts';
import { resolveConfig } from './presets.ts';

/** What the methods' errors are held against: the same data, the same test evaluation, no spikes. */
export const BASELINES = [
  'nothing-learned',
  'autoregression',
  'least-squares',
  'polynomial',
  'tanh-BP',
] as const;
export type BaselineName = (typeof BASELINES)[number];

/** Those that an experiment has, in their order. A polynomial is fitted where the inputs are the point itself, autoregression is of series. */
export const BASELINES_OF = ofEach(({ factorCount, shape }): readonly BaselineName[] =>
  BASELINES.filter(
    (name) =>
      (name !== 'polynomial' || factorCount === 1) && (name !== 'autoregression' || shape === 'series'),
  ),
);

/** What a baseline sets of a configuration; everything else follows experiment and recipe as for BP. */
export const BASELINE_PINS: Pinned = { gradient: 'BP', localLosses: false };

export const isBaseline = (name: string): name is BaselineName =>
  BASELINES.some((baseline) => baseline === name);

/** Whether it is trained step by step, as the methods are; the others are computed at one go. */
export const isTrained = (name: BaselineName): name is 'tanh-BP' => name === 'tanh-BP';

/** What training by BP depends on beside network, data and seed; spikes have no part in a baseline. */
const OF_TRAINING: readonly FieldName[] = [
  ...(['batch', 'sampling', 'hold', 'optimiser', 'rate', 'rateFactors', 'beta1', 'beta2'] as const),
  ...(['stabiliser', 'schedule', 'steps', 'finalFraction'] as const),
];

/**
 * What a run is held against: its own network, data, initial weights and seed; batches, optimiser, rate and schedule are the run's
 * under BP, else those that BP has in its experiment and recipe. Equal for runs that differ in what has no part in a baseline.
 */
export function baselineConfig(config: Config): Config {
  const own = (name: FieldName) =>
    FIELDS[name].resets ||
    name === 'threshold' ||
    (methodOf(config).derivation === 'reverse' && OF_TRAINING.includes(name));
  const pins = FIELD_NAMES.filter(own).map((name) => [name, config[name]]);
  return resolveConfig({ ...(Object.fromEntries(pins) as Pinned), ...BASELINE_PINS });
}

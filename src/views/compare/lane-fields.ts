import { EXPERIMENTS } from '../../experiments/table.ts';
import { type Config, type FieldName, refusedValues, usedByExperiment } from '../../training/config.ts';
import type { Option } from '../../ui/Segmented.tsx';
import { beyondPaper, SCOPES, SURROGATES } from '../methods/options.ts';
import { GRADIENT_OPTIONS } from '../methods/words/all.ts';

/** Toggles of a lane. */
export const FIELDS_OF_LANES = ['surrogate', 'gradient', 'scope', 'localLosses'] as const;
export type LaneField = (typeof FIELDS_OF_LANES)[number];

const OPTIONS: Readonly<Record<LaneField, readonly Option<string>[]>> = {
  surrogate: SURROGATES,
  gradient: GRADIENT_OPTIONS.map((option) => (option.name ? beyondPaper(option) : option)),
  scope: SCOPES,
  localLosses: [
    { value: 'false', label: 'off', hint: 'The loss of the output alone' },
    { value: 'true', label: 'LL', hint: 'Adds a loss at every hidden depth' },
  ],
};
/** What the experiment's lanes may differ in beside their methods, as far as it means something under a configuration. */
export const ownFieldsOf = (config: Config): readonly FieldName[] => {
  const { ofNetwork = [], ofInput = [] } = EXPERIMENTS[config.experiment];
  return ([...ofInput, ...ofNetwork] as FieldName[]).filter((field) => usedByExperiment(field, config));
};

/** What a toggle offers: every choice that the field has, but for gradients that the experiment has no use for. */
export function optionsOf(field: LaneField, config: Config): readonly Option<string>[] {
  if (field !== 'gradient') return OPTIONS[field];
  const refused = refusedValues(field, config);
  return OPTIONS[field].filter(({ value }) => !refused.includes(value));
}

import { EXPERIMENTS, OPERATORS, ownerOf } from '../../experiments/table.ts';
import { DIRECTIONS, LOCAL, SURROGATE, UPDATE } from '../../methods/method.ts';
import {
  type Config,
  drawsNone,
  type FieldName,
  usedByExperiment,
  usedByMethod,
} from '../../training/config.ts';
import { WORDS } from '../experiments/all.ts';
import { wordsOf } from '../methods/words/all.ts';

const OPERATORS_ONLY = `only the operator experiments (${OPERATORS.map(({ name }) => name).join(', ')}) use it`;
const ADAM_ONLY = 'only Adam uses it';

type Rule = (config: Config) => string | false;

const withoutAdam: Rule = (config) => config.optimiser !== 'adam' && ADAM_ONLY;
/** Why a setting has no part in the experiment: only operator networks use it, or only others have it. */
const elsewhere = (field: FieldName, config: Config) => {
  if (usedByExperiment(field, config)) return false;
  const owner = ownerOf(field);
  if (!owner) return field === 'rank' ? 'one factor has one read-out' : OPERATORS_ONLY;
  const own = field in EXPERIMENTS[config.experiment].fields;
  return own ? WORDS[config.experiment].reasons?.[field] : WORDS[owner.id].reasons?.elsewhere;
};

const RULES: Partial<Record<FieldName, Rule>> = {
  samples: (config) => config.surrogate === 'SG' && 'only WSG draws samples; SG is a closed formula',
  localRank: ({ localLosses }) => !localLosses && 'local losses are off',
  gain: ({ init }) => init !== 'uniform' && 'only uniform initial weights use it',
  currentStd: ({ init }) => init !== 'operator' && 'only the operator networks’ initial weights use it',
  beta1: withoutAdam,
  beta2: withoutAdam,
  stabiliser: withoutAdam,
  K: (config) => drawsNone(config) && 'the mean over all signs is taken: none is drawn',
  finalFraction: (config) => config.schedule === 'constant' && 'a constant rate does not fall',
};

/** Why a field has no meaning under a configuration, in words to be shown; undefined where it has one. */
export function whyMeaningless(field: FieldName, config: Config): string | undefined {
  if (!usedByMethod(field, config)) return whyUnused(field, config);
  return elsewhere(field, config) || RULES[field]?.(config) || undefined;
}

/** Fields that are needless for one reason, by the field that stands for them. */
const SAME_REASON: readonly (readonly FieldName[])[] = [
  SURROGATE,
  [...DIRECTIONS, 'scales', 'flipout'],
  UPDATE,
  LOCAL,
];

/** What the method says of the field, or of those that are needless together with it. */
function whyUnused(field: FieldName, config: Config): string | undefined {
  const { why } = wordsOf(config);
  const [first] = SAME_REASON.find((fields) => fields.includes(field)) ?? [field];
  return why[field] ?? why[first] ?? UNUSED[field];
}

/** Said where a method does not say why it has no use for a field. */
const UNUSED: Partial<Record<FieldName, string>> = {
  epsilon: 'only weight perturbation takes a finite difference',
};

import { OPERATORS, ownerOf } from '../../experiments/table.ts';
import { type Config, type FieldName, usedByExperiment, usedByMethod } from '../../training/config.ts';
import { WORDS } from '../experiments/all.ts';

const NO_DIRECTION: Partial<Record<Config['gradient'], string>> = {
  BP: 'back-propagation draws no direction',
  RF: 'RF takes no gradient, so it draws no direction',
  ANN: 'the network of rates is trained by back-propagation, which draws no direction',
};
const NO_SURROGATE: Partial<Record<Config['gradient'], string>> = {
  WP: 'weight perturbation uses no surrogate',
  RF: 'RF takes no gradient, so it needs no surrogate',
  ANN: 'the rates have a derivative of their own, so it needs no surrogate',
};
const ONE_STEP = 'RF fits the read-out in one step';
const OPERATORS_ONLY = `only the operator experiments (${OPERATORS.map(({ name }) => name).join(', ')}) use it`;
const ADAM_ONLY = 'only Adam uses it';

type Rule = (config: Config) => string | false;

const undirected: Rule = (config) => !usedByMethod('K', config) && (NO_DIRECTION[config.gradient] ?? false);
const unsurrogated: Rule = (config) =>
  !usedByMethod('surrogate', config) && (NO_SURROGATE[config.gradient] ?? false);
const underRF: Rule = ({ gradient }) => gradient === 'RF' && ONE_STEP;
const withoutAdam: Rule = (config) => underRF(config) || (config.optimiser !== 'adam' && ADAM_ONLY);
/** Why a setting has no part in the experiment: only operator networks use it, or only one experiment has it. */
const elsewhere = (field: FieldName, config: Config) => {
  if (usedByExperiment(field, config)) return false;
  const owner = ownerOf(field);
  if (!owner) return field === 'rank' ? 'one factor has one read-out' : OPERATORS_ONLY;
  const { reasons } = WORDS[owner.id];
  return owner.id === config.experiment ? reasons?.[field] : reasons?.elsewhere;
};

const RULES: Partial<Record<FieldName, Rule>> = {
  surrogate: unsurrogated,
  sigma: unsurrogated,
  samples: (config) =>
    unsurrogated(config) || (config.surrogate === 'SG' && 'only WSG draws samples; SG is a closed formula'),
  scope: undirected,
  K: undirected,
  law: undirected,
  scales: (config) =>
    undirected(config) || (config.scope === 'A' && 'a current’s own derivative does not depend on the scale'),
  flipout: (config) =>
    undirected(config) ||
    (config.gradient === 'WP' && 'weight perturbation changes all rows alike') ||
    (config.scope === 'A' && 'under A every row is perturbed in its own way already'),
  epsilon: ({ gradient }) => gradient !== 'WP' && 'only weight perturbation takes a finite difference',
  localRank: ({ gradient, localLosses }) => (gradient === 'RF' || !localLosses) && 'local losses are off',
  gain: ({ init }) => init !== 'uniform' && 'only uniform initial weights use it',
  currentStd: ({ init }) => init !== 'operator' && 'only the operator networks’ initial weights use it',
  beta1: withoutAdam,
  beta2: withoutAdam,
  stabiliser: withoutAdam,
  finalFraction: (config) =>
    underRF(config) || (config.schedule === 'constant' && 'a constant rate does not fall'),
  localLosses: ({ gradient }) => gradient === 'RF' && 'RF fits the read-out alone',
  optimiser: underRF,
  rate: underRF,
  rateFactors: underRF,
  schedule: underRF,
};

/** Why a field has no meaning under a configuration, in words to be shown; undefined where it has one. */
export function whyMeaningless(field: FieldName, config: Config): string | undefined {
  return elsewhere(field, config) || RULES[field]?.(config) || undefined;
}

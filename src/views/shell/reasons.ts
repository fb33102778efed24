import { DIRECTIONS, LOCAL, SURROGATE, UPDATE } from '../../methods/method.ts';
import { type Config, type FieldName, usedByMethod } from '../../training/config.ts';
import { viewOf } from '../methods/all.ts';

const OPERATORS_ONLY = 'only the operator experiments (Poisson, reaction–diffusion) use it';
const ADAM_ONLY = 'only Adam uses it';

type Rule = (config: Config) => string | false;

const onHat: Rule = ({ experiment }) => experiment === 'hat' && OPERATORS_ONLY;
const offHat: Rule = ({ experiment }) =>
  experiment !== 'hat' && 'only the Mexican hat’s network has other targets';
const withoutAdam: Rule = (config) => config.optimiser !== 'adam' && ADAM_ONLY;
const unlessReaction: Rule = ({ experiment }) =>
  experiment !== 'reaction-diffusion' && 'only reaction–diffusion has this term';

const RULES: Partial<Record<FieldName, Rule>> = {
  samples: (config) => config.surrogate === 'SG' && 'only WSG draws samples; SG is a closed formula',
  rank: ({ experiment }) => experiment === 'hat' && 'one factor has one read-out',
  localRank: ({ localLosses }) => !localLosses && 'local losses are off',
  gain: ({ init }) => init !== 'uniform' && 'only uniform initial weights use it',
  currentStd: ({ init }) => init !== 'operator' && 'only the operator networks’ initial weights use it',
  beta1: withoutAdam,
  beta2: withoutAdam,
  stabiliser: withoutAdam,
  finalFraction: (config) => config.schedule === 'constant' && 'a constant rate does not fall',
  target: offHat,
  formula: (config) => offHat(config) || (config.target !== 'formula' && 'the target is not a formula'),
  painting: (config) => offHat(config) || (config.target !== 'painted' && 'the target is not painted'),
  boundary: onHat,
  perFunctionScale: onHat,
  lossWeight: onHat,
  sensors: onHat,
  lengthScale: onHat,
  trainFunctions: onHat,
  testFunctions: onHat,
  diffusion: unlessReaction,
  reaction: unlessReaction,
};

/** Why a field has no meaning under a configuration, in words to be shown; undefined where it has one. */
export function whyMeaningless(field: FieldName, config: Config): string | undefined {
  if (!usedByMethod(field, config)) return whyUnused(field, config);
  return RULES[field]?.(config) || undefined;
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
  const { why } = viewOf(config);
  const [first] = SAME_REASON.find((fields) => fields.includes(field)) ?? [field];
  return why[field] ?? why[first] ?? UNUSED[field];
}

/** Said where a method does not say why it has no use for a field. */
const UNUSED: Partial<Record<FieldName, string>> = {
  epsilon: 'only weight perturbation takes a finite difference',
};

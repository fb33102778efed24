import type { Config, FieldName } from '../../training/config.ts';

const NO_DIRECTION = 'back-propagation draws no direction';
const NO_SURROGATE = 'weight perturbation uses no surrogate';
const OPERATORS_ONLY = 'only the operator experiments (Poisson, reaction–diffusion) use it';
const ADAM_ONLY = 'only Adam uses it';

type Rule = (config: Config) => string | false;

const underBP: Rule = ({ gradient }) => gradient === 'BP' && NO_DIRECTION;
const underWP: Rule = ({ gradient }) => gradient === 'WP' && NO_SURROGATE;
const onHat: Rule = ({ experiment }) => experiment === 'hat' && OPERATORS_ONLY;
const offHat: Rule = ({ experiment }) =>
  experiment !== 'hat' && 'only the Mexican hat’s network has other targets';
const withoutAdam: Rule = ({ optimiser }) => optimiser !== 'adam' && ADAM_ONLY;
const unlessReaction: Rule = ({ experiment }) =>
  experiment !== 'reaction-diffusion' && 'only reaction–diffusion has this term';

const RULES: Partial<Record<FieldName, Rule>> = {
  surrogate: underWP,
  sigma: underWP,
  samples: (config) =>
    underWP(config) || (config.surrogate === 'SG' && 'only WSG draws samples; SG is a closed formula'),
  scope: underBP,
  K: underBP,
  law: underBP,
  scales: (config) =>
    underBP(config) || (config.scope === 'A' && 'a current’s own derivative does not depend on the scale'),
  flipout: (config) =>
    underBP(config) ||
    (config.gradient === 'WP' && 'weight perturbation changes all rows alike') ||
    (config.scope === 'A' && 'under A every row is perturbed in its own way already'),
  epsilon: ({ gradient }) => gradient !== 'WP' && 'only weight perturbation takes a finite difference',
  rank: ({ experiment }) => experiment === 'hat' && 'one factor has one read-out',
  localRank: ({ localLosses }) => !localLosses && 'local losses are off',
  gain: ({ init }) => init !== 'uniform' && 'only uniform initial weights use it',
  currentStd: ({ init }) => init !== 'operator' && 'only the operator networks’ initial weights use it',
  beta1: withoutAdam,
  beta2: withoutAdam,
  stabiliser: withoutAdam,
  finalFraction: ({ schedule }) => schedule === 'constant' && 'a constant rate does not fall',
  target: offHat,
  formula: (config) => offHat(config) || (config.target !== 'formula' && 'the target is not a formula'),
  painting: (config) => offHat(config) || (config.target !== 'painted' && 'the target is not painted'),
  boundary: onHat,
  perFunctionScale: onHat,
  sensors: onHat,
  lengthScale: onHat,
  trainFunctions: onHat,
  testFunctions: onHat,
  diffusion: unlessReaction,
  reaction: unlessReaction,
};

/** Why a field has no meaning under a configuration, in words to be shown; undefined where it has one. */
export function whyMeaningless(field: FieldName, config: Config): string | undefined {
  return RULES[field]?.(config) || undefined;
}

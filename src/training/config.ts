import * as v from 'valibot';
import { SETTINGS_OF_FACTORS, SETTINGS_OF_OPERATORS } from '../experiments/experiment.ts';
import {
  EXPERIMENT_NAMES,
  EXPERIMENTS,
  OPERATORS,
  OWN_FIELDS,
  ofEach,
  ownerOf,
} from '../experiments/table.ts';
import {
  CHOOSING,
  type Choice,
  GRADIENTS,
  gradientsFor,
  METHODS,
  type Method,
  methodId,
  methodOf,
  SETTINGS_OF_METHODS,
  thoseWith,
} from '../methods/index.ts';
import { allowedInstead, ConfigError, choice, type Field } from '../settings/fields.ts';
import { didYouMean } from '../settings/nearest.ts';
import { SETTINGS, type SettingName } from '../settings/table.ts';
import { perFactor } from '../snn/network.ts';

export { CHOOSING, methodOf } from '../methods/index.ts';

const { recipe, surrogate, trainFunctions, testFunctions, seed, dataSeed, ...OTHERS } = SETTINGS;
const FACTORS = OPERATORS.map(({ name, operator }) => `${operator.boundaryFactor.text} for ${name}`);

/** Every setting of a run. */
export const FIELDS = {
  experiment: choice(EXPERIMENT_NAMES[0], EXPERIMENT_NAMES, {
    label: 'Experiment',
    help: 'What the network learns',
    resets: true,
  }),
  recipe,
  surrogate,
  gradient: choice('BP', GRADIENTS, {
    label: 'Gradient',
    help: 'Back-propagation, randomized forward-mode gradient, or plain weight perturbation; beyond the paper: RF, random features with a read-out by ridge regression; S-SWIM, the same with features from pairs of data, where series are read; ANN, a network of rates trained and then run with spikes',
  }),
  ...OTHERS,
  boundary: {
    ...OTHERS.boundary,
    help: `Hard: the output is multiplied by a factor that is 0 where u must be, ${FACTORS.join(', ')}; soft: it is not`,
  } as typeof OTHERS.boundary,
  ...OWN_FIELDS,
  trainFunctions,
  testFunctions,
  seed,
  dataSeed,
} as const;

/** Name of a setting: its key in links, on the command line and in files. */
export type FieldName = keyof typeof FIELDS;
/** Every setting of a run, resolved; `resolveConfig` makes it of those that are set outright. */
export type Config = { readonly [F in FieldName]: (typeof FIELDS)[F] extends Field<infer T> ? T : never };
/** Fields that were set outright; everything else follows the experiment and the method. */
export type Pinned = Partial<Config>;
/** `hat`, `antiderivative`, `poisson`, `reaction-diffusion`. */
export type ExperimentName = Config['experiment'];

export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

/** @throws ConfigError naming the field, the value and what is allowed. */
export function checkField<F extends FieldName>(name: F, value: unknown): Config[F] {
  if (!FIELD_NAMES.includes(name)) throw unknownField(name, value);
  const field = FIELDS[name];
  const result = v.safeParse(field.schema as v.GenericSchema<unknown, Config[F]>, value);
  if (!result.success) throw new ConfigError(name, value, field.allowed);
  return result.output;
}

const unknownField = (name: string, value: unknown) =>
  new ConfigError(name, value, `a known field: ${FIELD_NAMES.join(', ')}`, didYouMean(name, FIELD_NAMES));

/** Value of a field from its text in a URL or on a command line. @throws ConfigError */
export function parseField(name: string, text: string): Pinned {
  const fieldName = FIELD_NAMES.find((field) => field === name);
  if (!fieldName) throw unknownField(name, text);
  const field = FIELDS[fieldName] as Field<unknown>;
  try {
    return { [fieldName]: checkField(fieldName, field.parse(text)) };
  } catch {
    const choices = field.choices?.map(String) ?? [];
    throw new ConfigError(fieldName, text, allowedInstead(field, text), didYouMean(text, choices));
  }
}

/** Text of a field's value as links and the command line write it: the inverse of `parseField`. */
export function formatField<F extends FieldName>(name: F, value: Config[F]): string {
  return (FIELDS[name] as unknown as Field<Config[F]>).format(value);
}

/** Numbers of factors of each experiment. */
export const FACTOR_COUNT = ofEach(({ factorCount }) => factorCount);
const LARGEST_TARGET = 1 << 20;

/** Checks every field and what fields demand of each other. @throws ConfigError */
export function checkConfig(config: Config): Config {
  for (const name of FIELD_NAMES) checkField(name, config[name]);
  const factors = FACTOR_COUNT[config.experiment];
  const demand = (ok: boolean, field: FieldName, allowed: string) => {
    if (!ok) throw new ConfigError(field, formatField(field, config[field] as never), allowed);
  };
  demand(
    [1, factors].includes(config.hidden.length),
    'hidden',
    `one list of widths, or ${factors} for the ${factors} factor(s) of ${config.experiment}`,
  );
  demand(
    [1, factors].includes(config.batch.length),
    'batch',
    `one number, or ${factors} for the ${factors} factor(s) of ${config.experiment}`,
  );
  const rows = perFactor(config.batch, factors).reduce((n, b) => n * b, 1);
  demand(rows <= LARGEST_TARGET, 'batch', `at most ${LARGEST_TARGET} points in all; this has ${rows}`);
  checkMethod(config, demand);
  const { allows, demands } = EXPERIMENTS[config.experiment];
  for (const [field, values] of allowed(allows))
    demand(values.includes(config[field]), field, `${values.join(' or ')} for ${config.experiment}`);
  for (const { field, holds, allowed } of demands?.(config) ?? []) demand(holds, field as FieldName, allowed);
  return config;
}

/** Settings and the values that a record allows. */
const allowed = (allows: object) => Object.entries(allows) as [SettingName, readonly unknown[]][];

function checkMethod(config: Config, demand: (ok: boolean, field: FieldName, allowed: string) => void): void {
  const gradients = gradientsFor(EXPERIMENTS[config.experiment].shape);
  demand(
    gradients.includes(config.gradient),
    'gradient',
    `${gradients.join(' or ')} for ${config.experiment}`,
  );
  let fitting: readonly Method[] = METHODS;
  for (const field of CHOOSING) {
    const values = new Set(fitting.map(({ chosenBy }) => chosenBy[field]));
    fitting = thoseWith(fitting, field, config);
    demand(fitting.length > 0, field, `${[...values].join(' or ')} under ${methodName(config)}`);
  }
  for (const [field, values] of allowed(fitting[0].allows ?? {}))
    demand(values.includes(config[field]), field, `${values.join(' or ')} under ${methodName(config)}`);
}

/** Values of a field that the method or the experiment of a configuration does not take. */
export function refusedValues(field: FieldName, config: Config): unknown[] {
  const experiment = EXPERIMENTS[config.experiment];
  const gradients = { allows: { gradient: gradientsFor(experiment.shape) } };
  const records: { readonly allows?: object }[] = [methodOf(config), experiment, gradients];
  const limits = records.flatMap(({ allows = {} }) => allowed(allows).filter(([name]) => name === field));
  const { choices = [] } = FIELDS[field] as Field<unknown>;
  return choices.filter((choice) => limits.some(([, values]) => !values.includes(choice)));
}

export type MethodFields = Choice & Pick<Config, 'surrogate' | 'scope' | 'localLosses'>;

/**
 * SG-BP, WSG-RFG-L (randomized forward-mode gradient), SG-RFG-L-LL, WP-G, SG-RFG-A, SG-RFG-L-flipout, RF (random features),
 * ANN …: what has no meaning under a method is left out.
 */
export function methodName(config: MethodFields): string {
  const method = methodOf(config);
  const { uses } = method;
  return [
    ...(uses.includes('surrogate') ? [config.surrogate] : []),
    methodId(method),
    ...(uses.includes('localLosses') && config.localLosses ? ['LL'] : []),
  ].join('-');
}

/** Whether the experiment of a configuration has a use for a field. */
export function usedByExperiment(field: FieldName, config: Config): boolean {
  const { fields, operator, needs, factorCount } = EXPERIMENTS[config.experiment];
  if (OF_FACTORS.includes(field)) return factorCount > 1;
  if (!ownerOf(field)) return operator !== undefined || !OF_OPERATORS.includes(field);
  if (!(field in fields)) return false;
  const any = needs?.[field] ?? [{}];
  return any.some((all) => Object.entries(all).every(([name, value]) => config[name as FieldName] === value));
}
const OF_FACTORS: readonly FieldName[] = SETTINGS_OF_FACTORS;
const OF_OPERATORS: readonly FieldName[] = SETTINGS_OF_OPERATORS;

/** Whether the method of a configuration has a use for a field. */
export const usedByMethod = (field: FieldName, config: MethodFields): boolean =>
  !OF_METHODS.has(field) || methodOf(config).uses.some((name) => name === field);
const OF_METHODS: ReadonlySet<FieldName> = SETTINGS_OF_METHODS;

/** Whether the mean over all directions is taken in every hidden layer, so that none is drawn. */
export const drawsNone = (config: Config): boolean =>
  config.law === 'mean' && usedByMethod('law', config) && config.hidden.every(({ length }) => length < 2);

const ADAM: readonly FieldName[] = ['beta1', 'beta2', 'stabiliser'];

/** Whether a field has a part in a run under a configuration. */
export function isUsed(field: FieldName, config: Config): boolean {
  if (!usedByMethod(field, config) || !usedByExperiment(field, config)) return false;
  if (ADAM.includes(field)) return config.optimiser === 'adam';
  switch (field) {
    case 'samples':
      return config.surrogate === 'WSG';
    case 'localRank':
      return config.localLosses;
    case 'gain':
      return config.init === 'uniform';
    case 'currentStd':
      return config.init === 'operator';
    case 'finalFraction':
      return config.schedule !== 'constant';
    case 'K':
      return !drawsNone(config);
    default:
      return true;
  }
}

import {
  type Config,
  type ExperimentName,
  FACTOR_COUNT,
  FIELD_NAMES,
  type FieldName,
  methodName,
  type Pinned,
  perFactor,
  usedByMethod,
} from './config.ts';
import { DECIDING, resolveConfig } from './presets.ts';
import { specsOf } from './specs.ts';
import type { ConfigChange } from './timeline.ts';

/** Relative L2 error that the paper reports; methods that are missing here are not reported. */
const PAPER: Record<ExperimentName, Record<string, number>> = {
  hat: { 'SG-RFG-G': 0.0426, 'SG-RFG-L': 0.0342, 'SG-BP': 0.0298 },
  poisson: {
    'SG-BP': 0.0246,
    'WSG-BP': 0.0241,
    'SG-BP-LL': 0.0264,
    'WSG-BP-LL': 0.0244,
    'SG-RFG-G': 0.0422,
    'WSG-RFG-G': 0.0412,
    'SG-RFG-L': 0.0347,
    'WSG-RFG-L': 0.0359,
    'SG-RFG-L-LL': 0.0431,
    'WSG-RFG-L-LL': 0.0446,
  },
  'reaction-diffusion': {},
};

/** What the paper states of an experiment, as settings: network, neuron, surrogate, data, and one ±1 direction a step. */
export const STATED = {
  hat: {
    target: 'hat',
    hidden: [[16, 16]],
    T: 32,
    leak: 1,
    reset: 'subtract',
    sigma: 0.5,
    K: 1,
    law: 'rademacher',
  },
  poisson: {
    hidden: [[32]],
    ...{ T: 32, leak: 1, reset: 'subtract', sigma: 0.3, K: 1, law: 'rademacher' },
    ...{ trainFunctions: 800, testFunctions: 800 },
  },
  'reaction-diffusion': {
    hidden: [[16]],
    ...{ T: 32, leak: 1, reset: 'subtract', sigma: 0.5, K: 1, law: 'rademacher' },
    ...{ diffusion: 0.01, reaction: 0.01, lengthScale: 1, trainFunctions: 100, testFunctions: 100 },
  },
} as const satisfies Record<ExperimentName, Pinned>;

/** Left open by the paper, and both or all of their values are named choices of ours. */
const FREE: readonly FieldName[] = ['boundary', 'seed', 'dataSeed'];

const OPERATOR: readonly FieldName[] = [
  ...(['rank', 'perFunctionScale', 'lossWeight', 'sensors', 'lengthScale'] as const),
  ...(['trainFunctions', 'testFunctions', 'boundary'] as const),
];
const ADAM: readonly FieldName[] = ['beta1', 'beta2', 'stabiliser'];

/** Whether a field has a part in a run under a configuration. */
export function isUsed(field: FieldName, config: Config): boolean {
  const { experiment } = config;
  const hat = experiment === 'hat';
  if (!usedByMethod(field, config)) return false;
  if (OPERATOR.includes(field)) return !hat;
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
    case 'target':
      return hat;
    case 'formula':
      return hat && config.target === 'formula';
    case 'painting':
      return hat && config.target === 'painted';
    case 'diffusion':
    case 'reaction':
      return experiment === 'reaction-diffusion';
    default:
      return true;
  }
}

/** A setting that is not the paper's, or not our default where the paper leaves it open. */
export interface Difference {
  readonly field: FieldName;
  /** Whether the paper states `expected`; else it is the default of the recipe in force. */
  readonly stated: boolean;
  readonly expected: Config[FieldName];
  readonly ours: Config[FieldName];
}

/**
 * Where a configuration departs from the paper's: from what the paper states, or from the recipe's default in what it leaves
 * open. Hadamard directions are ±1 vectors and our named stand-in for independent ones, so they depart only where the recipe
 * does not have them.
 */
export function differences(config: Config): Difference[] {
  const stated: Pinned = STATED[config.experiment];
  const named = namedDefaults(config);
  return FIELD_NAMES.flatMap((field): Difference[] => {
    if (DECIDING.includes(field) || FREE.includes(field) || !isUsed(field, config)) return [];
    const ours = config[field];
    const expected = stated[field] ?? named[field];
    if (same(field, ours, expected, config)) return [];
    if (field === 'law' && ours === named.law) return [];
    return [{ field, stated: stated[field] !== undefined, expected, ours }];
  });
}

/** What the recipe in force has for the method. */
function namedDefaults(config: Config): Config {
  return resolveConfig(Object.fromEntries(DECIDING.map((field) => [field, config[field]])) as Pinned);
}

/** Whether two values mean the same: one entry of a list serves all factors or layers. */
function same(field: FieldName, a: unknown, b: unknown, config: Config): boolean {
  if (JSON.stringify(a) === JSON.stringify(b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b)) return false;
  const whole = (entries: readonly unknown[]) =>
    field === 'hidden' || field === 'batch'
      ? perFactor(entries, FACTOR_COUNT[config.experiment])
      : perLayer(entries as readonly number[], specsOf(config).layout.layers.length);
  return JSON.stringify(whole(a)) === JSON.stringify(whole(b));
}

/** One entry serves all layers; of several, missing ones are 1. */
const perLayer = (entries: readonly number[], layers: number) =>
  Array.from({ length: layers }, (_, i) => (entries.length === 1 ? entries[0] : (entries[i] ?? 1)));

/** Figure that the paper reports for the configuration's method, whatever its other settings; undefined where it reports none. */
export function reportedFigure(config: Parameters<typeof methodName>[0] & Pick<Config, 'experiment'>) {
  return PAPER[config.experiment][methodName(config)] as number | undefined;
}

/** How a run stands beside the paper's figure for its method. */
export type PaperStanding =
  | { readonly kind: 'unreported' }
  /** All that the paper states holds, what it leaves open is the recipe's default, and one method trained all along. */
  | { readonly kind: 'holds'; readonly figure: number }
  | {
      readonly kind: 'differs';
      readonly figure: number;
      readonly differences: readonly Difference[];
      /** Steps at which the run was changed. */
      readonly changed: readonly number[];
    };

/** Configurations by the step from which each holds, the run's start first. */
export type RunLog = readonly ConfigChange<Config>[];

/** @param log the run's configurations; of a run without changes its only one. */
export function paperStanding(log: RunLog): PaperStanding {
  const { config } = log[log.length - 1];
  const figure = reportedFigure(config);
  if (figure === undefined) return { kind: 'unreported' };
  const differing = differences(config);
  const changed = log.slice(1).map(({ step }) => step);
  return differing.length === 0 && changed.length === 0
    ? { kind: 'holds', figure }
    : { kind: 'differs', figure, differences: differing, changed };
}

/** `paperStanding` of a run that has had one configuration all along. */
export const configStanding = (config: Config): PaperStanding => paperStanding([{ step: 0, config }]);

/** The paper's figure where a run may stand beside it, else undefined. */
export function comparableFigure(log: RunLog): number | undefined {
  const standing = paperStanding(log);
  return standing.kind === 'holds' ? standing.figure : undefined;
}

/** The pinned fields with the paper's settings in place of those that depart from it: method, boundary and seeds stay. */
export function paperPins(pinned: Pinned): Pinned {
  const kept = Object.entries(pinned).filter(([name]) => [...DECIDING, ...FREE].includes(name as FieldName));
  return { ...(Object.fromEntries(kept) as Pinned), recipe: 'paper' };
}

/** Stretches of a run by method: changes that leave the method as it is are taken together. */
export function methodStretches(log: RunLog): { readonly step: number; readonly method: string }[] {
  const stretches: { step: number; method: string }[] = [];
  for (const { step, config } of log) {
    const method = methodName(config);
    if (stretches[stretches.length - 1]?.method !== method) stretches.push({ step, method });
  }
  return stretches;
}

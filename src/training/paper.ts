import { EXPERIMENTS, ofEach } from '../experiments/table.ts';
import { perFactor } from '../snn/network.ts';
import {
  type Config,
  FACTOR_COUNT,
  FIELD_NAMES,
  type FieldName,
  isUsed,
  methodName,
  type Pinned,
} from './config.ts';
import { DECIDING, resolveConfig } from './presets.ts';
import { specsOf } from './specs.ts';
import type { ConfigChange } from './timeline.ts';

/** What the paper states of each experiment, as settings. */
export const STATED = ofEach(({ paper }): Pinned => paper?.stated ?? {});

/** Left open by the paper, and both or all of their values are named choices of ours. */
const FREE: readonly FieldName[] = ['boundary', 'seed', 'dataSeed'];

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
  const stated = STATED[config.experiment];
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
  return EXPERIMENTS[config.experiment].paper?.figures[methodName(config)];
}

/** How a run stands beside the paper's figure for its method. */
export type PaperStanding =
  | {
      readonly kind: 'unreported';
      /** The paper does not have the experiment. */
      readonly otherExperiment?: true;
    }
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
  if (figure === undefined)
    return { kind: 'unreported', ...(!EXPERIMENTS[config.experiment].paper && { otherExperiment: true }) };
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
  const entries = Object.entries(pinned).filter(([name]) =>
    [...DECIDING, ...FREE].includes(name as FieldName),
  );
  return { ...(Object.fromEntries(entries) as Pinned), recipe: 'paper' };
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

import { EXPERIMENTS, OWN_OF_INPUT, OWN_OF_NETWORK } from '../experiments/table.ts';
import { ConfigError } from '../settings/fields.ts';
import { NEURON } from '../settings/table.ts';
import {
  type Config,
  checkConfig,
  FIELD_NAMES,
  type FieldName,
  methodName,
  methodOf,
  type Pinned,
} from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import type { ChangeLog, LaneId, Lockstep } from '../worker/protocol.ts';
import type { Slots } from './slots.ts';

/** What the curves are drawn over: training steps, forward passes that cost as much, or time. */
export const AXES = ['steps', 'passes', 'time'] as const;
export type Axis = (typeof AXES)[number];

/** How the lanes' answers over the square are shown. */
export const DISPLAYS = ['maps', 'surfaces'] as const;
export type Display = (typeof DISPLAYS)[number];

/** A lane beside the main one: what it does differently. */
export interface LaneSpec {
  readonly id: LaneId;
  readonly difference: Pinned;
}

/** Lanes beside the main one, and how they are looked at. */
export interface Comparison {
  readonly lanes: readonly LaneSpec[];
  readonly axis: Axis;
  readonly lockstep: Lockstep;
  /** Names are hidden behind letters until they are revealed. */
  readonly blind: boolean;
  /** Maps, where it is left out. */
  readonly show?: Display;
  /** What is to be learned stands beside the lanes, as far as an experiment's lanes do not show it anyway. */
  readonly truth?: boolean;
  /** Where lanes stand if not in their order: drawn when names were hidden, with gaps where lanes were removed. */
  readonly slots?: Slots;
  /** Lane whose gradient is under the microscope; the main one, where it is left out. */
  readonly microscopeLane?: LaneId;
  /** Fields of the main lane that this comparison set, and what was pinned in their place before. */
  readonly set?: { readonly pins: Pinned; readonly before: Pinned };
}

export const ALONE: Comparison = { lanes: [], axis: 'steps', lockstep: 'steps', blind: false };

export const MAIN: LaneId = 'main';
/** Most lanes, the main one included. */
export const MOST_LANES = 10;

/** What a method brings with it and another one's need not be. */
export const TUNED: readonly FieldName[] = [
  'hold',
  'scales',
  'optimiser',
  'rate',
  'rateFactors',
  'beta1',
  'beta2',
  'stabiliser',
  'schedule',
  'finalFraction',
];
/** What makes a method. */
const METHOD: readonly FieldName[] = [
  'surrogate',
  'gradient',
  'scope',
  'localLosses',
  'localRank',
  'K',
  'law',
  'flipout',
  'epsilon',
];
/** What lanes may differ in when it is asked for. */
const ASKED: readonly FieldName[] = [
  'samples',
  'sigma',
  ...NEURON,
  'T',
  'init',
  'gain',
  'hidden',
  'centring',
  ...OWN_OF_NETWORK,
  ...OWN_OF_INPUT,
];

/** Whether a field makes a method or comes with one. */
export const isMethodField = (name: FieldName): boolean => METHOD.includes(name) || TUNED.includes(name);

export const COMPARABLE: readonly FieldName[] = FIELD_NAMES.filter((name) =>
  [...METHOD, ...TUNED, ...ASKED].includes(name),
);

const pick = (from: Pinned, test: (name: FieldName) => boolean): Pinned =>
  Object.fromEntries(Object.entries(from).filter(([name]) => test(name as FieldName)));

/**
 * Configuration of a lane: data, batches, initial weights and budget are the main lane's; what its method needs (rate,
 * optimiser, for how many steps a batch is kept) follows the method, or the main lane's pinned fields when both have the same method.
 * @throws ConfigError for a difference that would make the comparison unfair, and for one that cannot be.
 */
export function laneConfig(main: Pinned, difference: Pinned): Config {
  for (const name of Object.keys(difference) as FieldName[])
    if (!COMPARABLE.includes(name))
      throw new ConfigError(
        'lanes',
        name,
        `fields in which lanes may differ: ${COMPARABLE.join(', ')}; all others are shared`,
      );
  return checkConfig(resolveConfig({ ...inheritedBy(main, difference), ...difference }));
}

/** What holds for a lane with this difference where it sets nothing of its own: of all else its method decides. @throws ConfigError */
export function inheritedBy(main: Pinned, difference: Pinned): Pinned {
  const mainConfig = resolveConfig(main);
  const same = methodName(mainConfig) === methodName({ ...mainConfig, ...difference });
  const inherited = same ? main : pick(main, (name) => !TUNED.includes(name));
  const following = EXPERIMENTS[mainConfig.experiment].follow?.({}) ?? {};
  // A method that allows one start alone is made of it: others do not share it.
  const [start, laneStart] = [mainConfig, { ...mainConfig, ...difference }].map(
    (config) => methodOf(config).allows?.init,
  );
  const ownStart = (main.init === undefined && start) || laneStart?.includes(mainConfig.init) === false;
  // One step is all that a fit has: no budget for others.
  const ownSteps = main.steps === undefined && methodOf(mainConfig).derivation === 'fit';
  const follows = (name: FieldName) =>
    (name in following && main[name] === undefined) ||
    (name === 'init' && ownStart) ||
    (name === 'steps' && ownSteps);
  return {
    ...withoutShared(inherited),
    ...pick(mainConfig, (name) => isShared(name) && !follows(name)),
  };
}

const isShared = (name: FieldName) => !isMethodField(name);
const withoutShared = (pinned: Pinned): Pinned => pick(pinned, (name) => !isShared(name));

/** The main lane's changes in mid-run as another lane makes them; those that do not touch it are left out. */
export function laneChanges(
  start: Config,
  changes: ChangeLog,
  difference: Pinned,
  pinsOf: PinsOf,
): ChangeLog {
  const changed: ChangeLog[number][] = [];
  let before = JSON.stringify(laneConfig(pinsOf(start), difference));
  for (const { step, config } of changes) {
    const next = laneConfig(pinsOf(config), difference);
    const text = JSON.stringify(next);
    if (text !== before) changed.push({ step, config: next });
    before = text;
  }
  return changed;
}
type PinsOf = (config: Config) => Pinned;

/** The pinned fields without those that a comparison set and nobody changed since. */
export function withoutComparison(pinned: Pinned, { set }: Pick<Comparison, 'set'>): Pinned {
  const own: Record<string, unknown> = { ...pinned };
  for (const name of Object.keys(set?.pins ?? {}) as FieldName[]) {
    if (JSON.stringify(pinned[name]) !== JSON.stringify(set?.pins[name])) continue;
    if (set?.before[name] === undefined) delete own[name];
    else own[name] = set.before[name];
  }
  return own as Pinned;
}

/** Id for one more lane. */
export function freshId(lanes: readonly LaneSpec[]): LaneId {
  for (let n = 2; ; n++) {
    const id = `lane${n}`;
    if (!lanes.some((lane) => lane.id === id)) return id;
  }
}

/** Lanes with these differences. */
export function lanesOf(differences: readonly Pinned[]): LaneSpec[] {
  return differences.map((difference, i) => ({ id: `lane${i + 2}`, difference }));
}

/** Fields in which methods are told apart by their name. */
const NAMED: readonly FieldName[] = ['surrogate', 'gradient', 'scope', 'localLosses', 'flipout'];

/** Fields beside the method's name that lanes were made to differ in. */
export function distinguishing(lanes: readonly LaneSpec[]): FieldName[] {
  const fields = new Set(lanes.flatMap(({ difference }) => Object.keys(difference) as FieldName[]));
  return FIELD_NAMES.filter((name) => fields.has(name) && !NAMED.includes(name));
}

import { ConfigError } from '../settings/fields.ts';
import { FIELD_NAMES, type FieldName, formatField, type Pinned, parseField } from '../training/config.ts';
import type { LaneId } from '../worker/protocol.ts';
import {
  ALONE,
  AXES,
  type Comparison,
  DISPLAYS,
  laneConfig,
  lanesOf,
  MAIN,
  MOST_LANES,
} from './comparison.ts';
import {
  formatLetters,
  letterOf,
  parseLetters,
  randomSlots,
  type Slots,
  seededRandom,
  slotsOf,
} from './slots.ts';

/** Written for a lane that differs in nothing. */
const SAME = 'same';

/** Keys of a link that say the comparison. */
export const COMPARISON_KEYS = [
  'lanes',
  'letters',
  'axis',
  'lockstep',
  'blind',
  'show',
  'truth',
  'specimen',
] as const;
export type ComparisonKey = (typeof COMPARISON_KEYS)[number];

export const isComparisonKey = (key: string): key is ComparisonKey =>
  (COMPARISON_KEYS as readonly string[]).includes(key);

const CHOICES = {
  axis: AXES,
  lockstep: ['steps', 'cost'],
  blind: ['true', 'false'],
  show: DISPLAYS,
  truth: ['true', 'false'],
} as const;

/**
 * Lanes beside the main one and how they are looked at: `lanes=scope=L,gradient=BP:K=4` are two more lanes, fields of one
 * joined by “:”. What cannot be used is left out and named; the rest is kept.
 */
export function parseComparison(
  texts: Partial<Record<ComparisonKey, string>>,
  main: Pinned,
  faults: string[],
): Comparison {
  const choiceOf = <K extends keyof typeof CHOICES>(key: K): (typeof CHOICES)[K][number] | undefined => {
    const text = texts[key];
    const choices: readonly string[] = CHOICES[key];
    if (text !== undefined && !choices.includes(text))
      faults.push(new ConfigError(key, text, choices.join(', ')).message);
    return text !== undefined && choices.includes(text) ? (text as (typeof CHOICES)[K][number]) : undefined;
  };
  const lanes = lanesOf(parseLanes(texts.lanes ?? '', main, faults));
  const blind = choiceOf('blind') === 'true';
  const surfaces = choiceOf('show') === 'surfaces';
  const truth = choiceOf('truth') === 'true';
  const slots = slotsIn(texts.letters, idsOf(lanes), faults);
  const microscopeLane = microscopeLaneOf(texts.specimen, idsOf(lanes), slots, faults);
  return {
    ...(microscopeLane && { microscopeLane }),
    lanes,
    axis: choiceOf('axis') ?? ALONE.axis,
    lockstep: choiceOf('lockstep') ?? ALONE.lockstep,
    blind,
    ...(surfaces && { show: 'surfaces' }),
    ...(truth && { truth }),
    slots: slots ?? (blind ? randomSlots(idsOf(lanes), seededRandom(main.seed ?? 1)) : undefined),
  };
}

const idsOf = (lanes: Comparison['lanes']) => [MAIN, ...lanes.map(({ id }) => id)];

/** `letters=CAB`: the main lane is C, the next one A. */
function slotsIn(text: string | undefined, ids: readonly LaneId[], faults: string[]): Slots | undefined {
  if (text === undefined) return undefined;
  const slots = parseLetters(text, ids, MOST_LANES);
  const allowed = `a letter from A to ${letterOf(MOST_LANES - 1)} for each of the ${ids.length} lanes, none twice`;
  if (!slots) faults.push(new ConfigError('letters', text.slice(0, 40), allowed).message);
  return slots;
}

/** `specimen=B`: the lane with that letter is under the microscope. */
function microscopeLaneOf(
  text: string | undefined,
  ids: readonly LaneId[],
  fixedSlots: Slots | undefined,
  faults: string[],
): LaneId | undefined {
  if (text === undefined) return undefined;
  const slots = slotsOf(ids, fixedSlots);
  const lane = ids.find((id) => letterOf(slots[id]) === text);
  const allowed = `the letter of a lane: ${[...formatLetters(ids, fixedSlots)].sort().join(', ')}`;
  if (!lane) faults.push(new ConfigError('specimen', text.slice(0, 40), allowed).message);
  return lane;
}

function parseLanes(text: string, main: Pinned, faults: string[]): Pinned[] {
  const entries = text.split(',').filter((entry) => entry !== '');
  const most = MOST_LANES - 1;
  if (entries.length > most)
    faults.push(
      `lanes: ${entries.length} beside the first are not allowed; allowed: up to ${most}, the others are left out`,
    );
  const differences: Pinned[] = [];
  for (const entry of entries.slice(0, most)) {
    try {
      const difference = entry === SAME ? {} : parseDifference(entry);
      laneConfig(main, difference);
      differences.push(difference);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      faults.push(message.startsWith('lanes') ? message : `lanes, “${entry.slice(0, 40)}”: ${message}`);
    }
  }
  return differences;
}

/** @throws ConfigError */
function parseDifference(entry: string): Pinned {
  return Object.assign(
    {},
    ...entry.split(':').map((part) => {
      const at = part.indexOf('=');
      return parseField(at < 0 ? part : part.slice(0, at), at < 0 ? '' : part.slice(at + 1));
    }),
  );
}

function formatDifference(difference: Pinned): string {
  const parts = FIELD_NAMES.filter((name: FieldName) => difference[name] !== undefined).map(
    (name) =>
      `${name}=${encodeURIComponent(formatField(name, difference[name] as never)).replaceAll('%2F', '/')}`,
  );
  return parts.join(':') || SAME;
}

/** Parts of a hash that say which lanes there are; none for a single run. */
export function formatLanes({ lanes, blind, slots }: Comparison): string[] {
  if (lanes.length === 0) return [];
  const parts = [`lanes=${lanes.map(({ difference }) => formatDifference(difference)).join(',')}`];
  const letters = formatLetters(idsOf(lanes), slots);
  // A blind link without letters has them drawn.
  if (blind || letters !== formatLetters(idsOf(lanes))) parts.push(`letters=${letters}`);
  return parts;
}

/** Parts of a hash that say how lanes are looked at; the lane under the microscope if that is open. */
export function formatLook(
  { lanes, axis, lockstep, blind, show, truth, slots, microscopeLane }: Comparison,
  microscope: boolean,
): string[] {
  if (lanes.length === 0) return [];
  const parts: string[] = [];
  if (axis !== ALONE.axis) parts.push(`axis=${axis}`);
  if (lockstep !== ALONE.lockstep) parts.push(`lockstep=${lockstep}`);
  if (blind) parts.push('blind=true');
  if (show && show !== 'maps') parts.push(`show=${show}`);
  if (truth) parts.push('truth=true');
  if (microscope && !blind && microscopeLane && lanes.some(({ id }) => id === microscopeLane))
    parts.push(`specimen=${letterOf(slotsOf(idsOf(lanes), slots)[microscopeLane])}`);
  return parts;
}

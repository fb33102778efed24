import {
  type Config,
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  formatField,
  type Pinned,
  parseField,
} from '../training/config.ts';
import { changeBetween, minimalPins, resolveConfig } from '../training/presets.ts';
import type { ChangeLog } from '../worker/protocol.ts';

/** Most changes in mid-run that a link holds. */
export const MOST_CHANGES = 32;

interface ParsedChanges {
  readonly planned: ChangeLog;
  readonly faults: string[];
}

/**
 * Changes in mid-run as text: `412:gradient=RFG:K=8,900:gradient=BP`. Each entry says which pinned fields differ from those
 * before it; an empty value unpins. An entry of a step alone resets the optimiser's moments. Only the first MOST_CHANGES.
 */
export function formatChanges(start: Config, changes: ChangeLog): string {
  let before = pinsOf(start);
  return changes
    .slice(0, MOST_CHANGES)
    .map(({ step, config }) => {
      const after = pinsOf(config);
      const entry = [String(step), ...pinDifferences(before, after)].join(':');
      before = after;
      return entry;
    })
    .join(',');
}

const pinsCache = new Map<string, Pinned>();

/** Minimal pins of a configuration. A link is written anew at every change, with all the changes before it. */
export function pinsOf(config: Config): Pinned {
  const key = JSON.stringify(config);
  let pins = pinsCache.get(key);
  if (!pins) {
    pins = minimalPins(config);
    if (pinsCache.size > 4 * MOST_CHANGES) pinsCache.clear();
    pinsCache.set(key, pins);
  }
  return pins;
}

function pinDifferences(before: Pinned, after: Pinned): string[] {
  return FIELD_NAMES.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).map(
    (name) => `${name}=${after[name] === undefined ? '' : formatField(name, after[name] as never)}`,
  );
}

/** Inverse of `formatChanges`. Entries and fields that cannot be used are left out and named; the rest is kept. */
export function parseChanges(text: string, pinned: Pinned): ParsedChanges {
  const faults: string[] = [];
  const planned: ChangeLog[number][] = [];
  const entries = text.split(',').filter((entry) => entry !== '');
  if (entries.length > MOST_CHANGES)
    faults.push(
      `then: ${entries.length} changes are not allowed; allowed: up to ${MOST_CHANGES}, the others are left out`,
    );
  let pins = pinned;
  for (const entry of entries.slice(0, MOST_CHANGES)) {
    const [first, ...parts] = entry.split(':');
    const step = parseStep(first, planned[planned.length - 1]?.step ?? 0);
    if (step === undefined) {
      faults.push(
        `then: “${first.slice(0, 20)}” is not allowed as a step; allowed: a whole number, greater than those before it`,
      );
      continue;
    }
    const faultsBefore = faults.length;
    pins = withParts(pins, parts, step, faults);
    const useless = parts.length > 0 && faults.length - faultsBefore === parts.length;
    if (!useless) planned.push({ step, config: resolveConfig(pins) });
  }
  return { planned, faults };
}

function parseStep(text: string, after: number): number | undefined {
  const step = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  return step !== undefined && step > after ? step : undefined;
}

/**
 * The pins with every `field=value` taken over. Settings of one change need to be allowed together only; where they are not, each is
 * tried by itself, and those that cannot be used are named.
 */
function withParts(pins: Pinned, parts: readonly string[], step: number, faults: string[]): Pinned {
  try {
    const next = parts.reduce(withPart, pins);
    if (changeBetween(resolveConfig(pins), resolveConfig(next)).kind === 'reset')
      throw new Error(
        `${parts[0].replace('=', ': “')}” is not allowed; allowed in mid-run: settings that keep the run (${KEEPING.join(', ')})`,
      );
    return next;
  } catch (error) {
    if (parts.length > 1) return parts.reduce((taken, part) => withParts(taken, [part], step, faults), pins);
    faults.push(`then, step ${step}: ${error instanceof Error ? error.message : error}`);
    return pins;
  }
}

function withPart(pins: Pinned, part: string): Pinned {
  const at = part.indexOf('=');
  const name = (at < 0 ? part : part.slice(0, at)) as FieldName;
  const text = at < 0 ? '' : part.slice(at + 1);
  const { [name]: unpinned, ...rest } = pins;
  return at >= 0 && text === '' && FIELD_NAMES.includes(name) ? rest : { ...pins, ...parseField(name, text) };
}

const KEEPING = FIELD_NAMES.filter((name) => !FIELDS[name].resets);

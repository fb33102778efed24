import type { EngineChoice } from '../kernels/choose.ts';
import { ConfigError } from '../settings/fields.ts';
import { didYouMean } from '../settings/nearest.ts';
import { FIELD_NAMES, formatField, type Pinned, parseField } from '../training/config.ts';
import { minimalPins, resolveConfig } from '../training/presets.ts';
import type { ChangeLog, Pace } from '../worker/protocol.ts';
import { formatChanges, parseChanges } from './change-log.ts';
import { ALONE, type Comparison, isMethodField } from './comparison.ts';
import {
  COMPARISON_KEYS,
  type ComparisonKey,
  formatLanes,
  formatLook,
  isComparisonKey,
  parseComparison,
} from './comparison-link.ts';
import { parseEstimates } from './estimates.ts';
import { parseForcing } from './forcing-choice.ts';
import {
  formatLesson,
  formatPresentation,
  type LessonPlace,
  PLAIN,
  type Presentation,
  parseControls,
  parseHide,
  parseInside,
  parseLab,
  parseLesson,
  parsePanels,
  parseView,
} from './presentation.ts';
import { formatProbe, parseProbe } from './probe.ts';
import { SEALED, seal, unseal } from './sealed.ts';

/** What a link may say beside the configuration: nothing here changes the numbers of a run. */
export interface PageSettings {
  readonly engine: EngineChoice;
  readonly pace: Pace;
}

export const PAGE_DEFAULTS: PageSettings = { engine: 'auto', pace: 'log' };
export const PAGE_CHOICES: { readonly [S in keyof PageSettings]: readonly PageSettings[S][] } = {
  engine: ['auto', 'reference', 'wasm', 'webgpu'],
  pace: ['log', 'steady', 'full'],
};

export interface ParsedHash {
  readonly pinned: Pinned;
  readonly page: PageSettings;
  readonly presentation: Presentation;
  /** Changes in mid-run that the link asks for. */
  readonly planned: ChangeLog;
  readonly comparison: Comparison;
  readonly faults: string[];
}

/** Keys that change what is looked at, not the run. */
const PRESENTATION_KEYS = [
  ...['view', 'hide', 'controls', 'inside', 'estimates', 'forcing', 'probe'],
  ...['panels', 'lab', 'lesson', 'lesson-text'],
] as const;
/** All keys of a link. By them src/boot/lost-hash.ts knows a link whose # was lost. */
export const LINK_KEYS: readonly string[] = [
  ...FIELD_NAMES,
  ...Object.keys(PAGE_DEFAULTS),
  ...PRESENTATION_KEYS,
  'then',
  ...COMPARISON_KEYS,
  SEALED,
];

/** Fields of a link's hash (#gradient=RFG&K=8). What cannot be used is left out and named; the rest is kept. */
export function parseHash(hash: string): ParsedHash {
  let pinned: Pinned = {};
  let page = PAGE_DEFAULTS;
  let presentation = PLAIN;
  let then = '';
  let probe: string | undefined;
  let lessonText: string | undefined;
  const comparisonTexts: Partial<Record<ComparisonKey, string>> = {};
  const faults: string[] = [];
  for (const [key, text] of entriesOf(repairHash(hash), faults)) {
    try {
      if (key === 'then') then = text;
      else if (key === 'probe') probe = text;
      else if (isComparisonKey(key)) comparisonTexts[key] = text;
      else if (key === 'view') presentation = { ...presentation, view: parseView(text) };
      else if (key === 'hide') presentation = { ...presentation, hide: parseHide(text, faults) };
      else if (key === 'controls') presentation = { ...presentation, hide: parseControls(text, faults) };
      else if (key === 'panels') presentation = { ...presentation, panels: parsePanels(text, faults) };
      else if (key === 'lab') presentation = { ...presentation, lab: parseLab(text) };
      else if (key === 'lesson') presentation = { ...presentation, lesson: parseLesson(text) };
      else if (key === 'lesson-text') lessonText = text;
      else if (key === 'inside') presentation = { ...presentation, inside: parseInside(text) };
      else if (key === 'estimates') presentation = { ...presentation, estimates: parseEstimates(text) };
      else if (key === 'forcing') presentation = { ...presentation, forcing: parseForcing(text) };
      else if (isPageSetting(key)) page = { ...page, ...parsePageSetting(key, text) };
      else if ((FIELD_NAMES as string[]).includes(key)) pinned = { ...pinned, ...parseField(key, text) };
      else faults.push(`“${key.slice(0, 40)}” is not a setting${didYouMean(key, LINK_KEYS)}`);
    } catch (error) {
      faults.push(messageOf(error));
    }
  }
  if (lessonText !== undefined)
    presentation = { ...presentation, lesson: carriedLesson(lessonText, presentation.lesson, faults) };
  const start = withoutContradictions(pinned, faults);
  if (probe !== undefined) {
    try {
      const { experiment } = resolveConfig(start.pinned);
      presentation = { ...presentation, probe: parseProbe(probe, experiment) };
    } catch (error) {
      start.faults.push(messageOf(error));
    }
  }
  const changes = parseChanges(then, start.pinned);
  const comparison = parseComparison(comparisonTexts, start.pinned, start.faults);
  return {
    comparison,
    page,
    presentation,
    pinned: start.pinned,
    planned: changes.planned,
    faults: [...start.faults, ...changes.faults],
  };
}

/** The place in a lesson whose text the link carries: the scene that `lesson=own.2` names beside it, else its first. */
function carriedLesson(text: string, place: LessonPlace | undefined, faults: string[]): LessonPlace {
  if (place && place.lesson !== 'own')
    faults.push(new ConfigError('lesson', formatLesson(place), 'own.2 for scene 2 of lesson-text').message);
  return { lesson: 'own', scene: place?.lesson === 'own' ? place.scene : 1, text };
}

/** The text after the #, also where a chat or mail program wrote = & # as %3D %26 %23. */
function repairHash(hash: string): string {
  const text = hash.replace(/^(?:#|%23)+/, '');
  if (text.includes('=') || !/%3D/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Keys and texts, those under the seal of a blind link included. */
function entriesOf(hash: string, faults: string[]): [key: string, text: string][] {
  return [...new URLSearchParams(hash)].flatMap(([key, text]): [string, string][] => {
    if (key !== SEALED) return [[key, text]];
    try {
      return [...new URLSearchParams(unseal(text))];
    } catch (error) {
      faults.push(messageOf(error));
      return [];
    }
  });
}

function isPageSetting(key: string): key is keyof PageSettings {
  return Object.hasOwn(PAGE_CHOICES, key);
}

/** @throws ConfigError */
function parsePageSetting(key: keyof PageSettings, text: string): Partial<PageSettings> {
  const choices: readonly string[] = PAGE_CHOICES[key];
  if (!choices.includes(text)) throw new ConfigError(key, text, choices.join(', '));
  return { [key]: text };
}

/** Drops the fields that contradict the others, one after another. */
function withoutContradictions(pinned: Pinned, faults: string[]): { pinned: Pinned; faults: string[] } {
  try {
    resolveConfig(pinned);
    return { pinned, faults };
  } catch (error) {
    const field = error instanceof ConfigError ? (error.field as keyof Pinned) : undefined;
    const { [field as keyof Pinned]: discarded, ...rest } = pinned;
    const isPinned = discarded !== undefined;
    return withoutContradictions(isPinned ? rest : {}, [...faults, messageOf(error)]);
  }
}

/** What a link says beside start and page settings. */
interface LinkExtras {
  /** Changes in mid-run, done and still to come. */
  readonly changes?: ChangeLog;
  readonly presentation?: Presentation;
  readonly comparison?: Comparison;
}

/** Hash that `parseHash` reads back to the same run; only what differs from the defaults. */
export function formatHash(
  pinned: Pinned,
  page: PageSettings = PAGE_DEFAULTS,
  { changes = [], presentation = PLAIN, comparison = ALONE }: LinkExtras = {},
): string {
  const minimal = minimalPins(pinned);
  const parts: string[] = [];
  // While names are hidden the address bar must not say them either.
  const nameParts = comparison.blind && comparison.lanes.length > 0 ? [] : parts;
  for (const name of FIELD_NAMES) {
    const value = minimal[name];
    if (value === undefined) continue;
    const text = encodeURIComponent(formatField(name, value as never)).replaceAll('%2F', '/');
    (isMethodField(name) ? nameParts : parts).push(`${name}=${text}`);
  }
  if (changes.length > 0) nameParts.push(`then=${formatChanges(resolveConfig(pinned), changes)}`);
  nameParts.push(...formatLanes(comparison));
  if (nameParts !== parts) parts.push(seal(nameParts));
  parts.push(...formatLook(comparison, presentation.inside === 'microscope'));
  for (const key of Object.keys(PAGE_DEFAULTS) as (keyof PageSettings)[])
    if (page[key] !== PAGE_DEFAULTS[key]) parts.push(`${key}=${page[key]}`);
  parts.push(...formatPresentation(presentation));
  const probe = formatProbe(presentation.probe, resolveConfig(pinned).experiment);
  if (probe !== '') parts.push(`probe=${probe}`);
  return parts.length > 0 ? `#${parts.join('&')}` : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

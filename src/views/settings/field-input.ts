import { readNumber } from '../../settings/read-number.ts';
import { FIELDS, type FieldName, type Pinned, parseField } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';

/** What a typed text says in the notation of its field. @throws Error that says what is wrong with it */
export type Kept = (text: string) => string;

/** The pinned fields with one more from its text. @throws ConfigError also where the fields contradict each other */
export function withField(pinned: Pinned, field: FieldName, text: string, kept?: Kept): Pinned {
  const next = { ...pinned, ...parseField(field, kept ? kept(text) : text.trim()) };
  resolveConfig(next);
  return next;
}

/** What is wrong with a text, for showing beside its input; undefined if nothing is. */
export function faultOf(pinned: Pinned, field: FieldName, text: string, kept?: Kept): string | undefined {
  try {
    withField(pinned, field, text, kept);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The text one up or down from `text`, for whole numbers; undefined where there is none. */
export function nudged(field: FieldName, text: string, by: 1 | -1): string | undefined {
  const { bounds } = FIELDS[field];
  const value = readNumber(text, true);
  if (!bounds?.integer || value === undefined || !Number.isInteger(value)) return undefined;
  const next = value + by;
  return next >= bounds.min && next <= bounds.max ? String(next) : undefined;
}

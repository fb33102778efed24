import { FIELD_NAMES, formatField, type Pinned, parseField } from '../training/config.ts';
import { ConfigError } from '../training/fields.ts';
import { minimalPins, resolveConfig } from '../training/presets.ts';

/** Fields of a link's hash (#gradient=RFG&K=8). What cannot be used is left out and named; the rest is kept. */
export function parseHash(hash: string): { pinned: Pinned; faults: string[] } {
  let pinned: Pinned = {};
  const faults: string[] = [];
  for (const [key, text] of new URLSearchParams(hash.replace(/^#/, ''))) {
    if (!(FIELD_NAMES as string[]).includes(key)) {
      faults.push(`“${key.slice(0, 40)}” is not a setting`);
      continue;
    }
    try {
      pinned = { ...pinned, ...parseField(key, text) };
    } catch (error) {
      faults.push(messageOf(error));
    }
  }
  return withoutContradictions(pinned, faults);
}

/** Drops the fields that contradict the others, one after another. */
function withoutContradictions(pinned: Pinned, faults: string[]): { pinned: Pinned; faults: string[] } {
  try {
    resolveConfig(pinned);
    return { pinned, faults };
  } catch (error) {
    const field = error instanceof ConfigError ? (error.field as keyof Pinned) : undefined;
    const { [field as keyof Pinned]: dropped, ...rest } = pinned;
    const known = dropped !== undefined;
    return withoutContradictions(known ? rest : {}, [...faults, messageOf(error)]);
  }
}

/** Hash that `parseHash` reads back to the same configuration; only what differs from the defaults. */
export function formatHash(pinned: Pinned): string {
  const minimal = minimalPins(pinned);
  const parts: string[] = [];
  for (const name of FIELD_NAMES) {
    const value = minimal[name];
    if (value !== undefined)
      parts.push(`${name}=${encodeURIComponent(formatField(name, value as never)).replaceAll('%2F', '/')}`);
  }
  return parts.length > 0 ? `#${parts.join('&')}` : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

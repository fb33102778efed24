import * as v from 'valibot';
import { allowedInstead, ConfigError, type Field, number } from '../../settings/fields.ts';
import type { LabName } from '../presentation.ts';

/** What a condition can ask of a lab: a number, a name, yes or no. */
export type FactValue = number | string | boolean;

/** A lab as a function of its settings, without a picture. Its settings are a text that a link and a lesson can carry. */
export interface LabModel<S = unknown> {
  /** Settings from their text, `current=0.26:reset=zero`; what is left out is at its default. @throws ConfigError */
  parse(text: string): S;
  /** The shortest text that `parse` reads back to the same settings. */
  format(settings: S): string;
  /** What is true of the lab under these settings. */
  facts(settings: S): Readonly<Record<string, FactValue>>;
  /** What each fact is, in words. */
  readonly factWords: Readonly<Record<string, string>>;
  /** What the text may set, and to what. */
  readonly fields: Readonly<Record<string, Pick<Field<never>, 'label' | 'help' | 'allowed'>>>;
}

/** How each setting of a lab is written, bounded and called. */
export type LabFields<S> = { readonly [K in keyof S]: Field<S[K]> };

/** Parts `name=value` of a lab's text. @throws ConfigError where one is not known, stands twice or has no value. */
export function partsOf<K extends string>(
  lab: LabName,
  names: readonly K[],
  text: string,
): ReadonlyMap<K, string> {
  const parts = new Map<K, string>();
  for (const part of text.split(':')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = names.find((name) => name === (at < 0 ? part : part.slice(0, at)));
    const where = `lab=${lab}`;
    if (!name || at < 0)
      throw new ConfigError(where, part.slice(0, 40), `${names.join('=…, ')}=…, separated by “:”`);
    if (parts.has(name)) throw new ConfigError(where, part.slice(0, 40), `${name} once`);
    parts.set(name, part.slice(at + 1));
  }
  return parts;
}

/** Settings from the parts of a lab's text; what is left out is at its default. @throws ConfigError */
export function settingsFrom<S extends object>(
  lab: LabName,
  fields: LabFields<S>,
  parts: ReadonlyMap<keyof S & string, string>,
): S {
  const entries = namesOf(fields).map((name) => {
    const field: Field<S[keyof S]> = fields[name];
    const text = parts.get(name);
    if (text === undefined) return [name, field.default];
    const result = v.safeParse(field.schema, field.parse(text));
    if (!result.success)
      throw new ConfigError(`lab=${lab}, ${name}`, text.slice(0, 40), allowedInstead(field, text));
    return [name, result.output];
  });
  return Object.fromEntries(entries) as S;
}

/** Text of the settings that are not at their defaults. */
export function settingsText<S extends object>(fields: LabFields<S>, settings: S): string {
  return namesOf(fields)
    .filter((name) => fields[name].format(settings[name]) !== fields[name].format(fields[name].default))
    .map((name) => `${name}=${fields[name].format(settings[name])}`)
    .join(':');
}

export const namesOf = <S>(fields: LabFields<S>) => Object.keys(fields) as (keyof S & string)[];

/** A number with two decimals at most: what is shown of it is all of it. */
export function hundredths(value: number, min: number, max: number, label: string, help: string) {
  const field = number(value, min, max, { label, help });
  return {
    ...field,
    schema: v.pipe(
      field.schema,
      v.check((n) => Number(n.toFixed(2)) === n),
      // No minus before zero.
      v.transform((n) => n + 0),
    ),
    allowed: `${field.allowed}, with two decimals at most`,
  };
}

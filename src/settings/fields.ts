import * as v from 'valibot';
import { doubtOf, readNumber } from './read-number.ts';

/** How a field of the configuration is written, bounded and shown: one table serves page, URL, worker and command line. */
export interface Field<T> {
  readonly default: T;
  /** @internal */
  readonly schema: v.GenericSchema<unknown, T>;
  /** What is allowed, in words, for messages and controls. */
  readonly allowed: string;
  readonly label: string;
  readonly help: string;
  /** Changing it starts the run anew; otherwise weights and schedule position stay. */
  readonly resets: boolean;
  /** Text in a URL or on a command line → raw value for `schema`. */
  parse(text: string): unknown;
  format(value: T): string;
  readonly bounds?: Bounds;
  readonly choices?: readonly T[];
}

/** Smallest and largest value of a number or of a list's entries. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/** A field that is one number. */
type NumberField = Field<number> & { readonly bounds: Bounds };

interface Meta {
  readonly label: string;
  readonly help: string;
  readonly resets?: boolean;
}

/** A value that the configuration does not allow: names the field, the value and what is allowed. */
export class ConfigError extends Error {
  constructor(
    readonly field: string,
    readonly value: unknown,
    readonly allowed: string,
    /** “ (did you mean …?)”, where it can be told. */
    suggestion = '',
  ) {
    super(`${field}: ${describe(value)} is not allowed${suggestion}; allowed: ${allowed}`);
    this.name = 'ConfigError';
  }
}

/**
 * What a schema says of the first thing that is not allowed; `whole` is what stands for the place where there is none.
 * @internal
 */
export const issueError = (
  [issue]: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
  whole: string,
): ConfigError => new ConfigError(v.getDotPath(issue) ?? whole, issue.input, issue.expected ?? issue.message);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** JSON, but with the names of numbers that it has no notation for. */
const toText = (value: object): string =>
  JSON.stringify(value, (_, item) =>
    typeof item === 'bigint' || (typeof item === 'number' && !Number.isFinite(item)) ? String(item) : item,
  );

function describe(value: unknown): string {
  const text = typeof value === 'string' ? `“${value}”` : isObject(value) ? toText(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

const toNumber = (text: string): unknown => readNumber(text) ?? text;
const toWhole = (text: string): unknown => readNumber(text, true) ?? text;

/** What a field allows, and where a number could be written otherwise than in `text`, how. */
export function allowedInstead(
  { allowed, bounds }: Pick<Field<unknown>, 'allowed' | 'bounds'>,
  text: string,
): string {
  const doubt = bounds && doubtOf(text, bounds.integer);
  if (!doubt) return allowed;
  return `${allowed}, ${doubt === 'grouped' ? 'with nothing between its thousands' : 'in the digits 0 to 9'}`;
}

/** Shortest text that reads back as the same number. */
export const formatNumber = (value: number): string => String(value);

export function number(value: number, min: number, max: number, meta: Meta): NumberField {
  return {
    default: value,
    schema: v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max)),
    allowed: `a number from ${min} to ${max}`,
    bounds: { min, max, integer: false },
    parse: toNumber,
    format: formatNumber,
    resets: false,
    ...meta,
  };
}

export function integer(value: number, min: number, max: number, meta: Meta): NumberField {
  return {
    ...number(value, min, max, meta),
    schema: v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max)),
    allowed: `a whole number from ${min} to ${max}`,
    bounds: { min, max, integer: true },
    parse: toWhole,
  };
}

export function choice<const C extends readonly string[]>(
  value: C[number],
  choices: C,
  meta: Meta,
): Field<C[number]> {
  return {
    default: value,
    schema: v.picklist(choices) as v.GenericSchema<unknown, C[number]>,
    allowed: choices.join(', '),
    choices,
    parse: (text) => text,
    format: (item) => item,
    resets: false,
    ...meta,
  };
}

export function flag(value: boolean, meta: Meta): Field<boolean> {
  return {
    default: value,
    schema: v.boolean(),
    allowed: 'true or false',
    choices: [true, false],
    parse: (text) => ({ true: true, false: false })[text] ?? text,
    format: String,
    resets: false,
    ...meta,
  };
}

/** Free text of printable characters. */
export function text(value: string, longest: number, meta: Meta): Field<string> {
  return {
    default: value,
    schema: v.pipe(
      v.string(),
      v.maxLength(longest),
      v.check((s) => !/\p{Cc}/u.test(s)),
    ),
    allowed: `up to ${longest} characters`,
    parse: (s) => s,
    format: (s) => s,
    resets: false,
    ...meta,
  };
}

/** A list of numbers, written 64 or 32/32. */
export function list(
  value: readonly number[],
  min: number,
  max: number,
  whole: boolean,
  longest: number,
  meta: Meta,
): Field<readonly number[]> {
  const item = v.pipe(v.number(), whole ? v.integer() : v.finite(), v.minValue(min), v.maxValue(max));
  return {
    default: value,
    schema: v.pipe(v.array(item), v.minLength(1), v.maxLength(longest), v.readonly()) as v.GenericSchema<
      unknown,
      readonly number[]
    >,
    allowed: `1 to ${longest} ${whole ? 'whole ' : ''}numbers from ${min} to ${max}, separated by “/”`,
    bounds: { min, max, integer: whole },
    parse: (text) => {
      const parts = text.split('/');
      // A comma alone may be meant to separate the entries.
      const decimal = parts.length > 1 || /^\s*[-+]?0,/.test(text);
      return parts.map((part) =>
        part.includes(',') && !decimal ? part : whole ? toWhole(part) : toNumber(part),
      );
    },
    format: (items) => items.map(formatNumber).join('/'),
    resets: false,
    ...meta,
  };
}

/** Hidden widths of every factor, written 16-16 (the same for all) or 32/24-24. */
export function widths(
  value: readonly (readonly number[])[],
  max: number,
  deepest: number,
  meta: Meta,
): Field<readonly (readonly number[])[]> {
  const width = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max));
  const factor = v.pipe(v.array(width), v.minLength(1), v.maxLength(deepest));
  return {
    default: value,
    schema: v.pipe(v.array(factor), v.minLength(1), v.maxLength(3), v.readonly()) as v.GenericSchema<
      unknown,
      readonly (readonly number[])[]
    >,
    allowed: `1 to ${deepest} widths from 1 to ${max} joined by “-”, one such list for all factors or one each separated by “/”`,
    parse: (text) => text.split('/').map((part) => part.split(/[-−–‐‑]/).map(toWhole)),
    format: (factors) => factors.map((hidden) => hidden.join('-')).join('/'),
    resets: false,
    ...meta,
  };
}

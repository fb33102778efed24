import * as v from 'valibot';
import { crc32 } from '../problems/crc32.ts';
import { ConfigError } from '../settings/fields.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { type Config, checkField, type FIELD_NAMES, type Pinned } from './config.ts';
import type { RunState } from './engine.ts';
import { FileError } from './file-error.ts';
import { changeBetween, resolveConfig } from './presets.ts';
import { type ChangeLog, type Metric, MOST_METRICS, type SavedRun } from './saved-run.ts';
import { specsOf } from './specs.ts';

const FORMAT = 'spiking-playground-run';
const VERSION = 1;

/** A file that is not a run, or not one that can be used. */
export class RunFileError extends FileError {
  override readonly name = 'RunFileError';
}

// Each kind of part says what is allowed there: valibot's own words name types of JavaScript.
const WHOLE = `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`;
const counter = v.pipe(
  v.number(WHOLE),
  v.integer(WHOLE),
  v.minValue(0, WHOLE),
  v.maxValue(Number.MAX_SAFE_INTEGER, WHOLE),
);
const FROM_0 = 'a finite number from 0 up';
const amount = v.pipe(v.number(FROM_0), v.finite(FROM_0), v.minValue(0, FROM_0));
const FIELDS = 'settings by their names: {"T": 64, …}';
const fields = v.pipe(
  v.unknown(),
  v.check((values) => !Array.isArray(values), FIELDS),
  v.record(v.string(), v.unknown(), FIELDS),
);
const text = v.string('a text');
const floatsText = v.string('a text: base64 of float64');
const METRICS = `a list of at most ${MOST_METRICS} errors: [{"step": 0, "value": 1, "grid": "coarse"}, …]`;
const ERROR = 'an error: {"step": 0, "value": 1, "grid": "coarse"}';
/** What a run file holds; public/schema/run.schema.json says the same to other programs. @internal */
export const RUN_FILE = v.object(
  {
    format: v.literal(FORMAT, `"${FORMAT}"`),
    version: v.literal(VERSION, `${VERSION}`),
    /** For people: what it is, and the link. */
    about: v.optional(v.unknown()),
    checksum: v.optional(text),
    config: fields,
    /** Weights that the run starts from, where they are not those of its seed. */
    start: v.optional(floatsText),
    changes: v.array(
      v.object({ step: counter, config: fields }, 'a change: {"step": 9, "config": {…}}'),
      'a list of changes: [{"step": 9, "config": {…}}, …]',
    ),
    state: v.object(
      {
        step: counter,
        momentSteps: counter,
        seed: counter,
        theta: floatsText,
        m: floatsText,
        v: floatsText,
      },
      'the state: {"step": 9, "momentSteps": 9, "seed": 1, "theta": …, "m": …, "v": …}',
    ),
    losses: v.optional(floatsText),
    metrics: v.optional(
      v.pipe(
        v.array(
          v.object(
            {
              step: counter,
              value: amount,
              grid: v.picklist(['coarse', 'stated'], '"coarse" or "stated"'),
              ms: v.optional(amount),
            },
            ERROR,
          ),
          METRICS,
        ),
        v.maxLength(MOST_METRICS, METRICS),
      ),
    ),
  },
  `a run: {"format": "${FORMAT}", …}`,
);

/**
 * CRC-32 of the file's canonical JSON (RFC 8785: names in order, no spaces, numbers as JavaScript writes them) without `checksum`, as
 * eight hexadecimal digits.
 */
export function checksumOf({ checksum: _, ...content }: Readonly<Record<string, unknown>>): string {
  const sorted = (_: string, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item;
  const bytes = new TextEncoder().encode(JSON.stringify(content, sorted));
  return crc32(bytes).toString(16).padStart(8, '0');
}

/** The run as JSON; arrays as base64 of little-endian float64, so that it goes on to the last bit. Losses not measured are NaN. */
export function formatRun({ log, state, losses, metrics }: SavedRun, about?: readonly string[]): string {
  const [start, ...changes] = log;
  const { theta, m, v: second, ...counters } = state;
  const file: v.InferOutput<typeof RUN_FILE> = {
    format: FORMAT,
    version: VERSION,
    about: about && [...about],
    config: start.config,
    start: start.theta && encodeFloats(start.theta),
    changes: changes.map(({ step, config }, i) => ({ step, config: differenceOf(log[i].config, config) })),
    state: { ...counters, theta: encodeFloats(theta), m: encodeFloats(m), v: encodeFloats(second) },
    losses: losses.some(Number.isFinite) ? encodeFloats(losses) : undefined,
    metrics: metrics
      ?.filter(({ value }) => Number.isFinite(value))
      .slice(-MOST_METRICS)
      .map((metric) => ({ ...metric })),
  };
  return `${JSON.stringify({ ...file, checksum: checksumOf(file) }, null, 1)}\n`;
}

/** Only the fields that a change changes. */
function differenceOf(before: Config, after: Config): Pinned {
  const { fields } = changeBetween(before, after);
  return Object.fromEntries(fields.map((name) => [name, after[name]]));
}

/** A run file's run, and its lines for people. */
export interface RunFile {
  readonly run: SavedRun;
  readonly about: readonly string[];
}

/** Inverse of `formatRun`. @throws RunFileError or ConfigError */
export const parseRun = (text: string): SavedRun => readRun(text).run;

/** Inverse of `formatRun`, with the lines for people. @throws RunFileError or ConfigError */
export function readRun(text: string): RunFile {
  const content = parseJson(text);
  checkChecksum(content);
  const result = v.safeParse(RUN_FILE, content);
  if (!result.success) throw issueError(RUN_FILE, result.issues[0]);
  const { about } = result.output;
  return { run: runOf(result.output), about: Array.isArray(about) ? about.map(String) : [] };
}

/** Files from before there were checksums have none. */
function checkChecksum(content: unknown): void {
  if (typeof content !== 'object' || content === null || !('checksum' in content)) return;
  const { format, version, checksum } = content as Record<string, unknown>;
  if (format !== FORMAT || version !== VERSION) return;
  const expected = checksumOf({ ...content });
  if (checksum !== expected)
    throw new RunFileError(
      'checksum',
      checksum,
      `“${expected}”, that of what the file holds: it was damaged or changed (without its checksum it is opened as it is)`,
    );
}

function runOf(file: v.InferOutput<typeof RUN_FILE>): SavedRun {
  const config = configAt('config', file.config);
  const theta = file.start && decodeFloats('start', file.start, specsOf(config).layout.size);
  const log: ChangeLog[number][] = [{ step: 0, config, ...(theta && { theta }) }];
  for (const [i, { step, config }] of file.changes.entries()) {
    const place = `changes.${i}`;
    const before = log[log.length - 1];
    if (step <= before.step) throw new RunFileError(`${place}.step`, step, `more than ${before.step}`);
    const after = configAt(`${place}.config`, config, before.config);
    const { kind, fields } = changeBetween(before.config, after);
    if (kind === 'reset')
      throw new RunFileError(
        `${place}.config`,
        Object.fromEntries(fields.map((name) => [name, after[name]])),
        'settings that keep the run',
      );
    log.push({ step, config: after });
  }
  return { log, ...progressOf(file, log) };
}

const floats = v.instance(Float64Array);
/** What `formatRun` can write; what it writes is checked when it is read. */
const any = v.unknown();
const writable = v.object({
  log: v.pipe(v.array(v.object({ step: any, config: fields, theta: v.optional(floats) })), v.minLength(1)),
  state: v.object({ step: any, momentSteps: any, seed: any, theta: floats, m: floats, v: floats }),
  losses: floats,
  metrics: v.optional(v.array(v.object({ step: any, value: any, grid: any, ms: v.optional(any) }))),
});

/** A run that was kept elsewhere than in a file, as `parseRun` would give it back. @throws RunFileError or ConfigError */
export function checkRun(run: unknown): SavedRun {
  const result = v.safeParse(writable, run);
  if (!result.success) throw issueError(writable, result.issues[0]);
  return parseRun(formatRun(result.output as unknown as SavedRun));
}

/** As far as it is walked through: what a schema is made of, and its words for what is allowed. */
interface Described {
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly item?: unknown;
  readonly wrapped?: unknown;
  readonly message?: unknown;
}

/** By the words of the part itself: of one that is missing the issue has those of what it is missing in. */
function issueError(schema: Described, issue: v.BaseIssue<unknown>): RunFileError {
  let part = schema;
  for (const { key } of issue.path ?? []) {
    part = (part.entries?.[String(key)] ?? part.item ?? {}) as Described;
    part = (part.wrapped ?? part) as Described;
  }
  const allowed = typeof part.message === 'string' ? part.message : (issue.expected ?? issue.message);
  return new RunFileError(v.getDotPath(issue) ?? 'file', issue.input, allowed);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw jsonError(text, String(error));
  }
}

const ALLOWED = `JSON of the format ${FORMAT}`;

/** Which character a browser says that it cannot read; where it says nothing, the end of what was cut off. */
function faultAt(text: string, message: string): number | undefined {
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (line) {
    const before = text.split('\n').slice(0, Number(line) - 1);
    return before.reduce((sum, { length }) => sum + length + 1, Number(column) - 1);
  }
  const [, position] = /position (\d+)/.exec(message) ?? [];
  if (position) return Number(position);
  return text.trimEnd().endsWith('}') ? undefined : text.length;
}

function jsonError(text: string, message: string): RunFileError {
  const at = text.trimStart().startsWith('{') ? faultAt(text, message) : undefined;
  if (at === undefined) return new RunFileError('file', text, ALLOWED);
  const before = text.slice(0, at).split('\n');
  const place = `file, line ${before.length}, column ${before[before.length - 1].length + 1}`;
  return text.slice(at).trim() === ''
    ? new RunFileError(place, 'the end', `${ALLOWED} to its last “}”: the file was cut off`)
    : new RunFileError(place, text.slice(at, at + 20), ALLOWED);
}

/**
 * Settings that stand at `place` of a file. What it leaves out is as in `before`, or has its default.
 * @throws RunFileError with the place of the setting
 */
export function configAt(place: string, values: Record<string, unknown>, before?: Config): Config {
  try {
    for (const [name, value] of Object.entries(values))
      checkField(name as (typeof FIELD_NAMES)[number], value);
    return resolveConfig({ ...before, ...values } as Pinned);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new RunFileError(`${place}.${error.field}`, error.value, error.allowed);
  }
}

function progressOf(file: v.InferOutput<typeof RUN_FILE>, log: ChangeLog) {
  const { step, momentSteps, seed, ...arrays } = file.state;
  if (momentSteps > step)
    throw new RunFileError('state.momentSteps', momentSteps, `up to state.step, ${step}`);
  if (seed !== log[0].config.seed)
    throw new RunFileError('state.seed', seed, `the configuration's, ${log[0].config.seed}`);
  const inForce = log.filter((change) => change.step <= step);
  const { size } = specsOf(inForce[inForce.length - 1].config).layout;
  const array = (name: keyof typeof arrays) => decodeFloats(`state.${name}`, arrays[name], size);
  const state: RunState = { step, momentSteps, seed, theta: array('theta'), m: array('m'), v: array('v') };
  const losses = file.losses ? decodeFloats('losses', file.losses, step, true) : new Float64Array(0);
  return { state, losses, ...(file.metrics && { metrics: errorsOf(file.metrics, step) }) };
}

/** Errors by step, none of them beyond the state. */
function errorsOf(metrics: readonly Metric[], end: number): readonly Metric[] {
  metrics.forEach(({ step }, i) => {
    const least = i > 0 ? metrics[i - 1].step : 0;
    if (step < least || step > end)
      throw new RunFileError(`metrics.${i}.step`, step, `${least} to state.step, ${end}`);
  });
  return metrics;
}

/** Base64 of little-endian float64. */
export function encodeFloats(values: Float64Array): string {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat64(8 * i, value, true));
  return toBase64(bytes);
}

/** Inverse of `encodeFloats`. `gaps`: NaN is allowed, for what was not measured. @throws RunFileError */
export function decodeFloats(
  place: string,
  text: string,
  length: number,
  gaps = false,
): Float64Array<ArrayBuffer> {
  const allowed = `base64 of ${length} finite float64, ${8 * length} bytes`;
  const odd = /[^A-Za-z0-9+/=\s]/.exec(text);
  if (odd) throw new RunFileError(place, `${odd[0]} at character ${odd.index + 1}`, allowed);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = fromBase64(text);
  } catch {
    throw new RunFileError(place, `${text.length} characters, the last ${text.slice(-4)}`, allowed);
  }
  if (bytes.length !== 8 * length) throw new RunFileError(place, `${bytes.length} bytes`, allowed);
  const view = new DataView(bytes.buffer);
  const values = Float64Array.from({ length }, (_, i) => view.getFloat64(8 * i, true));
  const bad = values.findIndex((value) => !Number.isFinite(value) && !(gaps && Number.isNaN(value)));
  if (bad >= 0) throw new RunFileError(`${place}[${bad}]`, String(values[bad]), allowed);
  return values;
}

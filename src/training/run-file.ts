import * as v from 'valibot';
import { crc32 } from '../problems/crc32.ts';
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

const counter = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const fields = v.pipe(
  v.unknown(),
  v.check((values) => !Array.isArray(values), 'settings by their names'),
  v.record(v.string(), v.unknown()),
);
/** What a run file holds; public/schema/run.schema.json says the same to other programs. @internal */
export const RUN_FILE = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  /** For people: what it is, and the link. */
  about: v.optional(v.unknown()),
  checksum: v.optional(v.string()),
  config: fields,
  /** Weights that the run starts from, where they are not those of its seed. */
  start: v.optional(v.string()),
  changes: v.array(v.object({ step: counter, config: fields })),
  state: v.object({
    step: counter,
    momentSteps: counter,
    seed: counter,
    theta: v.string(),
    m: v.string(),
    v: v.string(),
  }),
  losses: v.optional(v.string()),
  metrics: v.optional(
    v.pipe(
      v.array(
        v.object({
          step: counter,
          value: v.pipe(v.number(), v.finite(), v.minValue(0)),
          grid: v.picklist(['coarse', 'stated']),
          ms: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
        }),
      ),
      v.maxLength(MOST_METRICS),
    ),
  ),
});

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
  if (!result.success) throw issueError(result.issues[0]);
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
  const config = configOf(file.config);
  const theta = file.start && decodeFloats('start', file.start, specsOf(config).layout.size);
  const log: ChangeLog[number][] = [{ step: 0, config, ...(theta && { theta }) }];
  for (const { step, config } of file.changes) {
    const before = log[log.length - 1];
    if (step <= before.step) throw new RunFileError('changes.step', step, `more than ${before.step}`);
    const after = configOf({ ...before.config, ...config });
    if (changeBetween(before.config, after).kind === 'reset')
      throw new RunFileError('changes.config', config, 'settings that keep the run');
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
  if (!result.success) throw issueError(result.issues[0]);
  return parseRun(formatRun(result.output as unknown as SavedRun));
}

const issueError = (issue: v.BaseIssue<unknown>) =>
  new RunFileError(v.getDotPath(issue) ?? 'file', issue.input, issue.expected ?? issue.message);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RunFileError('file', text.slice(0, 60), `JSON of the format ${FORMAT}`);
  }
}

/** Fields that a file leaves out have their defaults. @throws ConfigError */
export function configOf(values: Record<string, unknown>): Config {
  for (const [name, value] of Object.entries(values)) checkField(name as (typeof FIELD_NAMES)[number], value);
  return resolveConfig(values as Pinned);
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
  const allowed = `base64 of ${length} finite float64`;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = fromBase64(text);
  } catch {
    throw new RunFileError(place, text, allowed);
  }
  if (bytes.length !== 8 * length) throw new RunFileError(place, `${bytes.length} bytes`, allowed);
  const view = new DataView(bytes.buffer);
  const values = Float64Array.from({ length }, (_, i) => view.getFloat64(8 * i, true));
  const bad = values.findIndex((value) => !Number.isFinite(value) && !(gaps && Number.isNaN(value)));
  if (bad >= 0) throw new RunFileError(`${place}[${bad}]`, String(values[bad]), allowed);
  return values;
}

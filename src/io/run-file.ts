import * as v from 'valibot';
import { MOST_METRICS } from '../state/metrics.ts';
import { fromBase64, toBase64 } from '../state/packing.ts';
import type { SavedRun } from '../state/saved-run.ts';
import { type Config, checkField, type FIELD_NAMES, type Pinned } from '../training/config.ts';
import type { RunState } from '../training/engine.ts';
import { changeBetween, resolveConfig } from '../training/presets.ts';
import { specsOf } from '../training/specs.ts';
import type { ChangeLog, Metric } from '../worker/protocol.ts';

const FORMAT = 'spiking-playground-run';
const VERSION = 1;

/** A file that is not a run, or not one that can be used: names the place, the value and what is allowed. */
export class RunFileError extends Error {
  constructor(place: string, value: unknown, allowed: string) {
    super(`${place}: ${excerpt(value)} is not allowed; allowed: ${allowed}`);
    this.name = 'RunFileError';
  }
}

const excerpt = (value: unknown): string => {
  const text = typeof value === 'string' ? `“${value}”` : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

const counter = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const fields = v.record(v.string(), v.unknown());
const schema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  /** For people: what it is, and the link. */
  about: v.optional(v.unknown()),
  config: fields,
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

/** The run as JSON; arrays as base64 of little-endian float64, so that it goes on to the last bit. Losses not measured are NaN. */
export function formatRun({ log, state, losses, metrics }: SavedRun, about?: readonly string[]): string {
  const [start, ...changes] = log;
  const { theta, m, v: second, ...counters } = state;
  const file: v.InferOutput<typeof schema> = {
    format: FORMAT,
    version: VERSION,
    about: about && [...about],
    config: start.config,
    changes: changes.map(({ step, config }, i) => ({ step, config: differenceOf(log[i].config, config) })),
    state: { ...counters, theta: encode(theta), m: encode(m), v: encode(second) },
    losses: losses.some(Number.isFinite) ? encode(losses) : undefined,
    metrics: metrics
      ?.filter(({ value }) => Number.isFinite(value))
      .slice(-MOST_METRICS)
      .map((metric) => ({ ...metric })),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** Only the fields that a change changes. */
function differenceOf(before: Config, after: Config): Pinned {
  const { fields } = changeBetween(before, after);
  return Object.fromEntries(fields.map((name) => [name, after[name]]));
}

/** Inverse of `formatRun`. @throws RunFileError or ConfigError */
export function parseRun(text: string): SavedRun {
  const result = v.safeParse(schema, parseJson(text));
  if (!result.success) throw issueError(result.issues[0]);
  const file = result.output;
  const log: ChangeLog[number][] = [{ step: 0, config: configOf(file.config) }];
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
const writable = v.object({
  log: v.pipe(v.array(v.object({ step: v.unknown(), config: fields })), v.nonEmpty()),
  state: v.looseObject({ theta: floats, m: floats, v: floats }),
  losses: floats,
  metrics: v.optional(v.array(v.looseObject({ value: v.unknown() }))),
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

/** Fields that a file leaves out have their defaults. */
function configOf(values: Record<string, unknown>): Config {
  for (const [name, value] of Object.entries(values)) checkField(name as (typeof FIELD_NAMES)[number], value);
  return resolveConfig(values as Pinned);
}

function progressOf(file: v.InferOutput<typeof schema>, log: ChangeLog) {
  const { step, momentSteps, seed, ...arrays } = file.state;
  if (momentSteps > step)
    throw new RunFileError('state.momentSteps', momentSteps, `up to state.step, ${step}`);
  if (seed !== log[0].config.seed)
    throw new RunFileError('state.seed', seed, `the configuration's, ${log[0].config.seed}`);
  const inForce = log.filter((change) => change.step <= step);
  const { size } = specsOf(inForce[inForce.length - 1].config).layout;
  const array = (name: keyof typeof arrays) => decode(`state.${name}`, arrays[name], size);
  const state: RunState = { step, momentSteps, seed, theta: array('theta'), m: array('m'), v: array('v') };
  const losses = file.losses ? decode('losses', file.losses, step, true) : new Float64Array(0);
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

function encode(values: Float64Array): string {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat64(8 * i, value, true));
  return toBase64(bytes);
}

/** `gaps`: NaN is allowed, for what was not measured. */
function decode(place: string, text: string, length: number, gaps = false): Float64Array<ArrayBuffer> {
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

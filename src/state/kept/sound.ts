import * as v from 'valibot';
import { EXPERIMENT_NAMES } from '../../experiments/table.ts';
import { issueError } from '../../settings/fields.ts';
import { checkField, type FieldName } from '../../training/config.ts';
import { MOST_LANES } from '../comparison.ts';
import type { KeptNote, KeptSession } from './kept.ts';

const counter = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const note = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  at: v.pipe(v.number(), v.finite()),
  experiment: v.picklist(EXPERIMENT_NAMES),
  method: v.optional(v.string()),
  step: counter,
  steps: counter,
  lanes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_LANES)),
  playing: v.boolean(),
});

/** Notes of runs that can be offered: what else a browser gave back was made by another version, or is damaged. */
export const soundNotes = (kept: readonly unknown[]): KeptNote[] =>
  kept.filter((one): one is KeptNote => v.safeParse(note, one).success);

const fields = v.record(v.string(), v.unknown());
const session = v.object({
  lanes: v.pipe(
    v.array(v.object({ run: fields, held: v.boolean() })),
    v.minLength(1),
    v.maxLength(MOST_LANES),
  ),
  hash: v.string(),
  set: v.optional(v.object({ pins: fields, before: fields })),
});

/**
 * A run as a browser gave it back; what each lane holds is still to be checked as a run's file is.
 * @throws ConfigError naming the place, the value and what is allowed
 */
export function keptSession(kept: unknown): KeptSession {
  const result = v.safeParse(session, kept);
  if (!result.success) throw issueError(result.issues, 'run');
  const { set } = result.output;
  for (const pins of [set?.pins, set?.before])
    for (const [name, value] of Object.entries(pins ?? {})) checkField(name as FieldName, value);
  return result.output as unknown as KeptSession;
}

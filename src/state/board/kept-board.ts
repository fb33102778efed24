import * as v from 'valibot';
import { ConfigError, issueError } from '../../settings/fields.ts';
import { checkField, type FieldName, type Pinned } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { specsOf } from '../../training/specs.ts';
import type { BoardRecord } from './board-state.ts';
import { MOST_SEEDS } from './plan.ts';

const counter = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const name = v.pipe(v.string(), v.minLength(1));
const fields = v.record(v.string(), v.unknown());
const numbers = v.pipe(
  v.instance(Float64Array),
  v.check((values) => values.every(Number.isFinite), 'finite numbers'),
);
const state = v.object({
  ...{ theta: numbers, m: numbers, v: numbers },
  ...{ step: counter, momentSteps: counter, seed: counter },
});
const run = v.object({
  ...{ id: name, method: name, seed: counter, config: fields, step: counter, ms: amount },
  status: v.picklist(['waiting', 'training', 'done', 'failed', 'stopped']),
  at: v.optional(v.object({ state, ms: amount })),
  result: v.optional(
    v.object({ error: v.optional(amount), divergedAt: v.optional(counter), steps: counter, ms: amount }),
  ),
  message: v.optional(v.string()),
});
const schema = v.object({
  plan: v.object({
    shared: fields,
    seeds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_SEEDS)),
    varyData: v.boolean(),
    beyond: v.optional(v.boolean()),
  }),
  runs: v.pipe(v.array(run), v.minLength(1)),
  ms: amount,
  running: v.optional(v.boolean()),
});

/**
 * A board as a browser gave it back, which may be of another version or damaged. Settings that it leaves out have their defaults.
 * @throws ConfigError naming the place, the value and what is allowed
 */
export function boardRecord(kept: unknown): BoardRecord | undefined {
  if (kept === undefined) return undefined;
  const result = v.safeParse(schema, kept);
  if (!result.success) throw issueError(result.issues, 'board');
  const { plan, runs, ...rest } = result.output;
  const ids = new Set<string>();
  return {
    ...rest,
    plan: { ...plan, shared: checked(plan.shared) },
    runs: runs.map(({ config: settings, ...one }, i) => {
      const place = `runs.${i}`;
      const config = resolveConfig(checked(settings));
      if (ids.has(one.id)) throw new ConfigError(`${place}.id`, one.id, 'each run once');
      ids.add(one.id);
      if (one.status === 'done' && !one.result)
        throw new ConfigError(`${place}.result`, one.result, 'what a run that is done gave');
      const { theta, m, v } = one.at?.state ?? {};
      const { size } = specsOf(config).layout;
      for (const array of [theta, m, v])
        if (array && array.length !== size)
          throw new ConfigError(
            `${place}.at.state`,
            `${array.length} numbers`,
            `${size} of each, one a parameter`,
          );
      return { ...one, config };
    }),
  };
}

function checked(values: Record<string, unknown>): Pinned {
  for (const [field, value] of Object.entries(values)) checkField(field as FieldName, value);
  return values as Pinned;
}

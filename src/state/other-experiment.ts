import { ConfigError } from '../settings/fields.ts';
import { type Config, FIELDS, type FieldName, formatField, type Pinned } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import type { LaneId } from '../worker/protocol.ts';
import { type LaneSpec, laneConfig } from './comparison.ts';

/** What stays of settings and lanes under another experiment. */
interface Moved {
  readonly pinned: Pinned;
  /** Lanes that do not go with it. */
  readonly closed: readonly LaneId[];
  /** What was left out, in sentences; empty where nothing was. */
  readonly words: string;
}

/**
 * Pinned fields and lanes for the experiment that is among them now: a field that it refuses follows the experiment again, a lane that it
 * refuses is to be closed.
 * @param chosen fields that are set together with the experiment
 * @throws ConfigError where it refuses one of these, or what is not pinned
 */
export function movedTo(chosen: object, pinned: Pinned, before: Config, lanes: readonly LaneSpec[]): Moved {
  const left: FieldName[] = [];
  let kept = pinned;
  for (let fault = faultOf(() => resolveConfig(kept)); fault; fault = faultOf(() => resolveConfig(kept))) {
    const field = fault.field as FieldName;
    if (field in chosen || !(field in kept)) throw fault;
    const { [field]: _, ...rest } = kept;
    kept = rest;
    left.push(field);
  }
  const closed = lanes.filter(({ difference }) => faultOf(() => laneConfig(kept, difference)));
  const names = left.map((field) => `${FIELDS[field].label} ${formatField(field, before[field] as never)}`);
  const { experiment } = resolveConfig(kept);
  const words = [
    ...(names.length > 0
      ? [
          `${names.join(' and ')} ${names.length > 1 ? 'do' : 'does'} not go with ${experiment}, whose own is used`,
        ]
      : []),
    ...(closed.length > 0 ? [`Lanes that do not go with ${experiment} are closed`] : []),
  ];
  return { pinned: kept, closed: closed.map(({ id }) => id), words: words.join('\n') };
}

function faultOf(resolve: () => unknown): ConfigError | undefined {
  try {
    resolve();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

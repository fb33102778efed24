import { type Config, FIELD_NAMES, type FieldName, type Pinned } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { TABLE_METHODS } from '../../training/table-methods.ts';
import { isMethodField } from '../comparison.ts';

/** What a board trains. */
export interface BoardPlan {
  /** Settings that all runs share: experiment, recipe and what the user pinned, methods and seeds aside. */
  readonly shared: Pinned;
  readonly seeds: number;
  /** Whether every seed has data of its own. */
  readonly varyData: boolean;
}

export const MOST_SEEDS = 20;

/** One run of a board. */
export interface PlannedRun {
  readonly id: string;
  readonly method: string;
  readonly seed: number;
  readonly config: Config;
}

/** What of the pinned fields all methods can share. */
export function sharedPins(pinned: Pinned): Pinned {
  const shared = FIELD_NAMES.filter((name) => !isMethodField(name) && name !== 'seed' && name !== 'dataSeed');
  return Object.fromEntries(
    shared.flatMap((name: FieldName) => (pinned[name] === undefined ? [] : [[name, pinned[name]]])),
  );
}

/** Every method of the experiment's table with every seed, seed by seed, so that a whole table is there early. @throws ConfigError */
export function planBoard({ shared, seeds, varyData }: BoardPlan): PlannedRun[] {
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > MOST_SEEDS)
    throw new RangeError(`seeds: ${seeds} is not allowed; allowed: a whole number from 1 to ${MOST_SEEDS}`);
  const methods = TABLE_METHODS[resolveConfig(shared).experiment];
  return Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) =>
    methods.map(({ name, pins }) => ({
      id: `${name} ${seed}`,
      method: name,
      seed,
      config: resolveConfig({ ...shared, ...pins, seed, ...(varyData ? { dataSeed: seed } : {}) }),
    })),
  );
}

import { type Config, FIELD_NAMES, type FieldName, type Pinned } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { BOARD_METHODS, TABLE_METHODS } from '../../training/table-methods.ts';
import { isMethodField } from '../comparison.ts';

/** What a board trains. */
export interface BoardPlan {
  /** Settings that all runs share: experiment, recipe and what the user pinned, methods and seeds aside. */
  readonly shared: Pinned;
  readonly seeds: number;
  /** Whether every seed has data of its own. */
  readonly varyData: boolean;
  /** Weight perturbation is trained beside the paper's methods; boards from before this was offered have it not. */
  readonly beyond?: boolean;
}

export const MOST_SEEDS = 20;

/** One run of a board. */
export interface BoardEntry {
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

/** Whether a method is one of the paper's tables or figures. */
export const isOfPaper = (method: string, experiment: Config['experiment']): boolean =>
  TABLE_METHODS[experiment].some(({ name }) => name === method);

/** Every method of the experiment's table with every seed, seed by seed, so that a whole table is there early. @throws ConfigError */
export function planBoard({ shared, seeds, varyData, beyond }: BoardPlan): BoardEntry[] {
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > MOST_SEEDS)
    throw new RangeError(`seeds: ${seeds} is not allowed; allowed: a whole number from 1 to ${MOST_SEEDS}`);
  const listed = TABLE_METHODS[resolveConfig(shared).experiment];
  const methods = beyond ? [...listed, ...BOARD_METHODS] : listed;
  return Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) =>
    methods.map(({ name, pins }) => ({
      id: `${name} ${seed}`,
      method: name,
      seed,
      config: resolveConfig({ ...shared, ...pins, seed, ...(varyData ? { dataSeed: seed } : {}) }),
    })),
  );
}

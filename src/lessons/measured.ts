import { EXPERIMENTS } from '../experiments/table.ts';
import { median } from '../snn/statistics.ts';
import { isBaseline, isTrained } from '../training/baseline-config.ts';
import { type Closeness, closenessToBP } from '../training/closeness.ts';
import {
  type Config,
  type ExperimentName,
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  formatField,
  isUsed,
  type Pinned,
} from '../training/config.ts';
import { type Learned, learnedBy } from '../training/learned.ts';
import { DECIDING, resolveConfig } from '../training/presets.ts';

/** Our figure for a method: median and range of the relative L2 error over runs that differ in their seeds only. */
export interface MethodResult {
  readonly experiment: ExperimentName;
  readonly recipe: Config['recipe'];
  /** Settings that differ from the recipe's, as “boundary=soft”, in the order of FIELDS; left out where none does. */
  readonly changes?: string;
  /** Operator experiments only: the hat has none. */
  readonly boundary?: Config['boundary'];
  readonly method: string;
  readonly learned: Learned;
  /** Eight digits; null: diverged. */
  readonly median: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Median of the error of all test functions at once; operator experiments only. */
  readonly pooled?: number | null;
  readonly runs: number;
  /** Left out of a baseline that is not trained step by step. */
  readonly steps?: number;
  /** Directions a step; left out under methods that draw none. */
  readonly K?: number;
  /** Layer-wise RFG: in how many seeds it ends closer to back-propagation than global RFG. */
  readonly closeness?: Closeness;
}

/** The part of a results file of `npm run reproduce` that is summarised. */
export interface ResultsFile {
  readonly runs: readonly {
    readonly method: string;
    readonly error: number | null;
    readonly pooled?: number | null;
    readonly config: Config;
  }[];
}

type ResultRun = ResultsFile['runs'][number];

/** What runs of one row differ in: no change of settings. */
const NOT_CHANGES: readonly FieldName[] = ['seed', 'dataSeed'];

/** Settings of a run that its recipe does not have, as “law=rademacher hold=1”; empty where all are the recipe's. */
export function changesOf(config: Config): string {
  // A setting that came later had its default in the runs before.
  const value = (name: FieldName) => config[name] ?? FIELDS[name].default;
  const recipe = resolveConfig(Object.fromEntries(DECIDING.map((name) => [name, value(name)])) as Pinned);
  return FIELD_NAMES.filter(
    (name) => !NOT_CHANGES.includes(name) && JSON.stringify(value(name)) !== JSON.stringify(recipe[name]),
  )
    .map((name) => `${name}=${formatField(name, value(name) as never)}`)
    .join(' ');
}

/** One row a (experiment, recipe, changes, method), in the order in which they are met; a diverged run counts as infinite. */
export function summariseResults(files: readonly ResultsFile[]): MethodResult[] {
  const runs = files
    .flatMap((file) => file.runs)
    .map((run): ResultRun & { changes: string } => ({ ...run, changes: changesOf(run.config) }));
  const tables = groupBy(runs, ({ config, changes }) =>
    [config.experiment, config.recipe, changes].join(' '),
  );
  return tables.flatMap((table) => {
    const claims = closenessToBP(
      table.map(({ method, error, config }) => ({ method, error, seed: config.seed })),
    );
    return groupBy(table, (run) => run.method).map((row) => summariseRow(row, claims));
  });
}

function summariseRow(
  runs: readonly (ResultRun & { changes: string })[],
  claims: readonly Closeness[],
): MethodResult {
  const [{ method, config, changes, pooled }] = runs;
  const { experiment, recipe, boundary, steps, K } = config;
  const errors = runs.map(({ error }) => error ?? Number.POSITIVE_INFINITY);
  const claim = claims.find(({ surrogate }) => method === `${surrogate}-RFG-L`);
  return {
    ...{ experiment, recipe },
    ...(changes ? { changes } : {}),
    ...(EXPERIMENTS[experiment].operator ? { boundary } : {}),
    ...{ method, learned: learnedBy(method, config) },
    ...{ median: short(median(errors)), min: short(Math.min(...errors)), max: short(Math.max(...errors)) },
    ...(pooled === undefined
      ? {}
      : { pooled: short(median(runs.map((run) => run.pooled ?? Number.POSITIVE_INFINITY))) }),
    runs: runs.length,
    ...(isBaseline(method) && !isTrained(method) ? {} : { steps }),
    ...(isUsed('K', config) ? { K } : {}),
    ...(claim ? { closeness: claim } : {}),
  };
}

/** Eight digits: enough that rounding again gives the digits of the tables. */
const short = (error: number) => (Number.isFinite(error) ? Number(error.toPrecision(8)) : null);

/** Items with the same key, in the order in which keys are met. */
function groupBy<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}

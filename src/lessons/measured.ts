import { type Closeness, closenessToBP } from '../training/closeness.ts';
import { type Config, drawsDirections, type ExperimentName } from '../training/config.ts';

/** Our figure for a method: median and range of the relative L2 error over runs that differ in their seeds only. */
export interface Measured {
  readonly experiment: ExperimentName;
  readonly recipe: Config['recipe'];
  readonly boundary: Config['boundary'];
  readonly method: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Median of the error of all test functions at once; operator experiments only. */
  readonly pooled?: number;
  readonly runs: number;
  readonly steps: number;
  readonly K: number;
  /** Layer-wise RFG: in how many seeds it ends closer to back-propagation than global RFG. */
  readonly closeness?: Closeness;
}

/** The part of a results file of `npm run reproduce` that is summarised. */
export interface ResultsFile {
  readonly runs: readonly {
    readonly method: string;
    readonly error: number | null;
    readonly pooled?: number | null;
    readonly config: Pick<Config, 'experiment' | 'recipe' | 'boundary' | 'steps' | 'K' | 'gradient' | 'seed'>;
  }[];
}

type Run = ResultsFile['runs'][number];

/** One row a (experiment, recipe, boundary, method), in the order in which they are met; a diverged run counts as infinite. */
export function summariseResults(files: readonly ResultsFile[]): Measured[] {
  const tables = groupBy(
    files.flatMap((file) => file.runs),
    ({ config }) => [config.experiment, config.recipe, config.boundary].join(' '),
  );
  return tables.flatMap((table) => {
    const claims = closenessToBP(
      table.map(({ method, error, config }) => ({ method, error, seed: config.seed })),
    );
    return groupBy(table, (run) => run.method).map((runs) => {
      const [{ method, config }] = runs;
      const { experiment, recipe, boundary, steps, K, gradient } = config;
      const errors = sorted(runs.map((run) => run.error));
      const claim = claims.find(({ surrogate }) => method === `${surrogate}-RFG-L`);
      return {
        ...{ experiment, recipe, boundary, method },
        median: median(errors),
        min: errors[0],
        max: errors[errors.length - 1],
        ...(runs[0].pooled === undefined ? {} : { pooled: median(sorted(runs.map((run) => run.pooled))) }),
        ...{ runs: runs.length, steps, K: drawsDirections(gradient) ? K : 0 },
        ...(claim ? { closeness: claim } : {}),
      };
    });
  });
}

/** Items with the same key, in the order in which keys are met. */
function groupBy(items: readonly Run[], key: (item: Run) => string): Run[][] {
  const groups = new Map<string, Run[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
}

const sorted = (errors: readonly (number | null | undefined)[]) =>
  errors.map((error) => error ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);

function median(ascending: readonly number[]): number {
  const middle = ascending.length >> 1;
  return ascending.length % 2 === 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
}

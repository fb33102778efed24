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
  readonly runs: number;
  readonly steps: number;
  readonly K: number;
}

/** The part of a results file of `npm run reproduce` that is summarised. */
export interface ResultsFile {
  readonly runs: readonly {
    readonly method: string;
    readonly error: number | null;
    readonly config: Pick<Config, 'experiment' | 'recipe' | 'boundary' | 'steps' | 'K' | 'gradient'>;
  }[];
}

/** One row a (experiment, recipe, boundary, method), in the order in which they are met; a diverged run counts as infinite. */
export function summariseResults(files: readonly ResultsFile[]): Measured[] {
  const groups = new Map<string, { errors: number[]; run: ResultsFile['runs'][number] }>();
  for (const run of files.flatMap((file) => file.runs)) {
    const { experiment, recipe, boundary } = run.config;
    const key = [experiment, recipe, boundary, run.method].join(' ');
    const group = groups.get(key) ?? { errors: [], run };
    group.errors.push(run.error ?? Number.POSITIVE_INFINITY);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ errors, run }) => {
    const sorted = [...errors].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    const { experiment, recipe, boundary, steps, K, gradient } = run.config;
    return {
      experiment,
      recipe,
      boundary,
      method: run.method,
      median,
      min: sorted[0],
      max: sorted[sorted.length - 1],
      runs: sorted.length,
      steps,
      K: drawsDirections(gradient) ? K : 0,
    };
  });
}

import { median } from '../snn/statistics.ts';

/** Median, smallest and largest of some errors; a run that diverged counts as infinite. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** Summary of the errors of several runs; null stands for a run that diverged. */
export function summarise(errors: readonly (number | null)[]): Summary {
  const values = errors.map((error) => error ?? Number.POSITIVE_INFINITY);
  return {
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    count: values.length,
  };
}

import type { Experiment } from './experiment.ts';
import * as records from './index.ts';

export type ExperimentName = (typeof records)[keyof typeof records]['id'];

/** Every experiment, the simplest first. */
const ALL = Object.values<Experiment<ExperimentName>>(records).sort((a, b) => a.place - b.place);

/** A value for each experiment, in the order of their places. */
export const ofEach = <T>(value: (experiment: Experiment<ExperimentName>) => T): Record<ExperimentName, T> =>
  Object.fromEntries(ALL.map((experiment) => [experiment.id, value(experiment)])) as Record<
    ExperimentName,
    T
  >;

/** Every experiment by its name. */
export const EXPERIMENTS = ofEach((experiment) => experiment);

export const EXPERIMENT_NAMES: readonly ExperimentName[] = ALL.map(({ id }) => id);

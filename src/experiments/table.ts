import type { Experiment, Operator } from './experiment.ts';
import * as records from './index.ts';

export type ExperimentName = (typeof records)[keyof typeof records]['id'];

/** Every experiment, the simplest first. */
const ALL = Object.values<Experiment<ExperimentName>>(records).sort((a, b) => a.place - b.place);

const hasOperator = <E extends Experiment>(
  experiment: E,
): experiment is E & { readonly operator: Operator } => experiment.operator !== undefined;

/** A value for each experiment, in the order of their places. */
const ofEach = <T>(value: (experiment: Experiment<ExperimentName>) => T): Record<ExperimentName, T> =>
  Object.fromEntries(ALL.map((experiment) => [experiment.id, value(experiment)])) as Record<
    ExperimentName,
    T
  >;

/** Every experiment by its name. */
export const EXPERIMENTS = ofEach((experiment) => experiment);

/** The experiments of the paper. */
export const OF_PAPER = ALL.filter(({ paper }) => paper);

/** The experiments in which the solution of an equation is learned. */
export const OPERATORS = ALL.filter(hasOperator);

export const EXPERIMENT_NAMES: readonly ExperimentName[] = ALL.map(({ id }) => id);

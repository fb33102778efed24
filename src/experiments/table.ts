import type { Experiment, Operator } from './experiment.ts';
import { RECORDS } from './index.ts';

type Records = (typeof RECORDS)[number];

export type ExperimentName = Records['id'];

/** Every experiment, the simplest first. */
const ALL: readonly Experiment<ExperimentName>[] = [...RECORDS].sort((a, b) => a.place - b.place);

const hasOperator = <E extends Experiment>(
  experiment: E,
): experiment is E & { readonly operator: Operator } => experiment.operator !== undefined;

/** A value for each experiment, in the order of their places. */
export const ofEach = <T>(value: (experiment: Experiment<ExperimentName>) => T): Record<ExperimentName, T> =>
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

type Intersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void
  ? I
  : never;

/** Settings that not every experiment has, of all experiments. */
export const OWN_FIELDS = Object.assign({}, ...ALL.map(({ fields }) => fields)) as Intersection<
  Records['fields']
>;

/** Those of them that no data depend on. */
export const OWN_OF_NETWORK = ALL.flatMap(({ ofNetwork = [] }) => ofNetwork) as readonly OwnField[];

/** Those of them that change how the same data are fed. */
export const OWN_OF_INPUT = ALL.flatMap(({ ofInput = [] }) => ofInput) as readonly OwnField[];

type OwnField = keyof typeof OWN_FIELDS;

/** The first experiment that has a setting of its own; undefined for one that all have. */
export const ownerOf = (field: string): Experiment<ExperimentName> | undefined =>
  ALL.find(({ fields }) => field in fields);

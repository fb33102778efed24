import type { OperatorEquation } from '../problems/operator-equation.ts';
import { operatorProblem } from '../problems/operator-problem.ts';
import type { Problem } from '../problems/problem.ts';
import type { Fields, SETTINGS, SettingName, ValueOf, Values, ValuesOf } from '../settings/table.ts';

/**
 * What an answer is a function of: the two coordinates of the square, one coordinate, place and time, a table's one or two inputs, or how
 * far ahead of a series' window it lies.
 */
export type Shape = 'surface' | 'curve' | 'field' | 'scatter' | 'series';

/** A product in TeX and as plain text. */
export interface Product {
  readonly tex: string;
  readonly text: string;
}

/** An equation of which the network learns the solution for any forcing. */
export interface Operator extends OperatorEquation {
  /** Letter of the forcing; it depends on the first axis's coordinate. */
  readonly symbol: string;
  /** What `vanishing` of all axes amounts to. */
  readonly boundaryFactor: Product;
}

/** A figure or table of the paper that can be trained lane by lane. */
interface PaperComparison {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  /** Names of the methods, in the paper's order. */
  readonly methods: readonly string[];
  /** How answers over the square are shown, where that is not as maps. */
  readonly show?: 'surfaces';
  /** What is to be learned stands beside the lanes. */
  readonly truth?: boolean;
}

/** Lanes that show what an experiment is about. */
interface OwnComparison<F> {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  /** Settings of each lane; what the main one alone has, all have. */
  readonly lanes: readonly ValuesOf<F>[];
}

interface Demand {
  readonly field: string;
  readonly holds: boolean;
  readonly allowed: string;
}

/** What the paper has of an experiment. */
export interface Paper<F> {
  /** Settings that it states: network, neuron, surrogate, data, and one ±1 direction a step. */
  readonly stated: Values & ValuesOf<F>;
  /** Relative L2 errors by method; methods that are missing here are not reported. */
  readonly figures: Readonly<Record<string, number>>;
  /** Its table has rows with local losses. */
  readonly localRows?: boolean;
  readonly comparisons: readonly PaperComparison[];
}

/** Everything that is special to an experiment. What a page says of it is in src/views/experiments. */
export interface Experiment<Id extends string = string, F extends Fields = Fields> extends Problem {
  /** Name in links, on the command line and in files. */
  readonly id: Id;
  /** Name within a sentence. */
  readonly name: string;
  /** Where it stands among the experiments: the simplest has the least number. */
  readonly place: number;
  /** What is learned, in TeX. */
  readonly tex: string;
  readonly shape: Shape;
  /** Names of what the answer depends on, one for each of its axes. */
  readonly coordinates: readonly string[];
  /** Number of factors of its network. */
  readonly factorCount: number;
  /** Input whose spikes are shown first: one row a factor; a missing row is the middle of the factor's rows. */
  readonly probe: readonly (readonly number[])[];
  /** Missing where a function is learned and not the solution of an equation. */
  readonly operator?: Operator;
  /** Settings that not every experiment has. */
  readonly fields: F;
  /** Values of its other settings under which one of its own settings has a part in a run; of several, any. */
  readonly needs?: { readonly [N in keyof F]?: readonly ValuesOf<F>[] };
  /** Whether the data that a reader is to bring are not there, or only named: nothing can be trained until they are. */
  isDataMissing?(config: Required<Values & ValuesOf<F>>): boolean;
  /** Those of its own settings that its data do not depend on: they make the network, and lanes may differ in them. */
  readonly ofNetwork?: readonly (keyof F & string)[];
  /** Those that only change how the same data are fed: lanes may differ in them too. */
  readonly ofInput?: readonly (keyof F & string)[];
  /** Defaults that go by other settings, from those that are set outright. */
  follow?(pinned: Values & ValuesOf<F>): Values & ValuesOf<F>;
  /** What its settings demand of each other: for each the setting that is wrong where it does not hold, and what is allowed. */
  demands?(config: Required<Values & ValuesOf<F>>): readonly Demand[];
  /** Comparisons that only it offers, beyond the paper. */
  readonly comparisons?: readonly OwnComparison<F>[];
  /** Settings that its data depend on beside those of every experiment. */
  readonly dataOf?: readonly SettingName[];
  /** What differs from the table's defaults, whatever the method. */
  readonly defaults: Values;
  /** Values that it allows, where that is not all. */
  readonly allows: { readonly [N in SettingName]?: readonly ValueOf<(typeof SETTINGS)[N]>[] };
  /** The experiment whose presets a method takes that has none for this one. */
  readonly presetsLike?: string;
  /** Missing for an experiment that is not the paper's. */
  readonly paper?: Paper<F>;
}

/** Settings that only networks of several factors use. */
export const SETTINGS_OF_FACTORS = ['rank'] as const satisfies readonly SettingName[];
/** Settings that only operator networks use. */
export const SETTINGS_OF_OPERATORS = [
  ...(['perFunctionScale', 'lossWeight', 'sensors', 'lengthScale'] as const),
  ...(['trainFunctions', 'testFunctions', 'boundary'] as const),
] as const satisfies readonly SettingName[];

type Own = 'id' | 'name' | 'place' | 'tex' | 'fields' | 'needs' | 'defaults' | 'presetsLike' | 'paper';

/** The experiment of learning the solution of an equation over one axis or two. */
export function operatorExperiment<const Id extends string, F extends Fields>(
  own: Pick<Experiment<Id, F>, Own>,
  operator: Operator,
): Experiment<Id, F> {
  const { axes } = operator;
  return {
    ...own,
    ...operatorProblem(operator),
    shape: axes.length === 1 ? 'curve' : 'field',
    coordinates: axes.map(({ coordinate }) => coordinate),
    factorCount: 1 + axes.length,
    probe: [],
    operator,
    // Training functions may still be on their way.
    allows: { init: ['uniform', 'operator'], fitted: [false] },
  };
}

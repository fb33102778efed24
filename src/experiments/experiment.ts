import type { OperatorEquation } from '../problems/operator-equation.ts';
import { operatorProblem } from '../problems/operator-problem.ts';
import type { Problem } from '../problems/problem.ts';

/** What an answer is a function of: the two coordinates of the square, one coordinate, or place and time. */
export type Shape = 'surface' | 'curve' | 'field';

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

/** What the paper has of an experiment. */
export interface Paper {
  readonly comparisons: readonly PaperComparison[];
}

/** Everything that is special to an experiment. What a page says of it is in src/views/experiments. */
export interface Experiment<Id extends string = string> extends Problem {
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
  /** Input whose spikes are shown first: one row a factor; a missing row is the middle of the factor's rows. */
  readonly probe: readonly (readonly number[])[];
  /** Missing where a function is learned and not the solution of an equation. */
  readonly operator?: Operator;
  /** Missing for an experiment that is not the paper's. */
  readonly paper?: Paper;
}

type Named<Id extends string> = Pick<Experiment<Id>, 'id' | 'name' | 'place' | 'tex' | 'paper'>;

/** The experiment of learning the solution of an equation over one axis or two. */
export function operatorExperiment<const Id extends string>(
  named: Named<Id>,
  operator: Operator,
): Experiment<Id> {
  const { axes } = operator;
  return {
    ...named,
    ...operatorProblem(operator),
    shape: axes.length === 1 ? 'curve' : 'field',
    coordinates: axes.map(({ coordinate }) => coordinate),
    probe: [],
    operator,
  };
}

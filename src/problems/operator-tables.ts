import type { Dataset, FactorData } from '../snn/network.ts';
import type { Axis, OperatorEquation } from './operator-equation.ts';
import type { DataSamples, FunctionValues, OperatorData, ProblemData, ProblemParams } from './problem.ts';

/** Functions of one part: their forcings, and their solutions as far as they have been asked for. */
export class FunctionPart {
  /** [function][point]; 0 where it is not solved yet. */
  readonly solutions: Float32Array;
  /** 1 for every function that is solved. */
  readonly isSolved: Uint8Array;
  solvedCount = 0;
  private next = 0;

  /** The rounded forcing is the function: what is stored solves and encodes to exactly what is trained on. */
  constructor(
    readonly forcings: readonly Float32Array[],
    readonly points: number,
    private readonly solution: (forcing: Float64Array) => Float64Array,
  ) {
    this.solutions = new Float32Array(forcings.length * points);
    this.isSolved = new Uint8Array(forcings.length);
  }

  get count(): number {
    return this.forcings.length;
  }

  /** Solution of function `index`. */
  of(index: number): Float32Array {
    return this.solutions.subarray(index * this.points, (index + 1) * this.points);
  }

  /** False when it had been solved before. */
  solve(index: number): boolean {
    if (this.isSolved[index]) return false;
    this.of(index).set(this.solution(Float64Array.from(this.forcings[index])));
    this.isSolved[index] = 1;
    this.solvedCount++;
    return true;
  }

  /** The first function that is not solved yet, or undefined. */
  get nextUnsolved(): number | undefined {
    while (this.isSolved[this.next]) this.next++;
    return this.next < this.count ? this.next : undefined;
  }
}

type Fixed = Pick<OperatorData, 'nodes' | 'constants' | 'novelty'> & {
  /** Branch rows of the training and of the test functions. */
  readonly branch: FactorData;
  readonly testBranch: FactorData;
  readonly forcings: FunctionValues;
};

/** Datasets of an operator experiment from forcings and solutions. */
export class OperatorTables {
  /** Targets are solutions divided by it. */
  unit = 1;
  private readonly relative: boolean;
  private readonly branch: FactorData;
  private readonly coordinates: readonly FactorData[];
  /** Targets of the training functions, filled in as they are solved. */
  private readonly target: Float32Array;
  private latestTest:
    | { readonly functions: number; readonly sets: Pick<ProblemData, 'test' | 'coarse'> }
    | undefined;

  /**
   * With lossWeight = relative every training function is brought to unit forcing: output scale 1 and target u/rms(g)
   * instead of rms(g) and u. The network's function is the same; its squared error no longer weighs functions by their size.
   */
  constructor(
    private readonly equation: OperatorEquation,
    params: ProblemParams,
    private readonly inputs: Fixed,
  ) {
    const { axes } = equation;
    this.relative = params.lossWeight === 'relative' && params.perFunctionScale;
    this.coordinates = axes.map((axis) => coordinateRows(axis, params.boundary === 'hard'));
    this.branch = this.relative
      ? { ...inputs.branch, scale: inputs.branch.scale.map((scale) => (scale > 0 ? 1 : 0)) }
      : inputs.branch;
    this.target = new Float32Array(axes.reduce((n, axis) => n * axis.values.length, params.trainFunctions));
  }

  /** Takes a training function's solution over into the targets. */
  fill(row: number, solution: Float32Array): void {
    const weight = (this.relative && this.inputs.branch.scale[row]) || 1;
    const target = this.target.subarray(row * solution.length, (row + 1) * solution.length);
    for (let n = 0; n < target.length; n++) target[n] = Math.fround(solution[n] / this.unit) / weight;
  }

  /** A new object; its training targets are those filled in so far. `functions`: how many test functions it has. */
  data(
    train: Pick<FunctionPart, 'solutions'>,
    test: Pick<FunctionPart, 'solutions' | 'points'>,
    functions: number,
    samples: DataSamples,
  ): ProblemData {
    const { nodes, constants, novelty, forcings } = this.inputs;
    const solutions = test.solutions.subarray(0, functions * test.points);
    return {
      train: { factors: [this.branch, ...this.coordinates], target: this.target },
      ...this.testSets(solutions, functions),
      unit: this.unit,
      operator: {
        nodes,
        constants,
        novelty,
        samples,
        axes: this.equation.axes.map((axis) => axis.values),
        forcings: { train: forcings.train, test: forcings.test.subarray(0, functions * nodes.length) },
        solutions: { train: train.solutions, test: solutions },
      },
    };
  }

  /** The same objects as long as the number of functions stays. */
  private testSets(solutions: Float32Array, functions: number): Pick<ProblemData, 'test' | 'coarse'> {
    if (this.latestTest?.functions === functions) return this.latestTest.sets;
    const { axes, coarseFunctions } = this.equation;
    const { width, inputs, scale } = this.inputs.testBranch;
    const branch = {
      rows: functions,
      width,
      inputs: inputs.subarray(0, functions * width),
      scale: scale.subarray(0, functions),
    };
    const test = { factors: [branch, ...this.coordinates], target: solutions.map((u) => u / this.unit) };
    const coarse = coarsen(test, [
      { count: Math.min(coarseFunctions, functions), stride: 1 },
      ...axes.map(({ values, coarseStride: stride }) => ({
        count: (values.length - 1) / stride + 1,
        stride,
      })),
    ]);
    this.latestTest = { functions, sets: { test, coarse } };
    return this.latestTest.sets;
  }
}

function coordinateRows(axis: Axis, hard: boolean): FactorData {
  const inputs = Float32Array.from(axis.values, axis.input);
  const scale = hard
    ? Float32Array.from(axis.values, axis.vanishing)
    : new Float32Array(inputs.length).fill(1);
  return { rows: inputs.length, width: 1, inputs, scale };
}

/** The part of a dataset with `count` rows of each factor, `stride` apart from the first on. */
function coarsen(data: Dataset, parts: readonly { count: number; stride: number }[]): Dataset {
  const factors = data.factors.map(({ width, inputs, scale }, m) => {
    const { count, stride } = parts[m];
    const row = (n: number) => Math.floor(n / width) * stride * width + (n % width);
    return {
      rows: count,
      width,
      inputs: Float32Array.from({ length: count * width }, (_, n) => inputs[row(n)]),
      scale: Float32Array.from({ length: count }, (_, n) => scale[n * stride]),
    };
  });
  let indices = [0];
  parts.forEach(({ count, stride }, m) => {
    const rows = data.factors[m].rows;
    indices = indices.flatMap((at) => Array.from({ length: count }, (_, n) => at * rows + n * stride));
  });
  return { factors, target: Float32Array.from(indices, (at) => data.target[at]) };
}

/** All values, one function after the other. */
export function concatenate(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.length * rows[0].length);
  rows.forEach((row, i) => {
    all.set(row, i * row.length);
  });
  return all;
}

const THINNED = 50;

/** At most 50 of the values, evenly spread, the first and the last included. */
export function thin(values: Float32Array): Float32Array {
  const count = Math.min(THINNED, values.length);
  return Float32Array.from(
    { length: count },
    (_, i) => values[Math.round((i * (values.length - 1)) / Math.max(1, count - 1))],
  );
}

import type { Dataset, FactorData } from '../snn/network.ts';
import { branchInputs, encodeForcings, equispaced, measureForcings, standardDeviation } from './forcing.ts';
import { FieldPart, gaussianField, sampleField } from './gaussian-field.ts';
import { measureNovelty } from './novelty.ts';
import type { DataProgress, ExperimentId, Problem, ProblemData, ProblemParams } from './problem.ts';

/** A coordinate of the solution and the factor that reads it. */
export interface Axis {
  readonly name: string;
  /** Nodes of the solution's grid, in the equation's unit. */
  readonly values: Float64Array;
  /** What the factor is fed at a node: in [-1, 1]. */
  readonly input: (value: number) => number;
  /** Boundary factor under a hard boundary: 0 where the solution must vanish. */
  readonly vanishing: (value: number) => number;
  /** The coarse grid takes every `coarseStride`-th node; it divides the number of intervals. */
  readonly coarseStride: number;
}

/** An equation that maps a forcing function to a solution on the tensor product of its axes. */
export interface OperatorEquation {
  readonly id: ExperimentId;
  readonly title: string;
  readonly interval: readonly [number, number];
  /** Equispaced nodes of a forcing. */
  readonly nodes: number;
  readonly axes: readonly Axis[];
  /** The solution is not linear in the forcing: the branch needs its amplitude as well. */
  readonly amplitudeInput: boolean;
  readonly coarseFunctions: number;
  /** Values on the axes' tensor product, last axis fastest. */
  solve(forcing: Float64Array, params: ProblemParams): Float64Array;
}

/**
 * The experiment of learning an equation's solution operator: forcings from a Gaussian random field, branch
 * rows by encodeForcing, one factor per axis, targets = solution / unit with unit = standard deviation of all
 * training values. generate() yields after every solve; it throws RangeError for sizes below 1 and whatever
 * the solver throws.
 */
export function operatorProblem(equation: OperatorEquation): Problem {
  return {
    id: equation.id,
    title: equation.title,
    factors: (params) => [
      { name: 'branch', inputs: branchInputs(params, equation.amplitudeInput) },
      ...equation.axes.map(({ name }) => ({ name, inputs: 1 })),
    ],
    generate: (params) => generate(equation, params),
  };
}

interface Samples {
  readonly forcings: Float32Array[];
  readonly solutions: Float32Array;
}

function* generate(equation: OperatorEquation, params: ProblemParams): Generator<DataProgress, ProblemData> {
  for (const count of [params.trainFunctions, params.testFunctions]) {
    if (!(Number.isInteger(count) && count > 0)) throw new RangeError(`cannot draw ${count} functions`);
  }
  const { axes, interval } = equation;
  const nodes = equispaced(equation.nodes, ...interval);
  const field = gaussianField(nodes, params.lengthScale);
  const points = axes.reduce((n, axis) => n * axis.values.length, 1);
  const total = params.trainFunctions + params.testFunctions;
  let done = 0;

  function* draw(part: keyof typeof FieldPart, count: number): Generator<DataProgress, Samples> {
    const forcings: Float32Array[] = [];
    const solutions = new Float32Array(count * points);
    for (let i = 0; i < count; i++) {
      // The rounded function is the function: what is stored solves and encodes to exactly what is trained
      // on.
      const forcing = Float32Array.from(sampleField(field, params.dataSeed, FieldPart[part], i));
      forcings.push(forcing);
      solutions.set(equation.solve(Float64Array.from(forcing), params), i * points);
      yield { done: ++done, total };
    }
    return { forcings, solutions };
  }
  const train = yield* draw('train', params.trainFunctions);
  const test = yield* draw('test', params.testFunctions);

  const constants = measureForcings(train.forcings, params, equation);
  const unit = standardDeviation(train.solutions) || 1;
  const coordinates = axes.map((axis) => coordinateRows(axis, params.boundary === 'hard'));
  const dataset = (samples: Samples): Dataset => ({
    factors: [encodeForcings(samples.forcings, params, constants), ...coordinates],
    target: samples.solutions.map((u) => u / unit),
  });
  const trainSet = weighted(dataset(train), params);
  const testSet = dataset(test);
  return {
    train: trainSet,
    test: testSet,
    coarse: coarsen(testSet, [
      { count: Math.min(equation.coarseFunctions, params.testFunctions), stride: 1 },
      ...axes.map(({ values, coarseStride: stride }) => ({
        count: (values.length - 1) / stride + 1,
        stride,
      })),
    ]),
    unit,
    operator: {
      nodes,
      axes: axes.map((axis) => axis.values),
      constants,
      forcings: { train: joined(train.forcings), test: joined(test.forcings) },
      solutions: { train: train.solutions, test: test.solutions },
      novelty: measureNovelty(trainSet.factors[0], train.forcings, nodes[1] - nodes[0]),
    },
  };
}

/**
 * Training data with every function brought to unit forcing: output scale 1 and target u/rms(g) instead of rms(g) and u. The
 * network's function is the same; its squared error no longer weighs functions by their size.
 */
function weighted(data: Dataset, params: ProblemParams): Dataset {
  if (params.lossWeight === 'absolute' || !params.perFunctionScale) return data;
  const [branch, ...coordinates] = data.factors;
  const points = data.target.length / branch.rows;
  return {
    factors: [{ ...branch, scale: branch.scale.map((scale) => (scale > 0 ? 1 : 0)) }, ...coordinates],
    target: data.target.map((u, n) => u / (branch.scale[Math.floor(n / points)] || 1)),
  };
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

function joined(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.length * rows[0].length);
  rows.forEach((row, i) => {
    all.set(row, i * row.length);
  });
  return all;
}

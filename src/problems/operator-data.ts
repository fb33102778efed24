import { encodeForcings, equispaced, measureForcings, rms, standardDeviation } from './forcing.ts';
import { FieldPart, gaussianField, sampleField } from './gaussian-field.ts';
import { measureNovelty } from './novelty.ts';
import type { OperatorEquation } from './operator-equation.ts';
import { concatenate, FunctionPart, OperatorTables, thin } from './operator-tables.ts';
import type { DataProgress, DataSamples, DataStream, ProblemData, ProblemParams } from './problem.ts';

/** Training functions whose forcing and solution are shown while data are made. */
const SAMPLES = 32;

/**
 * Data of an operator experiment, solved function by function. A function depends on its number alone, so the order in
 * which functions are solved changes nothing. Targets are u / unit with
 *
 *     unit = std(u of the first training functions) · rms(all training forcings) / rms(the first ones') ,
 *
 * so that it is known before the others are solved; where all are solved first it is the standard deviation of all.
 * Throws RangeError for sizes below 1 and whatever the solver throws.
 */
export class OperatorStream implements DataStream {
  private readonly train: FunctionPart;
  private readonly test: FunctionPart;
  /** Functions that have to be solved before anything can be trained or shown. */
  private readonly first: { readonly train: number; readonly test: number };
  private readonly tables: OperatorTables;
  private latest: ProblemData | undefined;
  /** Training functions whose targets are in `latest`. */
  private rowsInData = new Uint8Array(0);
  readonly total: number;

  constructor(
    private readonly equation: OperatorEquation,
    params: ProblemParams,
  ) {
    const { trainFunctions, testFunctions } = params;
    for (const count of [trainFunctions, testFunctions])
      if (!(Number.isInteger(count) && count > 0)) throw new RangeError(`cannot draw ${count} functions`);
    const { axes, interval, firstFunctions, coarseFunctions } = equation;
    const nodes = equispaced(equation.nodes, ...interval);
    const field = gaussianField(nodes, params.lengthScale);
    const points = axes.reduce((n, axis) => n * axis.values.length, 1);
    const part = (name: keyof typeof FieldPart, count: number) =>
      new FunctionPart(
        Array.from({ length: count }, (_, i) =>
          Float32Array.from(sampleField(field, params.dataSeed, FieldPart[name], i)),
        ),
        points,
        (forcing) => equation.solve(forcing, params),
      );
    this.train = part('train', trainFunctions);
    this.test = part('test', testFunctions);
    this.total = trainFunctions + testFunctions;
    this.first = {
      train: Math.min(firstFunctions ?? trainFunctions, trainFunctions),
      test: Math.min(firstFunctions === undefined ? testFunctions : coarseFunctions, testFunctions),
    };

    const constants = measureForcings(this.train.forcings, params, equation);
    const branch = encodeForcings(this.train.forcings, params, constants);
    this.tables = new OperatorTables(equation, params, {
      nodes,
      constants,
      branch,
      testBranch: encodeForcings(this.test.forcings, params, constants),
      forcings: { train: concatenate(this.train.forcings), test: concatenate(this.test.forcings) },
      novelty: measureNovelty(branch, this.train.forcings, nodes[1] - nodes[0]),
    });
  }

  /** Solves the first functions. To be run to its end before `data` is asked for. */
  *begin(): Generator<DataProgress, void> {
    const { train, test } = this.first;
    for (let i = 0; i < train; i++) {
      this.train.solve(i);
      yield this.progress;
    }
    for (let i = 0; i < test; i++) {
      this.test.solve(i);
      yield this.progress;
    }
    const spread = standardDeviation(this.train.solutions.subarray(0, train * this.train.points));
    const size =
      rms(concatenate(this.train.forcings)) / rms(concatenate(this.train.forcings.slice(0, train)));
    this.tables.unit = spread * size || 1;
    for (let i = 0; i < train; i++) this.tables.fill(i, this.train.of(i));
  }

  get progress(): DataProgress {
    return { done: this.train.solvedCount + this.test.solvedCount, total: this.total };
  }

  get complete(): boolean {
    return this.progress.done === this.total;
  }

  /** Solves the next function that is missing; false when none is left. */
  advance(): boolean {
    const { nextUnsolved } = this.train;
    if (nextUnsolved !== undefined) this.solveTraining(nextUnsolved);
    else if (this.test.nextUnsolved !== undefined) this.test.solve(this.test.nextUnsolved);
    if (this.complete && this.latest?.stream) this.latest = undefined;
    return !this.complete;
  }

  has(row: number): boolean {
    return this.data.stream === undefined || this.rowsInData[row] === 1;
  }

  solve(rows: Iterable<number>): void {
    for (const row of rows) {
      this.solveTraining(row);
      if (!this.rowsInData[row]) this.latest = undefined;
    }
  }

  get data(): ProblemData {
    if (!this.latest) {
      this.rowsInData = this.train.isSolved.slice();
      const functions = this.complete ? this.test.count : this.first.test;
      const data = this.tables.data(this.train, this.test, functions, this.samples);
      this.latest = this.complete ? data : { ...data, stream: this };
    }
    return this.latest;
  }

  get samples(): DataSamples {
    // At the last node of every axis but the first: u(x, 1).
    const stride = this.train.points / this.equation.axes[0].values.length;
    const indices = Array.from({ length: Math.min(SAMPLES, this.train.count) }, (_, i) => i).filter(
      (i) => this.train.isSolved[i],
    );
    return {
      forcings: indices.map((i) => thin(this.train.forcings[i])),
      solutions: indices.map((i) => thin(this.train.of(i).filter((_, n) => n % stride === stride - 1))),
    };
  }

  private solveTraining(row: number): void {
    if (this.train.solve(row)) this.tables.fill(row, this.train.of(row));
  }
}

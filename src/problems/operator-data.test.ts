import { describe, expect, it } from 'vitest';
import { OperatorStream } from './operator-data.ts';
import type { OperatorEquation } from './operator-equation.ts';
import { operatorProblem } from './operator-problem.ts';
import { generateNow, type ProblemParams } from './problem.ts';

const params: ProblemParams = {
  dataSeed: 3,
  sensors: 4,
  lengthScale: 1,
  boundary: 'hard',
  perFunctionScale: true,
  lossWeight: 'relative',
  diffusion: 0.01,
  reaction: 0.01,
  target: 'hat',
  formula: '',
  painting: '',
  trainFunctions: 9,
  testFunctions: 5,
};

/** u = g² at five points: enough of an equation to count how often it is solved. */
function equationOf(changes: Partial<OperatorEquation> = {}) {
  const solved: number[] = [];
  const equation: OperatorEquation = {
    interval: [0, 1],
    nodes: 5,
    axes: [
      {
        name: 'trunk',
        coordinate: 'y',
        values: Float64Array.of(0, 0.25, 0.5, 0.75, 1),
        input: (y) => y,
        vanishing: (y) => 1 - y,
        coarseStride: 2,
      },
    ],
    amplitudeInput: false,
    forcingFactor: 0.5,
    coarseFunctions: 2,
    firstFunctions: 3,
    solve(g) {
      solved.push(g[0]);
      return g.map((value) => value * value);
    },
    ...changes,
  };
  return { equation, solved };
}

function begun(changes: Partial<OperatorEquation> = {}) {
  const { equation, solved } = equationOf(changes);
  const stream = new OperatorStream(equation, params);
  const reports = [...stream.begin()];
  return { stream, solved, reports };
}

const targetsOf = (stream: OperatorStream, row: number) =>
  stream.data.train.target.slice(row * 5, (row + 1) * 5);

describe('OperatorStream', () => {
  it('begins with the first training functions and the coarse test functions', () => {
    const { stream, solved, reports } = begun();
    expect(solved).toHaveLength(5);
    expect(reports[reports.length - 1]).toEqual({ done: 5, total: 14 });
    const { data } = stream;
    expect(data.stream).toBe(stream);
    expect([data.test.factors[0].rows, data.coarse.factors[0].rows]).toEqual([2, 2]);
    expect(data.operator?.forcings.test).toHaveLength(2 * 5);
    expect(Array.from({ length: 9 }, (_, row) => stream.has(row))).toEqual([
      ...[true, true, true],
      ...new Array(6).fill(false),
    ]);
    expect(targetsOf(stream, 2).some((u) => u !== 0)).toBe(true);
    expect(targetsOf(stream, 3)).toEqual(new Float32Array(5));
  });

  it('solves on demand, once, and its data are another object then', () => {
    const { stream, solved } = begun();
    const before = stream.data;
    stream.solve([0, 7, 7]);
    expect(solved).toHaveLength(6);
    expect(stream.data).not.toBe(before);
    expect(stream.data.test).toBe(before.test);
    expect(stream.has(7)).toBe(true);
    const now = stream.data;
    stream.solve([7, 0]);
    expect(stream.data).toBe(now);
  });

  it('does not claim what was solved in the background after the data were handed out', () => {
    const { stream } = begun();
    const before = stream.data;
    stream.advance();
    expect(stream.data).toBe(before);
    expect(stream.has(3)).toBe(false);
    stream.solve([3]);
    expect(stream.data).not.toBe(before);
    expect(stream.has(3)).toBe(true);
  });

  it('ends with the same data in whatever order functions are solved', () => {
    const { equation } = equationOf();
    const all = generateNow(operatorProblem(equation), params);
    const { stream, solved } = begun();
    stream.solve([8, 5]);
    void stream.data;
    stream.solve([4]);
    let turns = 0;
    while (stream.advance()) turns++;
    expect(turns).toBeLessThan(9);
    expect(solved).toHaveLength(14);
    expect(stream.data.stream).toBeUndefined();
    expect(stream.data).toEqual(all);
    expect(stream.has(6)).toBe(true);
  });

  it('knows the unit before the rest is solved: the spread of the first, brought to the size of all forcings', () => {
    const { stream } = begun();
    const { unit, operator } = stream.data;
    const size = (values: Float32Array) => values.reduce((sum, g) => sum + g * g, 0) / values.length;
    const { train } = operator!.forcings;
    const first = operator!.solutions.train.subarray(0, 15);
    const mean = first.reduce((sum, u) => sum + u, 0) / 15;
    const spread = Math.sqrt(first.reduce((sum, u) => sum + (u - mean) ** 2, 0) / 15);
    expect(unit).toBeCloseTo(spread * Math.sqrt(size(train) / size(train.subarray(0, 15))), 6);
    while (stream.advance());
    expect(stream.data.unit).toBe(unit);
  });

  it('is complete at once where solving is quick', () => {
    const { stream, solved } = begun({ firstFunctions: undefined });
    expect(solved).toHaveLength(14);
    expect(stream.data.stream).toBeUndefined();
    expect(stream.advance()).toBe(false);
  });

  it('shows samples of the training functions that are solved', () => {
    const { stream } = begun();
    expect([stream.samples.forcings.length, stream.samples.solutions.length]).toEqual([3, 3]);
    stream.solve([5]);
    const { forcings, solutions } = stream.samples;
    expect(solutions).toHaveLength(4);
    expect(solutions[3]).toEqual(forcings[3].map((g) => g * g));
  });
});

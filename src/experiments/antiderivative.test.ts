import { describe, expect, it } from 'vitest';
import { equispaced, rms } from '../problems/forcing.ts';
import { forcingTimesBoundary } from '../problems/nothing-learned.ts';
import { generateNow, type ProblemParams } from '../problems/problem.ts';
import { antiderivative, solveAntiderivative } from './antiderivative.ts';

const solve = (g: (y: number) => number, n = 101) =>
  solveAntiderivative(Float64Array.from(equispaced(n, 0, 1), g));

/** Greatest error at the nodes. */
function errorOf(g: (y: number) => number, exact: (y: number) => number, n = 101): number {
  const u = solve(g, n);
  return Math.max(...equispaced(n, 0, 1).map((y, i) => Math.abs(u[i] - exact(y))));
}

describe('solveAntiderivative', () => {
  it.each([
    ['1', () => 1, (y: number) => y],
    ['2y', (y: number) => 2 * y, (y: number) => y ** 2],
    ['4y³ - 3y²', (y: number) => 4 * y ** 3 - 3 * y ** 2, (y: number) => y ** 4 - y ** 3],
  ] as const)('integrates %s exactly, as every cubic', (_, g, exact) => {
    expect(errorOf(g, exact)).toBeLessThan(1e-14);
  });

  it.each([
    ['cos 9y', (y: number) => Math.cos(9 * y), (y: number) => Math.sin(9 * y) / 9],
    ['exp(-y)', (y: number) => Math.exp(-y), (y: number) => 1 - Math.exp(-y)],
  ] as const)('is of fourth order for %s', (_, g, exact) => {
    const [coarse, fine] = [51, 101].map((n) => errorOf(g, exact, n));
    expect(coarse).toBeGreaterThan(1e-12);
    expect(Math.log2(coarse / fine)).toBeGreaterThan(3.8);
    expect(Math.log2(coarse / fine)).toBeLessThan(4.4);
  });

  it('begins at 0, is linear in g, and needs four nodes', () => {
    const g = (y: number) => Math.exp(Math.sin(5 * y));
    const u = solve(g);
    expect(u[0]).toBe(0);
    expect(solve((y) => -3 * g(y)).every((v, i) => Math.abs(v + 3 * u[i]) < 1e-13)).toBe(true);
    expect(() => solveAntiderivative(new Float64Array(3))).toThrow(/at least 4 nodes, not 3/);
  });
});

describe('data of the antiderivative', () => {
  const params: ProblemParams = {
    dataSeed: 3,
    sensors: 10,
    lengthScale: 0.5,
    boundary: 'hard',
    perFunctionScale: true,
    lossWeight: 'relative',
    trainFunctions: 12,
    testFunctions: 10,
  };
  const data = generateNow(antiderivative, params);

  it('is finite and reproducible, in units of its spread', () => {
    expect(generateNow(antiderivative, params)).toEqual(data);
    expect([...data.train.target, ...data.test.target].every(Number.isFinite)).toBe(true);
    expect(rms(data.operator!.solutions.train) / data.unit).toBeGreaterThan(0.5);
  });

  it('has u(0) = 0 in every solution, and by its hard boundary in every answer', () => {
    const { train } = data.operator!.solutions;
    for (let f = 0; f < params.trainFunctions; f++) expect(train[101 * f]).toBe(0);
    expect(data.test.factors[1].scale[0]).toBe(0);
    expect(generateNow(antiderivative, { ...params, boundary: 'soft' }).test.factors[1].scale[0]).toBe(1);
  });

  it('is known beforehand for a constant forcing: y g', () => {
    const operator = data.operator!;
    const test = operator.forcings.test.map((_, n) => Math.floor(n / 101) + 1);
    const guess = forcingTimesBoundary(antiderivative.operator!, {
      ...data,
      operator: { ...operator, forcings: { ...operator.forcings, test } },
    });
    const exact = solve(() => 3);
    for (const i of [0, 50, 100]) expect(guess[202 + i] * data.unit).toBeCloseTo(exact[i], 6);
  });
});

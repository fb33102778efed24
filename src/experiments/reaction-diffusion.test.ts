import { describe, expect, it } from 'vitest';
import reference from '../../tests/fixtures/reference-solutions.json';
import { encodeForcing, equispaced } from '../problems/forcing.ts';
import { generateNow, type ProblemParams } from '../problems/problem.ts';
import { reactionDiffusion, solveReactionDiffusion } from './reaction-diffusion.ts';

const FORCINGS: Record<string, (x: number) => number> = {
  '1': () => 1,
  'sin(2 pi x) + 0.5 x^2 - 0.3': (x) => Math.sin(2 * Math.PI * x) + 0.5 * x * x - 0.3,
};
const PAPER = { diffusion: 0.01, reaction: 0.01 };
const forcing = (f: (x: number) => number, nodes = 199) => Float64Array.from(equispaced(nodes, 0, 1), f);

/** Largest error on the reference's 6 × 6 points, with the given intervals in x and twice as many steps. */
function errorOf(exact: (typeof reference.reaction_diffusion)[number], intervals: number): number {
  const grid = { x: 6, t: 6, steps: 2 * intervals };
  const u = solveReactionDiffusion(forcing(FORCINGS[exact.f], intervals + 1), PAPER, grid);
  return Math.max(...exact['u[x][t]'].flat().map((value, n) => Math.abs(value - u[n])));
}

/** Weights of the cubic through four equispaced nodes 0 … 3 at position s. */
const cubic = (s: number) =>
  [0, 1, 2, 3].map((a) => [0, 1, 2, 3].reduce((w, b) => (a === b ? w : (w * (s - b)) / (a - b)), 1));

describe('solveReactionDiffusion', () => {
  it.each(reference.reaction_diffusion)(
    'agrees with the converged solution on the default mesh for f = $f',
    (exact) => {
      const u = solveReactionDiffusion(forcing(FORCINGS[exact.f]), PAPER);
      // 0.2, 0.4 … lie between the 100 nodes: cubic interpolation, whose error is far below the scheme's.
      exact.x.forEach((x, i) => {
        exact.t.forEach((t, j) => {
          const [a, b] = [x, t].map((v) => Math.min(96, Math.max(0, Math.floor(v * 99) - 1)));
          let value = 0;
          cubic(x * 99 - a).forEach((wx, p) => {
            cubic(t * 99 - b).forEach((wt, q) => {
              value += wx * wt * u[(a + p) * 100 + b + q];
            });
          });
          expect(Math.abs(value - exact['u[x][t]'][i][j])).toBeLessThan(6e-5);
        });
      });
    },
  );

  it.each(reference.reaction_diffusion)(
    'converges with second order at interior points for f = $f',
    (exact) => {
      for (const intervals of [50, 100, 200]) {
        const order = Math.log2(errorOf(exact, intervals) / errorOf(exact, 2 * intervals));
        expect(order).toBeGreaterThan(1.95);
        expect(order).toBeLessThan(2.05);
      }
    },
  );

  it('has the closed form of diffusion alone', () => {
    const rate = 0.05 * Math.PI ** 2;
    const u = solveReactionDiffusion(
      forcing((x) => Math.sin(Math.PI * x)),
      { diffusion: 0.05, reaction: 0 },
    );
    for (const [i, j] of [
      [10, 99],
      [49, 30],
      [70, 60],
    ]) {
      const exact = ((1 - Math.exp((-rate * j) / 99)) / rate) * Math.sin((Math.PI * i) / 99);
      expect(Math.abs(u[i * 100 + j] - exact)).toBeLessThan(2e-5);
    }
  });

  it('has the closed form of the reaction alone, strong and of either sign', () => {
    const rise = solveReactionDiffusion(
      forcing(() => 1),
      { diffusion: 0, reaction: 1 },
    );
    const fall = solveReactionDiffusion(
      forcing(() => 1),
      { diffusion: 0, reaction: -1 },
    );
    for (const j of [20, 60, 99]) {
      expect(Math.abs(rise[5000 + j] - Math.tan(j / 99))).toBeLessThan(2e-5);
      expect(Math.abs(fall[5000 + j] - Math.tanh(j / 99))).toBeLessThan(2e-5);
    }
  });

  it('is zero for f ≡ 0, at t = 0 and at both ends', () => {
    expect(solveReactionDiffusion(new Float64Array(199), PAPER)).toEqual(new Float64Array(10000));
    const u = solveReactionDiffusion(
      forcing(() => 1),
      PAPER,
    );
    for (let n = 0; n < 100; n++) expect([u[n], u[9900 + n], u[n * 100]]).toEqual([0, 0, 0]);
  });

  it('says when the solution becomes infinite', () => {
    // u = √(f/k) tan(√(fk) t) is infinite at t = π/2/√10 = 0.497.
    const solve = () =>
      solveReactionDiffusion(
        forcing(() => 10),
        { diffusion: 0, reaction: 1 },
      );
    expect(solve).toThrow(/blows up near t = 0\.(49|50)/);
  });

  it('refuses grids beside the mesh and forcings that are not finite', () => {
    expect(() => solveReactionDiffusion(new Float64Array(200), PAPER)).toThrow(/does not fit/);
    expect(() => solveReactionDiffusion(new Float64Array(199).fill(Number.NaN), PAPER)).toThrow(/not finite/);
  });
});

const params = {
  dataSeed: 2,
  sensors: 5,
  lengthScale: 1,
  boundary: 'hard',
  perFunctionScale: true,
  diffusion: 0.01,
  reaction: 0.01,
  target: 'hat',
  formula: '',
  painting: '',
  lossWeight: 'absolute',
  trainFunctions: 12,
  testFunctions: 8,
} satisfies ProblemParams;

describe('reactionDiffusion', () => {
  const data = generateNow(reactionDiffusion, params);
  const operator = data.operator!;

  it('has the shapes of a SepONet', () => {
    expect(reactionDiffusion.factors(params)).toEqual([
      { name: 'branch', inputs: 6 },
      { name: 'X(x)', inputs: 1 },
      { name: 'T(t)', inputs: 1 },
    ]);
    expect(reactionDiffusion.factors({ ...params, perFunctionScale: false })[0].inputs).toBe(5);
    expect(data.train.factors.map(({ rows, width }) => [rows, width])).toEqual([
      [12, 6],
      [100, 1],
      [100, 1],
    ]);
    expect(data.coarse.factors.map(({ rows }) => rows)).toEqual([8, 34, 34]);
    expect(data.train.target).toHaveLength(12 * 100 * 100);
    expect(data.coarse.target).toHaveLength(8 * 34 * 34);
    for (const { factors, target } of [data.train, data.test, data.coarse]) {
      for (const array of [target, ...factors.flatMap((f) => [f.inputs, f.scale])]) {
        expect(array.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('lays out the solutions as [function][x][t]', () => {
    const f = operator.forcings.test.subarray(199, 398);
    const u = solveReactionDiffusion(Float64Array.from(f), params);
    expect(operator.solutions.test.subarray(10000, 20000)).toEqual(Float32Array.from(u));
    for (const [x, t] of [
      [3, 99],
      [60, 30],
    ]) {
      expect(data.test.target[10000 + x * 100 + t] * data.unit).toBeCloseTo(u[x * 100 + t], 6);
      expect(data.coarse.target[34 * 34 + (x / 3) * 34 + t / 3]).toBe(data.test.target[10000 + x * 100 + t]);
    }
    const row = encodeForcing(f, params, operator.constants);
    expect(data.test.factors[0].inputs.subarray(6, 12)).toEqual(row.inputs);
    expect(row.inputs[5]).toBe(Math.fround(row.scale - 1));
  });

  it('vanishes at the ends and at the start with a hard boundary only', () => {
    const [, x, t] = data.train.factors;
    expect([x.inputs[0], x.inputs[99], t.inputs[0], t.inputs[99]]).toEqual([-1, 1, -1, 1]);
    expect([x.scale[0], x.scale[99], t.scale[0], t.scale[99]]).toEqual([0, 0, 0, 1]);
    expect(x.scale[20]).toBeCloseTo(1 - x.inputs[20] ** 8, 6);
    const soft = generateNow(reactionDiffusion, { ...params, boundary: 'soft' }).train;
    for (const { scale } of soft.factors.slice(1)) expect(scale.every((s) => s === 1)).toBe(true);
  });

  it('is reproducible, with disjoint training and test functions', () => {
    expect(generateNow(reactionDiffusion, params)).toEqual(data);
    const few = generateNow(reactionDiffusion, { ...params, trainFunctions: 2, testFunctions: 1 }).operator!;
    expect(few.solutions.train).toEqual(operator.solutions.train.subarray(0, 20000));
    const train = new Set(Array.from({ length: 12 }, (_, i) => operator.forcings.train[i * 199]));
    for (let i = 0; i < 8; i++) expect(train.has(operator.forcings.test[i * 199])).toBe(false);
  });
});

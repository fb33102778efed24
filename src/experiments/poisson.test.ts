import { describe, expect, it } from 'vitest';
import reference from '../../tests/fixtures/reference-solutions.json';
import { encodeForcing, equispaced } from '../problems/forcing.ts';
import { generateNow, type ProblemParams, relativeL2 } from '../problems/problem.ts';
import { POISSON_NODES, poisson, solvePoisson } from './poisson.ts';

const FORCINGS: Record<string, (x: number) => number> = {
  'sin(pi x)': (x) => Math.sin(Math.PI * x),
  '2 sin(2 pi x) + x^2 - 0.5 x': (x) => 2 * Math.sin(2 * Math.PI * x) + x * x - 0.5 * x,
  '1 + x - 3 x^3 + 0.7 sin(3 pi x)': (x) => 1 + x - 3 * x ** 3 + 0.7 * Math.sin(3 * Math.PI * x),
};

/** Largest error at the reference's 11 points, with n nodes. */
function errorOf({ g, u }: (typeof reference.poisson)[number], n: number): number {
  const solution = solvePoisson(Float64Array.from(equispaced(n, -1, 1), FORCINGS[g]));
  return Math.max(...u.map((value, j) => Math.abs(value - solution[(j * (n - 1)) / 10])));
}

describe('solvePoisson', () => {
  it.each(reference.poisson)('agrees with the closed form for g = $g', (exact) => {
    expect(errorOf(exact, 101)).toBeLessThan(6e-8);
  });

  it.each(reference.poisson)('converges with fourth order for g = $g', (exact) => {
    for (const n of [41, 81]) {
      const order = Math.log2(errorOf(exact, n) / errorOf(exact, 2 * n - 1));
      expect(order).toBeGreaterThan(3.9);
      expect(order).toBeLessThan(4.1);
    }
  });

  it('is exact where the scheme is: cubic forcings', () => {
    const x = equispaced(11, -1, 1);
    const u = solvePoisson(x.map((v) => 20 * v ** 3 - 6 * v));
    x.forEach((v, i) => {
      expect(u[i]).toBeCloseTo(v ** 3 - v ** 5, 14);
    });
  });

  it('vanishes at the ends and for g ≡ 0, and refuses less than three nodes', () => {
    const u = solvePoisson(new Float64Array(101).fill(1));
    expect([u[0], u[100]]).toEqual([0, 0]);
    expect(solvePoisson(new Float64Array(101))).toEqual(new Float64Array(101));
    expect(() => solvePoisson(new Float64Array(2))).toThrow(RangeError);
  });
});

const params: ProblemParams = {
  dataSeed: 11,
  sensors: 10,
  lengthScale: 0.5,
  boundary: 'hard',
  perFunctionScale: true,
  diffusion: 0.01,
  reaction: 0.01,
  target: 'hat',
  formula: '',
  painting: '',
  lossWeight: 'absolute',
  trainFunctions: 80,
  testFunctions: 70,
};

describe('poisson', () => {
  const data = generateNow(poisson, params);
  const operator = data.operator!;

  it('has the shapes of a DeepONet', () => {
    expect(poisson.factors(params)).toEqual([
      { name: 'branch', inputs: 10 },
      { name: 'trunk', inputs: 1 },
    ]);
    const shapes = [data.train, data.test, data.coarse].map(({ factors, target }) => [
      ...factors.map(({ rows, width }) => [rows, width]),
      target.length,
    ]);
    expect(shapes).toEqual([
      [[80, 10], [101, 1], 80 * 101],
      [[70, 10], [101, 1], 70 * 101],
      [[64, 10], [51, 1], 64 * 51],
    ]);
    for (const { factors, target } of [data.train, data.test, data.coarse]) {
      for (const array of [target, ...factors.flatMap((f) => [f.inputs, f.scale])]) {
        expect(array.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('keeps forcings, solutions and normalisation consistent', () => {
    for (const part of ['train', 'test'] as const) {
      const { factors, target } = data[part];
      for (const i of [0, 33]) {
        const g = operator.forcings[part].subarray(i * 101, (i + 1) * 101);
        const row = encodeForcing(g, params, operator.constants);
        expect(factors[0].inputs.subarray(i * 10, (i + 1) * 10)).toEqual(row.inputs);
        expect(factors[0].scale[i]).toBe(Math.fround(row.scale));
        const u = solvePoisson(Float64Array.from(g));
        expect(operator.solutions[part].subarray(i * 101, (i + 1) * 101)).toEqual(Float32Array.from(u));
        u.forEach((value, j) => {
          expect(target[i * 101 + j] * data.unit).toBeCloseTo(value, 6);
        });
      }
    }
    const target = Array.from(data.train.target);
    const mean = target.reduce((sum, v) => sum + v, 0) / target.length;
    expect(target.reduce((sum, v) => sum + (v - mean) ** 2, 0) / target.length).toBeCloseTo(1, 5);
  });

  it('takes its coarse set from the test set', () => {
    for (const [i, j] of [
      [0, 0],
      [5, 20],
      [63, 50],
    ]) {
      expect(data.coarse.target[i * 51 + j]).toBe(data.test.target[i * 101 + 2 * j]);
      expect(data.coarse.factors[0].scale[i]).toBe(data.test.factors[0].scale[i]);
      expect(data.coarse.factors[0].inputs[i * 10 + 3]).toBe(data.test.factors[0].inputs[i * 10 + 3]);
      expect(data.coarse.factors[1].inputs[j]).toBe(data.test.factors[1].inputs[2 * j]);
    }
    expect(relativeL2(data.coarse.target, data.coarse)).toBe(0);
  });

  it('is reproducible, and a function does not depend on how many are drawn', () => {
    expect(generateNow(poisson, params)).toEqual(data);
    const few = generateNow(poisson, { ...params, trainFunctions: 3, testFunctions: 2 }).operator!;
    expect(few.forcings.train).toEqual(operator.forcings.train.subarray(0, 303));
    expect(few.forcings.test).toEqual(operator.forcings.test.subarray(0, 202));
    const other = generateNow(poisson, { ...params, dataSeed: 12 }).operator!;
    expect(other.forcings.train).not.toEqual(operator.forcings.train);
  });

  it('shares no function between training and test', () => {
    const first = (values: Float32Array) =>
      Array.from({ length: values.length / 101 }, (_, i) => values[i * 101]);
    const train = new Set(first(operator.forcings.train));
    expect(first(operator.forcings.test).filter((value) => train.has(value))).toEqual([]);
  });

  it('multiplies by 1 - y² with a hard boundary only', () => {
    data.train.factors[1].inputs.forEach((y, j) => {
      expect(data.train.factors[1].scale[j]).toBeCloseTo(1 - y * y, 6);
    });
    const soft = generateNow(poisson, { ...params, boundary: 'soft' });
    expect(soft.train.factors[1].scale.every((s) => s === 1)).toBe(true);
    expect(soft.train.target).toEqual(data.train.target);
  });

  it('feeds g itself without the per-function scale', () => {
    const plain = generateNow(poisson, { ...params, perFunctionScale: false });
    expect(plain.train.factors[0].scale.every((s) => s === 1)).toBe(true);
    const std = plain.operator!.constants.sensorStd;
    expect(plain.train.factors[0].inputs[0] * std).toBeCloseTo(operator.forcings.train[0], 5);
  });

  it('reports every solve and refuses empty sets', () => {
    const reports = [...poisson.generate({ ...params, trainFunctions: 3, testFunctions: 2 })];
    expect(reports).toEqual([1, 2, 3, 4, 5].map((done) => ({ done, total: 5 })));
    expect(() => generateNow(poisson, { ...params, testFunctions: 0 })).toThrow(/cannot draw 0/);
    expect(() => generateNow(poisson, { ...params, sensors: 0 })).toThrow(RangeError);
  });
});

describe('loss weighting', () => {
  it('relative: the same network function, every training function at unit forcing', () => {
    const absolute = generateNow(poisson, { ...params, trainFunctions: 6, testFunctions: 4 });
    const relative = generateNow(poisson, {
      ...params,
      trainFunctions: 6,
      testFunctions: 4,
      lossWeight: 'relative',
    });
    expect(relative.test).toEqual(absolute.test);
    expect(relative.unit).toBe(absolute.unit);
    const [branch] = absolute.train.factors;
    expect(Array.from(relative.train.factors[0].scale)).toEqual(new Array(6).fill(1));
    expect(relative.train.factors[0].inputs).toEqual(branch.inputs);
    relative.train.target.forEach((target, n) => {
      const scale = branch.scale[Math.floor(n / POISSON_NODES)];
      expect(target * scale).toBeCloseTo(absolute.train.target[n], 5);
    });
  });
});

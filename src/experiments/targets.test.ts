import { beforeAll, describe, expect, it } from 'vitest';
import { generateNow, type ProblemParams } from '../problems/problem.ts';
import {
  decodePainting,
  encodePainting,
  FormulaError,
  loadTarget,
  PICKED,
  paintedSurface,
  targetSurface,
} from '../problems/targets.ts';
import { hat, mexicanHat } from './hat.ts';

const formula = (text: string) =>
  targetSurface({ target: 'formula', formula: text, painting: '' }, mexicanHat);
beforeAll(() => loadTarget({ target: 'formula' }));

describe('formula targets', () => {
  it.each([
    ['x^2 - y^2', 0.3 ** 2 - 0.7 ** 2],
    ['-x^2', -(0.3 ** 2)],
    ['2x*y', 2 * 0.3 * 0.7],
    ['exp(-4(x^2+y^2))', Math.exp(-4 * (0.09 + 0.49))],
    ['sin(pi*x) + e', Math.sin(Math.PI * 0.3) + Math.E],
    ['x < y ? 1 : -1', 1],
    ['max(x, y, 0.5)', 0.7],
  ])('%s', (text, expected) => expect(formula(text)(0.3, 0.7)).toBeCloseTo(expected, 12));

  it.each([
    'x +',
    'z',
    'foo(x)',
    'constructor(x)',
    'import("a")',
    'x = 3',
    '[1,2]',
    '"text"',
    'x.y',
    '',
    'f(x) = x = y',
    'sin x y',
    'createUnit("a")',
    'evaluate("x")',
  ])('refuses %s by name', (text) => expect(() => formula(text)).toThrow(FormulaError));

  it('says where a formula is not finite', () => {
    expect(() => formula('1/x')(0, 0.5)).toThrow(/at \(0\.00, 0\.50\) it is Infinity/);
    expect(() => formula('sqrt(x)')(-1, 0)).toThrow(/NaN/);
  });

  it.each([
    [
      '1e39*x',
      /at \(0\.50, 0\.00\) it is 5e\+38, which is too large; allowed: values from -1000000 to 1000000/,
    ],
    ['-1e300*x', /it is -5e\+299, which is too large/],
    ['exp(100*x)', /it is 5\.184706e\+21, which is too large/],
    ['2000002*x', /it is 1000001, which is too large/],
  ])('says where %s is beyond the data', (text, message) =>
    expect(() => formula(text)(0.5, 0)).toThrow(message),
  );

  it('takes the largest value that is allowed', () => expect(formula('1e6')(0.5, 0)).toBe(1e6));
});

describe('painted targets', () => {
  it('read back what was written to 1/63', () => {
    const values = Float32Array.from({ length: 256 }, (_, n) => Math.sin(n));
    const read = decodePainting(encodePainting(values));
    for (let n = 0; n < 256; n++) expect(Math.abs(read[n] - values[n])).toBeLessThanOrEqual(1 / 63 + 1e-6);
  });
  it('are interpolated between the nodes and exact on them', () => {
    const values = Float32Array.from({ length: 256 }, (_, n) => (n % 16) / 15 + 2 * Math.floor(n / 16));
    const surface = paintedSurface(values);
    for (const [x, y] of [
      [-1, -1],
      [1, 1],
      [0.3, -0.8],
      [1, -1],
    ])
      expect(surface(x, y)).toBeCloseTo((x + 1) / 2 + 15 * (y + 1), 5);
  });
  it('take any text', () => {
    expect(decodePainting('A!').slice(0, 3)).toEqual(Float32Array.of(-1, 0, 0));
  });
});

describe('data of a target', () => {
  const params = { dataSeed: 1, target: 'hat', formula: '', painting: '' } as unknown as ProblemParams;
  it('the hat keeps its unit', () => expect(generateNow(hat, params).unit).toBe(1));
  it('others are brought to the hat’s height and keep their values in their unit', () => {
    for (const target of Object.keys(PICKED) as (keyof typeof PICKED)[]) {
      const { test, unit } = generateNow(hat, { ...params, target });
      expect(Math.max(...Array.from(test.target, Math.abs))).toBeCloseTo(mexicanHat(0, 0), 5);
      expect(test.target[0] * unit).toBeCloseTo(PICKED[target](-1, -1), 5);
    }
  });
  it.each(['exp(100*x)', '1e39*x', '1e300*x'])('are not made of %s', (text) =>
    expect(() => generateNow(hat, { ...params, target: 'formula', formula: text })).toThrow(FormulaError),
  );
  it('a peak between the nodes of the grid stays within the data', () => {
    const formula = 'abs(x - 0.01) < 0.009 ? 1e6 : 1e-30';
    const { train, test, unit } = generateNow(hat, { ...params, target: 'formula', formula });
    expect(unit).toBeCloseTo(1e6 / mexicanHat(0, 0), 0);
    for (const { target } of [train, test])
      for (const value of target) expect(Math.abs(value)).toBeLessThanOrEqual(mexicanHat(0, 0) + 1e-6);
  });
  it('a target of zero gives finite data', () => {
    const data = generateNow(hat, { ...params, target: 'formula', formula: '0*x' });
    expect(data.unit).toBe(1);
    expect(data.test.target.every((value) => value === 0)).toBe(true);
  });
});

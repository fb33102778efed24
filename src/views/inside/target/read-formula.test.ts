import { describe, expect, it } from 'vitest';
import { FAULTS, SPOTS } from './formula-words.ts';
import { keptFormula, readFormula, typedForm } from './read-formula.ts';

describe('readFormula', () => {
  it('gives the values on the stated grid', async () => {
    const { field, fault } = await readFormula('x + 2*y');
    expect(fault).toBeUndefined();
    expect(field?.n).toBe(101);
    expect(field?.values[0]).toBe(-3);
    expect(field?.values[101 * 101 - 1]).toBe(3);
  });

  it.each([
    [
      'exp(100*x)',
      /^at \(0\.14, -1\.00\) it is .*, which is too large; allowed: values from -1000000 to 1000000/,
    ],
    ['1e39*x', /^at \(-1\.00, -1\.00\) it is -1e\+39, which is too large/],
    ['1e300*x', /^at \(-1\.00, -1\.00\) it is -1e\+300, which is too large/],
    ['1/0', /^at \(-1\.00, -1\.00\) it is Infinity, which is no finite number/],
    ['x + foo(x', /^at character 5, there is no “foo” here: use x, y, pi, e and the functions ln, sin, /],
    ['z', /^at character 1, there is no “z” here: use x and y$/],
    ['tg x', /write tan$/],
    ['x +', /^at character 4, something is missing at the end/],
    ['', /^it is empty: write/],
    [`x${'·x'.repeat(120)}`, /up to 200 characters/],
    ['x'.repeat(600), /^it has 600 characters/],
  ])('refuses %s with the reason and no field', async (text, reason) => {
    const read = await readFormula(text);
    expect(read.field).toBeUndefined();
    expect(read.fault).toMatch(reason);
  });
});

it('a formula is kept with every operator written', async () => {
  expect((await readFormula('f(x,y) = x² − 2|y|')).formula).toBe('x^2 - 2*abs(y)');
  expect(keptFormula('0,5x')).toBe('0.5*x');
});

it('one that can be read in several ways is asked about and never used as it is', async () => {
  const read = await readFormula('max(x, 0,5)');
  expect([read.formula, read.field, read.fault]).toEqual([undefined, undefined, undefined]);
  expect(read.readings?.map(({ canonical }) => canonical)).toEqual(['max(x, 0.5)', 'max(x, 0, 5)']);
  expect(read.words).toBe('It is not clear whether the comma is a decimal comma. Choose what is meant:');
  expect(() => keptFormula('max(x, 0,5)')).toThrow('write max(x, 0.5) or max(x, 0, 5)');
  expect(() => keptFormula('x +')).toThrow('something is missing at the end');
});

it('a link’s formula is shown with the meaning that it has', async () => {
  expect(await typedForm('max(x,0,5)')).toBe('max(x, 0, 5)');
  expect(await typedForm('1/2x')).toBe('1/2*x');
  expect(await typedForm('exp(-4(x^2+y^2))')).toBe('exp(-4(x^2+y^2))');
  expect(await typedForm('foo(x')).toBe('foo(x');
});

it('words are short sentences without a name of the library', () => {
  for (const word of Object.values(FAULTS)) {
    const words = word({ code: 'empty', from: 0, to: 1, what: 'q', instead: 'r' });
    expect(words).toMatch(/^.{10,200}$/);
    expect(words).not.toMatch(/mathjs|undefined|Syntax/);
  }
  expect(Object.values(SPOTS).every((words) => /^(how|wh)/.test(words))).toBe(true);
});

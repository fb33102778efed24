import { describe, expect, it } from 'vitest';
import { readFormula } from './read-formula.ts';

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
    ['foo(x', /Parenthesis.*allowed: a formula in x and y/],
    ['', /empty/],
  ])('refuses %s with the reason and no field', async (text, reason) => {
    const read = await readFormula(text);
    expect(read.field).toBeUndefined();
    expect(read.fault).toMatch(reason);
  });
});

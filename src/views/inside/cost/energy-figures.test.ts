import { expect, it } from 'vitest';
import { parseEnergy } from './energy-figures.ts';

it('reads what is allowed and names what is not', () => {
  expect(parseEnergy('addition', ' 0.9 ')).toBe(0.9);
  expect(parseEnergy('addition', '0')).toBe(0);
  expect(parseEnergy('multiplication', '1e3')).toBe(1000);
  for (const text of ['1e400', '-1', '1001', 'NaN', 'two', ''])
    expect(() => parseEnergy('addition', text)).toThrow(
      `energy of one addition: “${text}” is not allowed; allowed: 0 to 1000 pJ`,
    );
});

import { expect, it } from 'vitest';
import { formatCount, formatDuration, formatError, formatSI } from './format.ts';

it('numbers keep three digits and their length', () => {
  expect([1, 0.0342, 0.69312, 0, undefined, Number.NaN].map(formatError)).toEqual([
    '1.00',
    '0.0342',
    '0.693',
    '0',
    '–',
    '–',
  ]);
  expect(formatError(123456)).toBe('1.23e+5');
  expect(formatCount(1240)).toBe('1,240');
  expect([0.43, 15.2, 99.7, 999.8, 1234, 99_600, 1_240_000].map(formatDuration)).toEqual([
    '0.43 ms',
    '15 ms',
    '99.7 ms',
    '1.0 s',
    '1.2 s',
    '100 s',
    '1,240 s',
  ]);
});

it('large and small numbers keep two or three digits and a prefix', () => {
  expect([0, 15.4e-6, 413e-9, 153000, 999.6, 2, 5e-13].map(formatSI)).toEqual([
    '0 ',
    '15.4 µ',
    '413 n',
    '153 k',
    '1000 ',
    '2.0 ',
    '0.50 p',
  ]);
});

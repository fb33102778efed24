import { describe, expect, it } from 'vitest';
import { doubtOf, readNumber } from './read-number.ts';

describe('readNumber', () => {
  it.each([
    ['1', 1],
    ['0,01', 0.01],
    ['0.01', 0.01],
    ['.5', 0.5],
    [',5', 0.5],
    ['5.', 5],
    ['5,', 5],
    ['+3', 3],
    ['−3', -3],
    ['–0,25', -0.25],
    [' 7 ', 7],
    ['1e-3', 1e-3],
    ['1,5E−4', 1.5e-4],
    ['1·10^-3', 1e-3],
    ['2,5 × 10⁻⁴', 2.5e-4],
    ['3*10^(2)', 300],
    ['1·10⁴', 1e4],
    ['0,125', 0.125],
    ['1000', 1000],
    ['1.000', 1],
    ['0.1', 0.1],
    ['1e308', 1e308],
  ])('reads %s', (text, value) => expect(readNumber(text)).toBe(value));

  it.each([
    '',
    ' ',
    'x',
    '1,000',
    '-1,234',
    '1 000',
    '1.000,5',
    '1,000.5',
    '1.000.000',
    '٣',
    '３',
    '½',
    '0x10',
    '1_000',
    '1/2',
  ])('refuses %s', (text) => expect(readNumber(text)).toBeUndefined());
  it.each(['NaN', 'Infinity', '--1', '1e', 'e5', '1 2', '1,2,3', '1..2', '1.,2', '1·5', '10^3'])(
    'refuses %s',
    (text) => expect(readNumber(text)).toBeUndefined(),
  );

  it('takes no thousands for ones where whole numbers are asked for', () => {
    expect(readNumber('5.000', true)).toBeUndefined();
    expect(readNumber('5,000', true)).toBeUndefined();
    expect(readNumber('5,0', true)).toBe(5);
    expect(readNumber('5000', true)).toBe(5000);
  });

  it('reads what JavaScript writes as the same number', () => {
    for (const value of [0.1, 1 / 3, 1e-7, 1.2345678901234567e-5, -100, 1e21, Number.MIN_VALUE, 123456.789])
      expect(readNumber(String(value))).toBe(value);
  });

  it('tells what is doubtful', () => {
    expect(doubtOf('1,000', false)).toBe('grouped');
    expect(doubtOf('1.000', false)).toBeUndefined();
    expect(doubtOf('1.000', true)).toBe('grouped');
    expect(doubtOf('12’000', false)).toBe('grouped');
    expect(doubtOf('٣', false)).toBe('digits');
    expect(doubtOf('x', false)).toBeUndefined();
  });
});

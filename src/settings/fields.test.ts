import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  allowedInstead,
  ConfigError,
  choice,
  type Field,
  flag,
  formatNumber,
  integer,
  list,
  number,
  text,
  widths,
} from './fields.ts';

const META = { label: 'Label', help: 'Help' };
const accepts = <T>(field: Field<T>, value: unknown) => v.safeParse(field.schema, value).success;

describe('ConfigError', () => {
  it('names the field, the value and what is allowed', () => {
    const error = new ConfigError('K', 99, 'a whole number from 1 to 32');
    expect(error.message).toBe('K: 99 is not allowed; allowed: a whole number from 1 to 32');
    expect([error.field, error.value, error.allowed, error.name]).toEqual([
      'K',
      99,
      'a whole number from 1 to 32',
      'ConfigError',
    ]);
  });

  it('describes any value without failing', () => {
    const message = (value: unknown) => new ConfigError('f', value, 'x').message;
    expect(message('so')).toContain('“so”');
    expect(message([1, Number.NaN, Number.POSITIVE_INFINITY])).toContain('[1,"NaN","Infinity"]');
    expect(message(Number.NaN)).toContain('NaN');
    for (const value of [null, undefined, true, {}, [], () => 1, Symbol('s'), 10n])
      expect(message(value)).toContain('is not allowed');
    expect(message('a'.repeat(500)).length).toBeLessThan(100);
  });
});

describe('number', () => {
  const field = number(0.5, 1e-7, 100, META);

  it('reads decimal notation, with point or comma, and exponential notation only', () => {
    for (const [written, value] of [
      ['1', 1],
      ['.5', 0.5],
      ['5.', 5],
      ['+1e2', 100],
      ['-3E-4', -3e-4],
      [' 7 ', 7],
      ['1,5', 1.5],
      ['−3', -3],
    ] as const)
      expect(field.parse(written)).toBe(value);
    for (const written of [
      '',
      ' ',
      'NaN',
      'Infinity',
      '0x10',
      '1,000',
      '1_000',
      '1e',
      'e5',
      '1 2',
      '--1',
      'five',
      '١',
    ])
      expect(accepts(field, field.parse(written)), written).toBe(false);
    expect(accepts(field, field.parse('1e999'))).toBe(false);
  });

  it('writes text that reads back as the same number', () => {
    for (const value of [0.1, 1 / 3, 1e-7, 1.2345678901234567e-5, 100, 1e21, Number.MIN_VALUE])
      expect(field.parse(formatNumber(value))).toBe(value);
  });
});

describe('the kinds of fields', () => {
  it('keep label, help, default and whether a change resets', () => {
    for (const field of [
      number(1, 0, 2, META),
      integer(1, 0, 2, META),
      choice('a', ['a', 'b'], META),
      flag(true, META),
      text('a', 3, META),
      list([1], 0, 2, true, 3, META),
      widths([[1]], 4, 2, META),
    ] as Field<unknown>[]) {
      expect([field.label, field.help, field.resets]).toEqual(['Label', 'Help', false]);
      expect(accepts(field, field.default)).toBe(true);
      expect(field.allowed).not.toBe('');
    }
    expect(integer(1, 0, 2, { ...META, resets: true }).resets).toBe(true);
  });

  it('write lists and widths as in links', () => {
    const batch = list([64], 1, 8192, true, 3, META);
    expect([batch.format([32, 32]), batch.parse('32/16/8')]).toEqual(['32/32', [32, 16, 8]]);
    const hidden = widths([[16, 16]], 512, 4, META);
    expect([hidden.format([[32], [24, 24]]), hidden.parse('32/24-24')]).toEqual([
      '32/24-24',
      [[32], [24, 24]],
    ]);
    expect(flag(true, META).parse('false')).toBe(false);
  });

  it('read numbers with a comma, and a comma that may separate as none', () => {
    const factors = list([1], 0.01, 100, false, 9, META);
    for (const [written, values] of [
      ['0,5', [0.5]],
      ['0,5/1', [0.5, 1]],
      ['1,5/2', [1.5, 2]],
    ] as const)
      expect(factors.parse(written)).toEqual(values);
    for (const written of ['1,5', '1,2,3', '1, 2'])
      expect(accepts(factors, factors.parse(written)), written).toBe(false);
    expect(widths([[1]], 512, 4, META).parse('32/24–24')).toEqual([[32], [24, 24]]);
    const steps = integer(1, 0, 9999, META);
    expect([steps.parse('5.0'), steps.parse('5.000'), steps.parse('5,000')]).toEqual([5, '5.000', '5,000']);
  });

  it('say how a number is written where it could be meant', () => {
    const [rate, steps] = [number(1, 0, 9999, META), integer(1, 0, 9999, META)];
    const thousands = ', with nothing between its thousands';
    expect(allowedInstead(rate, '1,000')).toBe(rate.allowed + thousands);
    expect(allowedInstead(steps, '1.000')).toBe(steps.allowed + thousands);
    expect(allowedInstead(steps, '٣')).toBe(`${steps.allowed}, in the digits 0 to 9`);
    expect(allowedInstead(steps, 'x')).toBe(steps.allowed);
    expect(allowedInstead(choice('a', ['a'], META), '1,000')).toBe('a');
  });

  it('do not take inherited names for values', () => {
    for (const written of ['toString', 'constructor', '__proto__']) {
      expect(accepts(flag(true, META), flag(true, META).parse(written))).toBe(false);
      expect(accepts(choice('a', ['a', 'b'], META), written)).toBe(false);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { packTable, TableError } from '../samples.ts';
import { nameOfTable } from '../table.ts';
import { type OwnSeries, packSeries, unpackSeries } from './own-series.ts';
import { unevenAt } from './spacing.ts';

const series: OwnSeries = {
  name: 'tides.csv',
  time: 'hour',
  measured: 'height',
  begin: 3.5,
  interval: 0.25,
  values: Float64Array.from({ length: 500 }, (_, i) => 120 + 80 * Math.sin(i / 9)),
};

describe('a series as text', () => {
  it('comes back to 24 bits', () => {
    const back = unpackSeries(packSeries(series));
    expect(back).toMatchObject({ name: 'tides.csv', time: 'hour', measured: 'height', begin: 3.5 });
    expect(back.interval).toBeCloseTo(0.25, 12);
    expect(back.values).toHaveLength(500);
    back.values.forEach((value, i) => {
      expect(Math.abs(value - series.values[i])).toBeLessThan(160 * 2 ** -23);
    });
  });

  it('keeps the order of as many samples as a table has rows', () => {
    const long = { ...series, interval: 1, values: Float64Array.from({ length: 100_000 }, (_, i) => i % 97) };
    const { values, interval } = unpackSeries(packSeries(long));
    expect(interval).toBeCloseTo(1, 10);
    expect(values.every((value, i) => Math.abs(value - (i % 97)) < 1e-4)).toBe(true);
  });

  const columns = (times: readonly number[]) =>
    packTable('t', [
      { name: 'time', values: Float64Array.from(times) },
      { name: 'value', values: Float64Array.from(times, (_, i) => i * i) },
    ]);

  it.each([
    ['nothing', '', /^data: “” is not allowed; allowed: a series/],
    ['only a name', nameOfTable(packSeries(series)), /“tides\.csv” \(500 rows, checksum [\da-f]{8}\)/],
    [
      'three columns',
      packTable(
        't',
        ['a', 'b', 'c'].map((name) => ({ name, values: Float64Array.from({ length: 20 }, (_, i) => i) })),
      ),
      /with 3 columns is not allowed; allowed: two, time and value/,
    ],
    [
      'a gap',
      columns([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]),
      /^data: row \d+ of “t” is not allowed; allowed: times/,
    ],
    [
      'times that fall',
      columns([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]),
      /^data: row 2 of “t” is not allowed; allowed: times/,
    ],
    ['words', 'my series', /^data: “my series” is not allowed/],
  ])('is refused with %s', (_, text, message) => {
    expect(() => unpackSeries(text)).toThrow(message);
    expect(() => unpackSeries(text)).toThrow(TableError);
  });
});

describe('unevenAt', () => {
  it('allows rounded times, and finds the first that is elsewhere', () => {
    expect(unevenAt([0, 0.33, 0.67, 1, 1.33, 1.67, 2])).toBeUndefined();
    expect(unevenAt([0, 1, 2, 3.2, 4, 5])).toBe(3);
    expect(unevenAt([0, 1, 2, 2, 4])).toBe(3);
    // A gap is named where it is, not where the spacing over all of it first fails.
    expect(unevenAt(Array.from({ length: 300 }, (_, i) => (i < 100 ? i : i + 5)))).toBe(100);
    expect(unevenAt([0, 1, 2, 3, 4, 5, 1])).toBe(6);
    expect(unevenAt([5, 5, 5])).toBe(1);
    expect(unevenAt([0, 1, Number.NaN, 3])).toBe(2);
  });
});

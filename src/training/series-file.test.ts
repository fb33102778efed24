import { describe, expect, it } from 'vitest';
import { packSeries, unpackSeries } from '../problems/series/own-series.ts';
import type { DecimalSign, Reading } from './data-file.ts';
import { FileError } from './file-error.ts';
import { likelySeries, readSeriesSheet, seriesOf } from './series-file.ts';

const read = (text: string, reading: Omit<Reading, 'single'> = {}, decimal?: DecimalSign) => {
  const sheet = readSeriesSheet('a.csv', new TextEncoder().encode(text), reading);
  return seriesOf(sheet, likelySeries(sheet), decimal);
};
const VALUES = [1.5, 2.25, -3, 4, 5.5, 6, 7.125, 8, 9, 10.5, 12, 11];
const lines = (row: (value: number, i: number) => string) => VALUES.map(row).join('\n');
const german = (value: number) => String(value).replace('.', ',');

describe('a series from a file', () => {
  it.each<[string, string, object]>([
    ['one column', lines(String), { measured: 'column 1', time: 'sample', begin: 0, interval: 1 }],
    ['a name over it', `level in m\n${lines(String)}\n`.replaceAll('\n', '\r\n'), { measured: 'level in m' }],
    ['decimal commas', lines(german), { measured: 'column 1' }],
    ['decimal commas under a name', `Pegel\n${lines(german)}`, { measured: 'Pegel' }],
    [
      'a comma in every line',
      lines((v) => (Number.isInteger(v) ? `${v},0` : german(v))),
      { measured: 'column 1' },
    ],
    [
      'time and value',
      `t,x\n${lines((v, i) => `${2000 + i / 4},${v}`)}`,
      { time: 't', measured: 'x', begin: 2000, interval: 0.25 },
    ],
    [
      'semicolons and decimal commas',
      lines((v, i) => `${german(i / 2)};${german(v)}`),
      { time: 'column 1', interval: 0.5 },
    ],
    ['rounded times', lines((v, i) => `${(i / 3).toFixed(2)}\t${v}`), { time: 'column 1' }],
    ['words beside it', `t,x,who\n${lines((v, i) => `${i},${v},a${i}`)}`, { time: 't', interval: 1 }],
    ['lines of notes', `# of a station\n${lines(String)}`, {}],
  ])('with %s', (_, text, expected) => {
    const { series } = read(text);
    expect([...series.values]).toEqual(VALUES);
    expect(series).toMatchObject({ name: 'a.csv', ...expected });
    expect(unpackSeries(packSeries(series)).interval).toBeCloseTo(series.interval, 6);
  });

  it('takes whole numbers after times in equal steps for values', () => {
    const whole = [7, 1, 25, 3, 0, 9, 4, 4, 8, 2];
    const { series } = read(whole.map((v, i) => `${10 + 2 * i},${v}`).join('\n'));
    expect([...series.values]).toEqual(whole);
    expect(series).toMatchObject({ begin: 10, interval: 2 });
    const decimals = read(whole.map((v, i) => `${10 + 2 * i},${v}`).join('\n'), { separator: ';' });
    expect([...decimals.series.values]).toEqual(whole.map((v, i) => Number(`${10 + 2 * i}.${v}`)));
  });

  it('of many columns leaves the choice open', () => {
    const sheet = readSeriesSheet('a.csv', new TextEncoder().encode(lines((v, i) => `${i},${v},${-v}`)));
    expect(likelySeries(sheet)).toEqual([]);
    expect([...seriesOf(sheet, [2]).series.values]).toEqual(VALUES.map((v) => -v));
    expect(seriesOf(sheet, [0, 2]).series.time).toBe('column 1');
  });
});

describe('a file without a series is refused by line, value and what is allowed:', () => {
  it.each<[string, string, RegExp]>([
    ['nothing', '', /^file: “nothing but blanks” .*one column or more/],
    ['few samples', '1\n2\n3', /^file: “3 rows of numbers” .*at least 10/],
    ['a word', lines((v, i) => (i === 4 ? 'n/a' : String(v))), /^line 5, column 1 .*: “n\/a” .*a number/],
    ['words alone', lines(() => 'n/a'), /^columns: “none of 1 chosen” .*the values/],
    [
      'a value that is none beside times',
      `t,x\n${lines((v, i) => `${i},${i === 4 ? 'NaN' : v}`)}`,
      /^line 6, column 2 \(x\): “NaN” .*a number/,
    ],
    ['a missing sample', lines((v, i) => (i === 4 ? '' : String(v))), /^line 5: “” .*equally spaced/],
    [
      'a missing value',
      lines((v, i) => `${i},${i === 4 ? '' : v}`),
      /^line 5, column 2 \(column 2\): “” .*equally spaced/,
    ],
    [
      'a gap in time',
      `t,x\n${lines((v, i) => `${i < 6 ? i : i + 1},${v}`)}`,
      /^line \d+, column 1 \(t\): “\d” .*equal steps/,
    ],
    [
      'times that fall',
      lines((v, i) => `${-i},${v}`),
      /^line 2, column 1 \(column 1\): “-1” .*increase in equal steps/,
    ],
    ['one value', lines(() => '5'), /^column 1 \(column 1\): “5 in every row”/],
    [
      'thousands',
      lines((v, i) => (i === 1 ? '1,234,567' : String(v))),
      /^line 2: “3 cells” .*1, as in line 1/,
    ],
  ])('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(FileError);
  });

  it('a choice of columns that cannot be meant', () => {
    const sheet = readSeriesSheet('a.csv', new TextEncoder().encode(lines((v, i) => `${i},${v},${-v}`)));
    for (const chosen of [[], [0, 1, 2], [3], [1, 1]])
      expect(() => seriesOf(sheet, chosen)).toThrow(/^columns: .* is not allowed; allowed: /);
  });
});

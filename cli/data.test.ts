import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { unpackTable } from '../src/problems/samples.ts';
import { unpackSeries } from '../src/problems/series/own-series.ts';
import { seriesTextOf, tableOf } from './data.ts';

const folder = mkdtempSync(join(tmpdir(), 'data-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(head: string, row: (i: number) => (number | string)[]): string {
  const path = join(folder, 'a table.csv');
  writeFileSync(path, [head, ...Array.from({ length: 12 }, (_, i) => row(i).join(';'))].join('\n'));
  return path;
}
const four = () => file('a;b;c;1', (i) => [i, i * i, `${i},5`, -i]);

it('takes the columns that can only be meant, else those that are named, by number too', () => {
  const table = unpackTable(tableOf(file('a;word;b', (i) => [i, `w${i}`, `${i * i},5`])));
  expect(table).toMatchObject({ name: 'a table.csv', rows: 12 });
  expect(table.columns.map(({ name, from, to }) => [name, from, to])).toEqual([
    ['a', 0, 11],
    ['b', 0.5, 121.5],
  ]);
  // A name stands before a number.
  for (const [words, names] of [
    ['c, a', ['c', 'a']],
    ['2,3,1', ['b', 'c', '1']],
  ] as const)
    expect(unpackTable(tableOf(four(), words)).columns.map(({ name }) => name)).toEqual(names);
});

it('says what it left out, and what could be meant otherwise', () => {
  const said: string[] = [];
  tableOf(
    file('a;b', (i) => [i, i === 3 ? '' : `${i + 1},000`]),
    undefined,
    (line) => said.push(line),
  );
  expect(said).toEqual([
    expect.stringMatching(/a table\.csv: 1 of 12 rows have an empty cell and are left out$/),
    expect.stringMatching(/“1,000” is read as 1\.000$/),
  ]);
});

it.each([
  [undefined, /^--columns: “”.*one or two inputs and the target of a, b, c, 1/],
  ['a', /^--data: .*columns: “a of 4 chosen” is not allowed/],
  ['a,a', /^--data: .*each column once/],
  [
    'a,B',
    /^--columns: “B” is not allowed \(did you mean “b”\?\); allowed: a, b, c, 1, or numbers from 1 to 4/,
  ],
  ['a,0', /^--columns: “0”/],
  ['a,5', /^--columns: “5”/],
])('refuses columns %s', (columns, message) => {
  expect(() => tableOf(four(), columns)).toThrow(message);
});

it('refuses a file with its line and column', () => {
  const path = file('a;b', (i) => [i, i === 7 ? 'x' : 2 * i]);
  // Columns are not chosen round the fault either: of a series the times alone would be left.
  for (const read of [() => tableOf(path, 'a,b'), () => tableOf(path), () => seriesTextOf(path)])
    expect(read).toThrow(
      /^--data: “.*a table\.csv” is not allowed; allowed: a table \(line 9, column 2 \(b\): “x” is not allowed/,
    );
});

it('reads a series of time and value, or of values alone; a time out of step is named', () => {
  const series = unpackSeries(seriesTextOf(file('hour;level', (i) => [2 * i, `${i * i},5`])));
  expect(series).toMatchObject({ time: 'hour', measured: 'level', begin: 0, interval: 2 });
  expect(series.values[3]).toBeCloseTo(9.5, 4);
  expect(unpackSeries(seriesTextOf(four(), 'b'))).toMatchObject({ measured: 'b', begin: 0, interval: 1 });
  expect(() => seriesTextOf(four())).toThrow(/^--columns: “”.*their time and the values, of a, b, c, 1/);
  expect(() => seriesTextOf(file('t;x', (i) => [i === 5 ? 5.5 : i, i * i]))).toThrow(
    /^--data: .*line 7, column 1 \(t\): “5\.5” is not allowed; allowed: times that increase in equal steps/,
  );
});

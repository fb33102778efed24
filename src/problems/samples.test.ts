import { describe, expect, it } from 'vitest';
import type { ProblemParams } from './problem.ts';
import { ownUnit, packTable, samplesProblem, TableError, unpackTable } from './samples.ts';
import {
  inputsOf,
  isTableMissing,
  LINK_CHARACTERS,
  linkOfTable,
  nameOfTable,
  TABLE_TEXT,
  type TableParams,
  tableOfLink,
} from './table.ts';

const column = (name: string, rows: number, value: (i: number) => number) => ({
  name,
  values: Float64Array.from({ length: rows }, (_, i) => value(i)),
});
const small = packTable('a/b.csv', [
  column('year', 40, (i) => 1_700_000_000 + i * 3600),
  column('T/°C', 40, (i) => -3e-5 + 1e-6 * ((i * i) % 17)),
]);
const large = packTable('large.csv', [
  column('x', 900, (i) => i),
  column('y', 900, (i) => Math.sin(i)),
  column('z', 900, (i) => Math.cos(i)),
]);
const paramsOf = (text: string, more: object = {}) =>
  ({ dataSeed: 3, data: text, testShare: 0.25, noise: 0, ...more }) as unknown as ProblemParams & TableParams;

describe('a table as text', () => {
  it('keeps every number to 24 bits of its column’s range, and what makes it', () => {
    const table = unpackTable(small);
    expect(table).toMatchObject({ name: 'a∕b.csv', rows: 40 });
    const [year, temperature] = table.columns;
    expect([year.name, temperature.name]).toEqual(['year', 'T∕°C']);
    for (let i = 0; i < 40; i++) {
      expect(Math.abs(ownUnit(year, year.values[i]) - (1_700_000_000 + i * 3600))).toBeLessThan(0.02);
      const degrees = -3e-5 + 1e-6 * ((i * i) % 17);
      expect(Math.abs(ownUnit(temperature, temperature.values[i]) - degrees)).toBeLessThan(2e-12);
    }
    expect(Math.min(...year.values)).toBe(-1);
    expect(Math.max(...year.values)).toBe(1);
    expect([inputsOf(small), inputsOf(large), inputsOf('')]).toEqual([1, 2, 2]);
  });

  it('goes into a link whole where it is small, else by name, which reads back where it was written', () => {
    expect(linkOfTable(small)).toBe(small);
    expect(tableOfLink(small)).toBe(small);
    const name = linkOfTable(large);
    expect(name).toMatch(/^large\.csv\/900\/[0-9a-f]{8}\/x\/0\/899\/y\//);
    expect(name).toBe(nameOfTable(large));
    expect(name.length).toBeLessThan(200);
    expect(tableOfLink(name)).toBe(large);
    const elsewhere = name.replace('large', 'other');
    expect(tableOfLink(elsewhere)).toBe(elsewhere);
    expect([isTableMissing(name), isTableMissing(large), isTableMissing('')]).toEqual([true, false, false]);
    expect(inputsOf(elsewhere)).toBe(2);
    expect(small.length - nameOfTable(small).length).toBeLessThan(LINK_CHARACTERS);
  });

  it.each([
    ['a rest', `${small}/AAAA`],
    ['numbers that are missing in part', small.slice(0, -1)],
    ['no rows', small.replace('/40/', '/0/')],
    ['too many rows', nameOfTable(small).replace('/40/', '/100001/')],
    ['an empty range', nameOfTable(small).replace(/\/[^/]+$/, '/-3e-5')],
    ['a range without end', nameOfTable(small).replace(/\/[^/]+$/, '/1e999')],
    ['one column', small.split('/').slice(0, 6).join('/')],
    ['words', 'my data'],
    ['a line break', small.replace('year', 'ye\nar')],
  ])('with %s is refused', (_, text) => {
    expect(() => unpackTable(text)).toThrow(/^data: .* is not allowed; allowed: /s);
  });

  it('is refused in a sentence, however long its names are', () => {
    const long = 'x'.repeat(5000);
    const texts = [
      small.replace(/^[^/]*/, long).replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')),
      nameOfTable(small).replace(/^[^/]*/, long),
      nameOfTable(small).replace(/\/[^/]+(\/[^/]+)\/[^/]+$/, `/${long}$1/-1e9`),
    ];
    for (const text of texts)
      expect(() => samplesProblem(paramsOf(text))).toThrow(/^data: .*x{37}….{0,200}$/);
  });

  it('whose numbers came to harm is not learned from, and neither is one that is only named', () => {
    const harmed = small.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A'));
    expect(harmed).toMatch(TABLE_TEXT);
    expect(() => samplesProblem(paramsOf(harmed))).toThrow(TableError);
    expect(() => samplesProblem(paramsOf(nameOfTable(large)))).toThrow(
      /“large\.csv” \(900 rows, checksum [0-9a-f]{8}\)/,
    );
  });
});

describe('data of a table', () => {
  /** Rows by their inputs: targets in the table's own unit. */
  const rowsOf = (set: ReturnType<typeof samplesProblem>['train'], unit: number, offset = 0) =>
    Array.from(set.target, (value, i): [string, number] => {
      const { width, inputs } = set.factors[0];
      return [inputs.slice(i * width, (i + 1) * width).join(), value * unit + offset];
    });

  it.each([
    ['one input', small],
    ['two inputs', large],
    ['the example', ''],
  ])('of %s are every row once, to learn from or for the test', (_, text) => {
    const made = samplesProblem(paramsOf(text));
    const { columns, rows } = unpackTable(text);
    const target = columns[columns.length - 1];
    const { unit, offset } = made;
    const got = new Map([...rowsOf(made.train, unit, offset), ...rowsOf(made.test, unit, offset)]);
    expect(got.size).toBe(rows);
    for (let i = 0; i < rows; i++) {
      const inputs = columns.slice(0, -1).map(({ values }) => values[i]);
      const miss = (got.get(inputs.join()) ?? Number.NaN) - ownUnit(target, target.values[i]);
      expect(Math.abs(miss)).toBeLessThan(1e-6 * (target.to - target.from));
    }
    expect(made.test.target).toHaveLength(Math.round(0.25 * rows));
    expect(made.coarse.target).toHaveLength(Math.min(1000, made.test.target.length));
    expect(Math.max(...[...made.train.target, ...made.test.target].map(Math.abs))).toBeCloseTo(0.78, 5);
    const sum = Array.from(made.train.target).reduce((a, b) => a + b, 0);
    expect(Math.abs(sum / made.train.target.length)).toBeLessThan(1e-6);
  });

  it('are the same by the same seed, others by another', () => {
    expect(samplesProblem(paramsOf(small))).toEqual(samplesProblem(paramsOf(small)));
    const other = samplesProblem(paramsOf(small, { dataSeed: 4 }));
    expect(other.test.factors[0].inputs).not.toEqual(samplesProblem(paramsOf(small)).test.factors[0].inputs);
  });

  it('have noise of the stated size on what is learned, none on what is tested', () => {
    const [clean, noisy] = [0, 0.5].map((noise) => samplesProblem(paramsOf(large, { noise })));
    expect(noisy.test).toEqual(clean.test);
    const square = (values: ArrayLike<number>) =>
      Array.from(values, (v) => v * v).reduce((a, b) => a + b) / values.length;
    const added = Array.from(noisy.train.target, (value, i) => value - clean.train.target[i]);
    const share = Math.sqrt(square(added) / square(clean.train.target));
    // 675 normal numbers: five standard deviations of their root mean square.
    expect(Math.abs(share / 0.5 - 1)).toBeLessThan(5 / Math.sqrt(2 * 675));
  });

  it('always leave rows on both sides', () => {
    const least = packTable('ten', [column('x', 10, (i) => i), column('y', 10, (i) => i * i)]);
    for (const testShare of [0.05, 0.9]) {
      const made = samplesProblem(paramsOf(least, { testShare }));
      expect(made.test.target.length).toBeGreaterThan(0);
      expect(made.train.target.length).toBeGreaterThan(0);
    }
  });
});

import { EXPERIMENTS } from '../../experiments/table.ts';
import type { ProblemData } from '../../problems/problem.ts';
import { type Column, ownUnit, samplesProblem, type Table, unpackTable } from '../../problems/samples.ts';
import { isTableMissing, nameOfTable } from '../../problems/table.ts';
import type { Dataset } from '../../snn/network.ts';
import type { Config } from '../../training/config.ts';
import { problemParams } from '../../training/specs.ts';
import { formatCount } from '../format.ts';

/** A table and the data made of it: what the worker has, made here once more to be drawn. */
export interface Samples {
  readonly table: Table;
  readonly data: ProblemData;
  readonly inputs: readonly Column[];
  readonly target: Column;
}

let last: { readonly key: string; readonly samples: Samples | undefined } | undefined;

/** The table of a configuration; undefined where it is only named, or came to harm. */
export function samplesOf(config: Config): Samples | undefined {
  const key = [config.testShare, config.noise, config.dataSeed, config.data].join();
  if (last?.key !== key) last = { key, samples: made(config) };
  return last.samples;
}

function made(config: Config): Samples | undefined {
  if (EXPERIMENTS[config.experiment].shape !== 'scatter' || isTableMissing(config.data)) return undefined;
  try {
    const table = unpackTable(config.data);
    const inputs = table.columns.slice(0, -1);
    return {
      table,
      data: samplesProblem(problemParams(config)),
      inputs,
      target: table.columns[inputs.length],
    };
  } catch {
    return undefined;
  }
}

/** What names the table that is to be learned and is not there: it is only named, or came to harm. */
export function missingTable(config: Config): string | undefined {
  const scattered = EXPERIMENTS[config.experiment].shape === 'scatter';
  return scattered && !samplesOf(config) ? nameOfTable(config.data) : undefined;
}

/** Points of a table: inputs as the network is fed them, values in the target's unit. */
export interface Points {
  readonly width: number;
  readonly inputs: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** So many points of a set are drawn; of a larger one these are as good as any, as its rows are drawn at random. */
const MOST_POINTS = 1500;

const drawn = new WeakMap<Dataset, Points>();

/** The first rows of a set, in the table's units. */
export function pointsOf({ data: { unit, offset = 0 } }: Samples, set: Dataset): Points {
  let points = drawn.get(set);
  if (!points) {
    const [{ width, inputs }] = set.factors;
    const values = Float64Array.from(set.target.slice(0, MOST_POINTS), (value) => value * unit + offset);
    points = { width, inputs: inputs.slice(0, values.length * width), values };
    drawn.set(set, points);
  }
  return points;
}

/** Network minus target on the test rows on which it was evaluated. */
export function errorsOf(
  samples: Samples,
  { grid, values }: { readonly grid: 'coarse' | 'stated'; readonly values: ArrayLike<number> },
): Points | undefined {
  const set = grid === 'coarse' ? samples.data.coarse : samples.data.test;
  // What was evaluated before the data changed is of other rows.
  if (values.length !== set.target.length) return undefined;
  const target = pointsOf(samples, set);
  return { ...target, values: Float64Array.from(target.values, (value, i) => values[i] - value) };
}

/** A number of a column as its range calls for: “1,234.5” has as many digits as tell 1/1000 of the range apart. */
export function unitText(value: number, { from, to }: Pick<Column, 'from' | 'to'>): string {
  const size = Math.max(Math.abs(from), Math.abs(to));
  const digits = Math.min(15, Math.max(3, Math.ceil(Math.log10(size / (to - from))) + 4));
  const text = String(Number(value.toPrecision(digits)));
  return text.replaceAll('-', '\u2212');
}

/** “x 1.2, y 3.4”: inputs in their own units. */
export const placeText = (columns: readonly Column[], row: readonly number[]): string =>
  columns.map((column, k) => `${column.name} ${unitText(ownUnit(column, row[k]), column)}`).join(', ');

/** “large.csv, 900 rows of x, y and z, checksum 01234567”. */
export function describeTable(name: string): string {
  const [file, rows, checksum, ...columns] = name.split('/');
  const names = columns.filter((_, k) => k % 3 === 0);
  return `“${file}”, ${formatCount(Number(rows))} rows of ${names.slice(0, -1).join(', ')} and ${names.at(-1)}, checksum ${checksum}`;
}

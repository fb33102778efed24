import { packTable, TableError, unpackTable } from '../samples.ts';
import { isTableMissing, shortName } from '../table.ts';
import { unevenAt } from './spacing.ts';

/** A series that a reader brings, equally spaced in time. */
export interface OwnSeries {
  readonly name: string;
  /** What its time and its values are called. */
  readonly time: string;
  readonly measured: string;
  /** Time of the first sample, and from one sample to the next. */
  readonly begin: number;
  readonly interval: number;
  readonly values: Float64Array;
}

/** What the time of a series is called whose file has none: its samples are counted. */
export const NO_TIME = 'sample';

/** A series as text: a table of time and value (`packTable`), so that links and files carry it as they do any table. */
export function packSeries({ name, time, measured, begin, interval, values }: OwnSeries): string {
  const times = Float64Array.from(values, (_, i) => begin + i * interval);
  return packTable(name, [
    { name: time, values: times },
    { name: measured, values },
  ]);
}

/** Inverse of `packSeries`, to 24 bits of the values' range. @throws TableError */
export function unpackSeries(text: string): OwnSeries {
  if (text === '')
    throw new TableError('data: “” is not allowed; allowed: a series: open a file that has one');
  const { name, rows, checksum, columns } = unpackTable(text);
  if (columns.length !== 2)
    throw new TableError(
      `data: “${shortName(name)}” with ${columns.length} columns is not allowed; allowed: two, time and value`,
    );
  if (isTableMissing(text))
    throw new TableError(
      `data: “${shortName(name)}” (${rows} rows, checksum ${checksum}) is too large for a link, which only names it: open that file to train on it`,
    );
  const [time, measured] = columns;
  const uneven = unevenAt(time.values);
  if (uneven !== undefined)
    throw new TableError(
      `data: row ${uneven + 1} of “${shortName(name)}” is not allowed; allowed: times that increase in equal steps`,
    );
  const span = measured.to - measured.from;
  return {
    name,
    time: time.name,
    measured: measured.name,
    begin: time.from,
    interval: (time.to - time.from) / (rows - 1),
    values: Float64Array.from(measured.values, (value) => measured.from + (span * (value + 1)) / 2),
  };
}

import { NO_TIME, type OwnSeries } from '../problems/series/own-series.ts';
import { unevenAt } from '../problems/series/spacing.ts';
import {
  type DecimalSign,
  numbersIn,
  placeIn,
  type Reading,
  readSheet,
  refusedColumns,
  type Sheet,
} from './data-file.ts';
import { FileError } from './file-error.ts';

/** A series of a file, and how its numbers were read. */
export interface SeriesOfFile {
  readonly series: OwnSeries;
  readonly decimal: DecimalSign;
  /** A number whose comma or point could as well be one between thousands. */
  readonly doubtful?: string;
}

/** A file of one column or more. @throws FileError naming place, value and what is allowed */
export const readSeriesSheet = (
  name: string,
  bytes: Uint8Array,
  reading: Omit<Reading, 'single'> = {},
): Sheet => readSheet(name, bytes, { ...reading, single: true });

/** Columns that can only be meant: the one with numbers, or time and value. */
export const likelySeries = ({ numeric }: Sheet): readonly number[] => (numeric.length <= 2 ? numeric : []);

/**
 * A series of one column of values, equally spaced by 1 from 0, or of time and value.
 * @param decimal the sign, where both occur; else it is what occurs
 * @throws FileError naming line and column
 */
export function seriesOf(sheet: Sheet, chosen: readonly number[], decimal?: DecimalSign): SeriesOfFile {
  const { rows, lines, names } = sheet;
  if (chosen.length < 1 || chosen.length > 2)
    throw refusedColumns(sheet, chosen, 'the values, or their time and the values');
  for (const i of rows.keys()) {
    const empty = chosen.find((k) => rows[i][k]?.trim() === '');
    if (empty !== undefined)
      throw new FileError(placeIn(sheet, i, empty), '', `a number: ${EQUALLY}, so that none may be missing`);
    if (i > 0 && names.length === 1 && lines[i] > lines[i - 1] + 1)
      throw new FileError(
        `line ${lines[i - 1] + 1}`,
        '',
        `a number: ${EQUALLY}, so that none may be missing`,
      );
  }
  const { columns, decimal: sign, doubtful } = numbersIn(sheet, chosen, decimal);
  const measured = columns[columns.length - 1];
  const [time] = columns.length === 2 ? columns : [undefined];
  const uneven = time && unevenAt(time.values);
  if (time && uneven !== undefined)
    throw new FileError(
      placeIn(sheet, uneven, chosen[0]),
      rows[uneven][chosen[0]],
      'times that increase in equal steps; or choose the values alone, which are then taken as equally spaced',
    );
  const last = measured.values.length - 1;
  return {
    series: {
      name: sheet.name,
      time: time?.name ?? NO_TIME,
      measured: measured.name,
      begin: time?.values[0] ?? 0,
      interval: time ? (time.values[last] - time.values[0]) / last : 1,
      values: measured.values,
    },
    decimal: sign,
    ...(doubtful !== undefined && { doubtful }),
  };
}

const EQUALLY = 'the samples of a series are equally spaced in time';

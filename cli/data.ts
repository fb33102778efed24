import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { packTable } from '../src/problems/samples.ts';
import { packSeries } from '../src/problems/series/own-series.ts';
import { likelyColumns, numbersOf, readSheet, type Sheet } from '../src/training/data-file.ts';
import { FileError } from '../src/training/file-error.ts';
import { likelySeries, readSeriesSheet, seriesOf } from '../src/training/series-file.ts';
import { UsageError } from './faults.ts';

/**
 * A table of a CSV or TSV file as the setting `data`: the same text as the page makes of the file.
 * @param columns one or two inputs, then the target, by name or by number from 1, with commas between them; without them those
 *   that can only be meant
 * @param say told what was done on reading that could have been meant otherwise
 * @throws UsageError
 */
export function tableOf(path: string, columns?: string, say: (line: string) => void = console.error): string {
  const sheet = attempt(path, () => readSheet(basename(path), readFileSync(path)));
  const chosen = columns === undefined ? likelyColumns(sheet) : columnsOf(sheet, columns);
  const all = sheet.names.join(', ');
  if (chosen.length === 0)
    throw new UsageError('--columns', '', `one or two inputs and the target of ${all}, as “--columns a,b,c”`);
  const numbers = attempt(path, () => numbersOf(sheet, chosen));
  const { leftOut, doubtful } = numbers;
  if (leftOut > 0)
    say(`${path}: ${leftOut} of ${sheet.rows.length} rows have an empty cell and are left out`);
  if (doubtful !== undefined) say(`${path}: “${doubtful}” is read as ${doubtful.replace(',', '.')}`);
  return packTable(sheet.name, numbers.columns);
}

/**
 * A series of a CSV or TSV file as the setting `data`.
 * @param columns its time and its values, or the values alone, as in `tableOf`; without them those that can only be meant
 * @throws UsageError
 */
export function seriesTextOf(
  path: string,
  columns?: string,
  say: (line: string) => void = console.error,
): string {
  const sheet = attempt(path, () => readSeriesSheet(basename(path), readFileSync(path)));
  const chosen = columns === undefined ? likelySeries(sheet) : columnsOf(sheet, columns);
  if (chosen.length === 0)
    throw new UsageError(
      '--columns',
      '',
      `the values, or their time and the values, of ${sheet.names.join(', ')}, as “--columns time,value”`,
    );
  const { series, doubtful } = attempt(path, () => seriesOf(sheet, chosen));
  if (doubtful !== undefined) say(`${path}: “${doubtful}” is read as ${doubtful.replace(',', '.')}`);
  return packSeries(series);
}

function columnsOf({ names }: Sheet, text: string): number[] {
  return text.split(',').map((word) => {
    const name = word.trim();
    const k = names.indexOf(name);
    if (k >= 0) return k;
    if (/^\d+$/.test(name) && names[Number(name) - 1] !== undefined) return Number(name) - 1;
    throw new UsageError(
      '--columns',
      name,
      `${names.join(', ')}, or numbers from 1 to ${names.length}`,
      names,
    );
  });
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError('--data', path, 'a file that is there');
    if (error instanceof FileError || code !== undefined)
      throw new UsageError('--data', path, `a table (${message})`);
    throw error;
  }
}

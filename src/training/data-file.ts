import Papa from 'papaparse';
import { unevenAt } from '../problems/series/spacing.ts';
import { LEAST_ROWS, MOST_ROWS, shortName } from '../problems/table.ts';
import { FileError } from './file-error.ts';

/** Largest file that is read. */
export const MOST_BYTES = 10_000_000;
const LARGEST = 1e100;

const SEPARATORS = ['\t', ';', ','] as const;
export type Separator = (typeof SEPARATORS)[number];
export type DecimalSign = '.' | ',';

/** How a file is to be read, where that is not left to it. */
export interface Reading {
  readonly separator?: Separator;
  readonly headed?: boolean;
  /**
   * A file of one column is read too. Lines such as 12,5 then are one number each, with a decimal comma, unless what stands before
   * the commas are times in equal steps.
   */
  readonly single?: boolean;
}

/** The cells of a file, and how they were read. */
export interface Sheet {
  readonly name: string;
  /** Names of the columns: of the first row or, where that has numbers alone, “column 1” and so on. No two are alike. */
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Line in which each row begins, counted from 1. */
  readonly lines: readonly number[];
  /** Columns of numbers: most of their cells that are not empty look like one. A cell that does not is a fault of its own. */
  readonly numeric: readonly number[];
  readonly separator: Separator;
  readonly headed: boolean;
  readonly encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
  /** Names that stood in the header more than once. */
  readonly repeated: readonly string[];
}

/** Numbers of chosen columns, and how they were read. */
export interface Numbers {
  readonly columns: readonly { readonly name: string; readonly values: Float64Array }[];
  readonly decimal: DecimalSign;
  /** Rows left out because a chosen cell is empty. */
  readonly leftOut: number;
  /** A number whose comma or point could as well be one between thousands. */
  readonly doubtful?: string;
}

const count = (n: number) => n.toLocaleString('en');

/** @throws FileError naming place, value and what is allowed */
export function readSheet(name: string, bytes: Uint8Array, reading: Reading = {}): Sheet {
  if (bytes.length > MOST_BYTES)
    throw new FileError('file', `${count(bytes.length)} bytes`, `at most ${count(MOST_BYTES)} bytes (10 MB)`);
  const { text: whole, encoding } = textOf(bytes);
  // What this page saves begins with lines of notes; their lines still count.
  const text = whole.replace(/^(?:#[^\n]*\n)+/, (notes) => notes.replace(/[^\n]/g, ''));
  const separator = reading.separator ?? separatorOf(text, reading.single);
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: separator });
  const { rows, lines } = withoutBlanks(data);
  const [fault] = errors;
  if (fault) {
    const line = lines.findLast((_, i) => i <= (fault.row ?? 0)) ?? 1;
    throw new FileError(`line ${line}`, data[fault.row ?? 0]?.at(-1) ?? '', `quotes in pairs: ${QUOTES}`);
  }
  const [first] = rows;
  if (!first)
    throw new FileError(
      'file',
      'nothing but blanks',
      `rows of numbers in ${reading.single ? 'one column or more' : COLUMNS}, ${SEPARATED}`,
    );
  if (first.length < 2 && !reading.single)
    throw new FileError(`line ${lines[0]}`, '1 column', `${COLUMNS}, ${SEPARATED}`);
  const headed = reading.headed ?? first.some((cell) => cell.trim() !== '' && !looksLikeNumber(cell));
  const ragged = rows.findIndex((row) => row.length !== first.length);
  if (ragged >= 0)
    throw new FileError(
      `line ${lines[ragged]}`,
      rows[ragged].length === 1 ? '1 cell' : `${count(rows[ragged].length)} cells`,
      `${first.length}, as in line ${lines[0]}${separator === ',' ? ' (where commas are decimal signs, separate columns by semicolons or tabs)' : ''}`,
    );
  const { names, repeated } = namesOf(first, headed);
  if (headed) {
    rows.shift();
    lines.shift();
  }
  if (rows.length > MOST_ROWS)
    throw new FileError(
      `line ${lines[MOST_ROWS]}`,
      `row ${count(MOST_ROWS + 1)} of ${count(rows.length)}`,
      `at most ${count(MOST_ROWS)} rows`,
    );
  if (rows.length < LEAST_ROWS)
    throw new FileError('file', `${rows.length} rows of numbers`, `at least ${LEAST_ROWS}`);
  const numeric = [...first.keys()].filter((k) => {
    const filled = rows.filter((row) => row[k].trim() !== '');
    return filled.filter((row) => looksLikeNumber(row[k])).length > filled.length / 2;
  });
  return { name, names, rows, lines, numeric, separator, headed, encoding, repeated };
}

const COLUMNS = 'two columns or more';
const SEPARATED = 'separated by commas, semicolons or tabs';
/** Control characters that no text has. */
const CONTROL = /[^\P{Cc}\t\r\n\u0080-\u009f]/u;
const QUOTES = '"…", and "" for one inside';

function textOf(bytes: Uint8Array): { text: string; encoding: Sheet['encoding'] } {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    return { text: new TextDecoder(a === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes), encoding: 'UTF-16' };
  const zero = bytes.indexOf(0);
  if (zero >= 0)
    throw new FileError(
      `byte ${count(zero + 1)}`,
      0,
      'text: as UTF-8, Windows-1252, or UTF-16 with a byte order mark',
    );
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    const strange = CONTROL.exec(text);
    if (strange)
      throw new FileError(
        `byte ${count(strange.index + 1)}`,
        bytes[strange.index],
        'text: as UTF-8, Windows-1252, or UTF-16 with a byte order mark',
      );
    return { text, encoding: 'Windows-1252' };
  }
}

/** What separates the first lines: tabs or semicolons where there are any outside quotes, as commas may be decimal signs beside them. */
function separatorOf(text: string, single = false): Separator {
  const start = text.slice(0, 4000).replace(/"[^"]*"/g, '');
  const found = SEPARATORS.find((separator) => start.includes(separator)) ?? ',';
  return single && found === ',' && commasAreDecimal(text) ? ';' : found;
}

/** Whether lines of a file with one comma at most each are numbers, and not a time and a whole number. */
function commasAreDecimal(text: string): boolean {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const halves = lines.map((line) => /^\s*([+\-−–]?\d+)(?:,(\d+))?\s*$/.exec(line)?.slice(1));
  // A first line that is none has names.
  const headed = halves[0] === undefined;
  const [header] = headed ? [lines.shift(), halves.shift()] : [''];
  if (header?.includes(',') || halves.includes(undefined)) return false;
  const commas = halves.filter((half) => half?.[1] !== undefined).length;
  if (commas < halves.length) return commas > 0;
  return unevenAt(halves.map((half) => Number(half?.[0].replace(MINUS, '-')))) !== undefined;
}

/** Rows that hold anything, and the lines in which they begin: a quoted cell may go over several. */
function withoutBlanks(data: readonly (readonly string[])[]) {
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  let line = 1;
  for (const row of data) {
    if (row.some((cell) => cell.trim() !== '')) {
      rows.push(row);
      lines.push(line);
    }
    line++;
    for (const cell of row) if (cell.includes('\n')) line += cell.split('\n').length - 1;
  }
  return { rows, lines };
}

function namesOf(first: readonly string[], headed: boolean) {
  const repeated = new Set<string>();
  const names = new Set<string>();
  /** Of a name that repeats, the number that comes next. */
  const numbers = new Map<string, number>();
  for (const [k, cell] of first.entries()) {
    const name = (headed && cell.trim()) || `column ${k + 1}`;
    let unique = name;
    let number = numbers.get(name) ?? 2;
    for (; names.has(unique); number++) {
      repeated.add(name);
      unique = `${name} (${number})`;
    }
    numbers.set(name, number);
    names.add(unique);
  }
  return { names: [...names], repeated: [...repeated] };
}

const MINUS = /^[−–]/;
const NUMBER = /^[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?$/i;
const shapeOf = (cell: string) => cell.trim().replace(MINUS, '-');
const looksLikeNumber = (cell: string) => NUMBER.test(shapeOf(cell));

/** Columns that can only be meant: two or three with numbers, the last of them the target. */
export function likelyColumns({ numeric }: Sheet): readonly number[] {
  return numeric.length === 2 || numeric.length === 3 ? numeric : [];
}

/**
 * Numbers of one or two inputs and, last, the target.
 * @param decimal the sign, where both occur; else it is what occurs
 * @throws FileError naming line and column
 */
export function numbersOf(sheet: Sheet, chosen: readonly number[], decimal?: DecimalSign): Numbers {
  if (chosen.length < 2 || chosen.length > 3 || chosen.some((k) => sheet.names[k] === undefined))
    throw refusedColumns(sheet, chosen, 'one or two inputs and a target');
  return numbersIn(sheet, chosen, decimal);
}

/** A choice of columns that cannot be meant. */
export const refusedColumns = ({ names }: Sheet, chosen: readonly number[], allowed: string): FileError =>
  new FileError(
    'columns',
    `${chosen.length === 0 ? 'none' : chosen.map((k) => names[k] ?? k).join(', ')} of ${names.length} chosen`,
    allowed,
  );

/** A column within a sentence. */
export const columnName = ({ names }: Pick<Sheet, 'names'>, k: number): string =>
  `column ${k + 1} (${shortName(names[k])})`;

/** Where a cell stands in its file. */
export const placeIn = (sheet: Sheet, row: number, k: number): string =>
  `line ${sheet.lines[row]}, ${columnName(sheet, k)}`;

/** Numbers of any columns: see `numbersOf`. @throws FileError naming line and column */
export function numbersIn(sheet: Sheet, chosen: readonly number[], decimal?: DecimalSign): Numbers {
  const { rows, names } = sheet;
  if (chosen.some((k) => names[k] === undefined))
    throw refusedColumns(sheet, chosen, `columns 1 to ${names.length}`);
  if (new Set(chosen).size < chosen.length)
    throw new FileError('columns', chosen.map((k) => names[k]).join(', '), 'each column once');
  const kept = [...rows.keys()].filter((i) => chosen.every((k) => rows[i][k].trim() !== ''));
  if (kept.length < LEAST_ROWS)
    throw new FileError('file', `${kept.length} rows without empty cells`, `at least ${LEAST_ROWS}`);
  const sign = decimal ?? decimalOf(sheet, chosen, kept);
  const other = sign === '.' ? ',' : '.';
  let doubtful: string | undefined;
  let plain = false;
  const columns = chosen.map((k) => {
    const values = new Float64Array(kept.length);
    for (const [i, row] of kept.entries()) {
      const text = shapeOf(rows[row][k]);
      const value = NUMBER.test(text) && !text.includes(other) ? Number(text.replace(',', '.')) : Number.NaN;
      if (!(Math.abs(value) <= LARGEST))
        throw new FileError(
          placeIn(sheet, row, k),
          rows[row][k],
          `a number such as ${sign === '.' ? '12.5' : '12,5'} or 1e-3, up to 1e100, with nothing between its thousands`,
        );
      if (text.includes(',')) {
        if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(text)) doubtful ??= rows[row][k].trim();
        else plain = true;
      }
      values[i] = value;
    }
    const [first] = values;
    if (values.every((value) => value === first))
      throw new FileError(
        columnName(sheet, k),
        `${first} in every row`,
        'a column whose numbers differ: from one that does not nothing can be learned',
      );
    return { name: names[k], values };
  });
  return {
    columns,
    decimal: sign,
    leftOut: rows.length - kept.length,
    ...(doubtful !== undefined && !plain && { doubtful }),
  };
}

/** The decimal sign of the chosen cells: the comma where only commas occur. @throws FileError where both do */
function decimalOf(sheet: Sheet, chosen: readonly number[], kept: readonly number[]): DecimalSign {
  const first = new Map<string, string>();
  for (const row of kept)
    for (const k of chosen) {
      const text = sheet.rows[row][k];
      const sign = looksLikeNumber(text) && /[.,]/.exec(text)?.[0];
      if (!sign || first.has(sign)) continue;
      const [other] = first.values();
      if (other !== undefined)
        throw new FileError(
          placeIn(sheet, row, k),
          text,
          `one decimal sign: ${other} (say which sign it is)`,
        );
      first.set(sign, `“${text.trim()}” stands in ${placeIn(sheet, row, k)}`);
    }
  return first.has(',') ? ',' : '.';
}

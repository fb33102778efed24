import type { Dataset, FactorData } from '../snn/network.ts';
import { RandomSequence, Stream } from '../snn/random.ts';
import { crc32 } from './crc32.ts';
import type { ProblemData, ProblemParams } from './problem.ts';
import { isTableMissing, LEAST_ROWS, MOST_ROWS, shortName, TABLE_TEXT, type TableParams } from './table.ts';

/** One column: its numbers brought to [-1, 1], float32, and the least and greatest value that these stand for. */
export interface Column {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly values: Float32Array;
}

/** Numbers that are learned from: one or two columns of inputs, then the target. */
export interface Table {
  readonly name: string;
  readonly rows: number;
  /** Of the numbers, eight hexadecimal digits. */
  readonly checksum: string;
  readonly columns: readonly Column[];
}

/** A table that cannot be learned from; the message says why. */
export class TableError extends Error {
  override readonly name = 'TableError';
}

const refused = (value: string, allowed: string) =>
  new TableError(`data: “${value.slice(0, 40)}” is not allowed; allowed: ${allowed}`);

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Uint8Array(128);
for (let k = 0; k < DIGITS.length; k++) VALUES[DIGITS.charCodeAt(k)] = k;
/** Characters of one number: 24 bits. */
const NUMBER_CHARACTERS = 4;
const MOST_LEVEL = 2 ** 24 - 1;

/** A name without what separates names, in at most 40 characters. */
const plain = (name: string) =>
  [
    ...name
      .replace(/\p{Cc}/gu, ' ')
      .replaceAll('/', '∕')
      .trim(),
  ]
    .slice(0, 40)
    .join('') || '–';

const checksumOf = (numbers: string) =>
  crc32(new TextEncoder().encode(numbers)).toString(16).padStart(8, '0');

/**
 * A table as text: name/rows/checksum, then name/least/greatest of each column, then all numbers, row by row, each in 24 bits of
 * its column's range.
 * @param columns one or two inputs and the target, of equal length, none of them constant
 */
export function packTable(
  name: string,
  columns: readonly { readonly name: string; readonly values: Float64Array }[],
): string {
  const rows = columns[0].values.length;
  const ranges = columns.map(({ values }) => {
    let [from, to] = [values[0], values[0]];
    for (const value of values) [from, to] = [Math.min(from, value), Math.max(to, value)];
    return { from, to };
  });
  const parts: string[] = [];
  for (let i = 0; i < rows; i++)
    for (const [k, { values }] of columns.entries()) {
      const { from, to } = ranges[k];
      const level = Math.round(((values[i] - from) / (to - from)) * MOST_LEVEL);
      parts.push(
        DIGITS[level >> 18] + DIGITS[(level >> 12) & 63] + DIGITS[(level >> 6) & 63] + DIGITS[level & 63],
      );
    }
  const numbers = parts.join('');
  const heads = columns.map(({ name }, k) => `${plain(name)}/${ranges[k].from}/${ranges[k].to}`);
  return [plain(name), rows, checksumOf(numbers), ...heads, numbers].join('/');
}

/** Inverse of `packTable`, to 24 bits of each column's range; of what only names a table its columns are empty. @throws TableError */
export function unpackTable(text: string): Table {
  if (text === '') return example();
  if (!TABLE_TEXT.test(text)) throw refused(text, 'a table as this page writes it into links');
  const missing = isTableMissing(text);
  const parts = text.split('/');
  const numbers = missing ? '' : (parts.pop() as string);
  const [name, rows, checksum, ...heads] = parts;
  if (!(Number(rows) >= LEAST_ROWS && Number(rows) <= MOST_ROWS))
    throw refused(rows, `${LEAST_ROWS} to ${MOST_ROWS} rows`);
  const width = heads.length / 3;
  if (
    !missing &&
    (numbers.length !== NUMBER_CHARACTERS * Number(rows) * width || checksumOf(numbers) !== checksum)
  )
    throw new TableError(
      `data: “${shortName(name)}” was damaged or changed on the way and is not allowed; allowed: ${rows} rows whose numbers have the checksum ${checksum}. Open that file to train on it`,
    );
  for (let k = 0; k < heads.length; k += 3) {
    const extent = Number(heads[k + 2]) - Number(heads[k + 1]);
    if (!(extent > 0 && Number.isFinite(extent)))
      throw refused(`${heads[k + 1]}/${heads[k + 2]}`, `least and greatest value of ${shortName(heads[k])}`);
  }
  const columns = Array.from({ length: width }, (_, k) => {
    const values = new Float32Array(missing ? 0 : Number(rows));
    for (let i = 0; i < values.length; i++) {
      let level = 0;
      const at = NUMBER_CHARACTERS * (i * width + k);
      for (let c = 0; c < NUMBER_CHARACTERS; c++) level = level * 64 + VALUES[numbers.charCodeAt(at + c)];
      values[i] = (2 * level) / MOST_LEVEL - 1;
    }
    return { name: heads[3 * k], from: Number(heads[3 * k + 1]), to: Number(heads[3 * k + 2]), values };
  });
  return { name, rows: Number(rows), checksum, columns };
}

const EXAMPLE_ROWS = 400;
let exampleTable: Table | undefined;

/** What stands there until a table is brought: a smooth function at random places. */
function example(): Table {
  if (exampleTable) return exampleTable;
  const random = new RandomSequence(1, Stream.data, 0, 1);
  const values = [0, 1, 2].map(() => new Float64Array(EXAMPLE_ROWS));
  for (let i = 0; i < EXAMPLE_ROWS; i++) {
    const [x, y] = [10 * random.uniform(), 5 * random.uniform()];
    values[0][i] = x;
    values[1][i] = y;
    values[2][i] = 20 + 6 * Math.sin(0.6 * x) + 4 * Math.cos(0.9 * y);
  }
  const columns = ['x', 'y', 'z'].map((name, k) => ({ name, values: values[k] }));
  exampleTable = unpackTable(packTable('example', columns));
  return exampleTable;
}

/** A value of a column in its own unit, of one in [-1, 1]. */
export const ownUnit = ({ from, to }: Pick<Column, 'from' | 'to'>, value: number): number =>
  from + ((to - from) * (value + 1)) / 2;

/** Largest |target| that the network learns: the height of the Mexican hat, for which the presets are. */
const HEIGHT = 0.78;
/** Rows on which errors are measured live, and training rows on which theirs is. */
const MOST_LIVE = 1000;
/** Nodes along each side of the square, and of the line, on which the output is drawn. */
export const MAP_NODES = 41;
export const LINE_NODES = 201;

/**
 * Rows drawn at random for the test, the rest to learn from. Targets are measured from the mean of the training targets, so that
 * an error of 1 is that of saying this mean; noise is added to what is learned, never to what is tested. @throws TableError
 */
export function samplesProblem(params: ProblemParams & TableParams): ProblemData {
  const table = unpackTable(params.data);
  if (isTableMissing(params.data))
    throw new TableError(
      `data: “${shortName(table.name)}” (${table.rows} rows, checksum ${table.checksum}) is too large for a link, which only names it: open that file to train on it`,
    );
  const { rows, columns } = table;
  const inputs = columns.slice(0, -1);
  const target = columns[inputs.length];
  const random = new RandomSequence(params.dataSeed, Stream.data);
  const order = random.permutation(rows);
  const tests = Math.min(rows - 2, Math.max(1, Math.round(params.testShare * rows)));
  const [test, train] = [order.subarray(0, tests), order.subarray(tests)];
  let mean = 0;
  for (const row of train) mean += target.values[row] / train.length;
  let variance = 0;
  for (const row of train) variance += (target.values[row] - mean) ** 2 / train.length;
  let most = 0;
  for (const value of target.values) most = Math.max(most, Math.abs(value - mean));
  const scale = HEIGHT / most;
  const dataset = (chosen: Uint32Array, noise: number): Dataset => {
    const points = new Float32Array(chosen.length * inputs.length);
    const values = new Float32Array(chosen.length);
    for (const [i, row] of chosen.entries()) {
      for (const [k, column] of inputs.entries()) points[i * inputs.length + k] = column.values[row];
      values[i] = scale * (target.values[row] - mean + (noise > 0 ? noise * random.normal() : 0));
    }
    return onPoints(points, inputs.length, values);
  };
  const learned = dataset(train, params.noise * Math.sqrt(variance));
  const tested = dataset(test, 0);
  return {
    train: learned,
    test: tested,
    coarse: head(tested),
    unit: (target.to - target.from) / 2 / scale,
    offset: ownUnit(target, mean),
    fitted: head(learned),
    drawn: onPoints(nodes(inputs.length), inputs.length, new Float32Array(0)),
  };
}

function onPoints(inputs: FactorData['inputs'], width: number, target: Dataset['target']): Dataset {
  const rows = inputs.length / width;
  return { factors: [{ rows, width, inputs, scale: new Float32Array(rows).fill(1) }], target };
}

/** The first rows, as many as an error is measured on while training runs. */
function head({ factors: [{ rows, width, inputs }], target }: Dataset): Dataset {
  const count = Math.min(rows, MOST_LIVE);
  return onPoints(inputs.slice(0, count * width), width, target.slice(0, count));
}

/** A grid over the square, rows from below, or the line from end to end. */
function nodes(width: number): Float32Array {
  const at = (k: number, count: number) => -1 + (2 * k) / (count - 1);
  if (width === 1) return Float32Array.from({ length: LINE_NODES }, (_, k) => at(k, LINE_NODES));
  return Float32Array.from({ length: 2 * MAP_NODES ** 2 }, (_, k) => {
    const node = k >> 1;
    return at(k % 2 === 0 ? node % MAP_NODES : Math.floor(node / MAP_NODES), MAP_NODES);
  });
}

import { describe, expect, it } from 'vitest';
import {
  type DecimalSign,
  likelyColumns,
  MOST_BYTES,
  numbersOf,
  type Reading,
  readSheet,
} from './data-file.ts';
import { FileError } from './file-error.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
/** Twelve rows x, x² + 1, 2x in which nothing is wrong. */
const rows = (separator = ',', decimal = '.') =>
  Array.from({ length: 12 }, (_, i) =>
    [i + 0.5, (i + 0.5) ** 2 + 1, 2 * i].map((value) => String(value).replace('.', decimal)).join(separator),
  );
const utf16 = (text: string, mark: boolean) =>
  Uint8Array.from([...(mark ? [0xff, 0xfe] : []), ...[...text].flatMap((c) => [c.charCodeAt(0), 0])]);
const read = (content: string | Uint8Array, reading: Reading = {}, decimal?: DecimalSign) => {
  const sheet = readSheet('a.csv', typeof content === 'string' ? bytesOf(content) : content, reading);
  return { sheet, numbers: numbersOf(sheet, likelyColumns(sheet), decimal) };
};

describe('a file of numbers', () => {
  const plain = read(rows().join('\n')).numbers.columns.map(({ values }) => [...values]);

  it.each<[string, string | Uint8Array, object]>([
    ['commas and points', rows().join('\n'), { separator: ',', headed: false }],
    ['Excel’s semicolons and decimal commas', rows(';', ',').join('\r\n'), { separator: ';' }],
    ['tabs and decimal commas', rows('\t', ',').join('\n'), { separator: '\t' }],
    ['a header', ['x,y,z', ...rows()].join('\n'), { headed: true, names: ['x', 'y', 'z'] }],
    ['a byte order mark', `\uFEFFx;y;z\n${rows(';').join('\n')}`, { names: ['x', 'y', 'z'] }],
    ['blank lines', `\n\nx,y,z\n\n${rows().join('\n\n')}\n , ,\n\n`, { headed: true }],
    [
      'quotes',
      ['"x, in m","y ""big""","z\nin s"', ...rows()].join('\n'),
      { names: ['x, in m', 'y "big"', 'z\nin s'] },
    ],
    [
      'quoted decimal commas between commas',
      rows(';', ',')
        .map((row) =>
          row
            .split(';')
            .map((c) => `"${c}"`)
            .join(','),
        )
        .join('\n'),
      { separator: ',' },
    ],
    ['UTF-16 with its mark', utf16(['x;y;z', ...rows(';')].join('\r\n'), true), { encoding: 'UTF-16' }],
    [
      'Windows-1252',
      Uint8Array.from(['f\u00fcr;y;z', ...rows(';')].join('\r\n'), (c) => c.charCodeAt(0)),
      { encoding: 'Windows-1252', names: ['für', 'y', 'z'] },
    ],
    [
      'names that repeat or are missing',
      ['x,x,', ...rows()].join('\n'),
      { names: ['x', 'x (2)', 'column 3'], repeated: ['x'] },
    ],
    [
      'lines of notes',
      ['# a, b', '# http://localhost', 'x,y,z', ...rows()].join('\n'),
      { names: ['x', 'y', 'z'] },
    ],
    ['a true minus sign', rows().join('\n').replace(/^/gm, '−').replace(/−/g, ''), {}],
  ])('with %s', (_, content, asRead) => {
    const { sheet, numbers } = read(content);
    expect(sheet).toMatchObject(asRead);
    expect(numbers.columns.map(({ values }) => [...values])).toEqual(plain);
  });

  it('leaves out rows with an empty cell, and counts them', () => {
    const { numbers } = read(['1,,3', ...rows(), '4,5,'].join('\n'));
    expect(numbers.leftOut).toBe(2);
    expect(numbers.columns[0].values).toHaveLength(12);
  });

  it('takes two or three columns of numbers for inputs and target, and of more none', () => {
    const sheet = (text: string) => readSheet('a', bytesOf(text));
    expect(
      likelyColumns(
        sheet(
          rows()
            .map((row, i) => `n${i},${row}`)
            .join('\n'),
        ),
      ),
    ).toEqual([1, 2, 3]);
    expect(
      likelyColumns(
        sheet(
          rows()
            .map((row) => row.slice(row.indexOf(',') + 1))
            .join('\n'),
        ),
      ),
    ).toEqual([0, 1]);
    expect(
      likelyColumns(
        sheet(
          rows()
            .map((row) => `${row},1`)
            .join('\n'),
        ),
      ),
    ).toEqual([]);
  });

  it('says which numbers could be meant otherwise', () => {
    const thousands = Array.from({ length: 12 }, (_, i) => `${i + 1},400;${i + 1}`);
    expect(read(thousands.join('\n')).numbers).toMatchObject({ decimal: ',', doubtful: '1,400' });
    expect(read(['1,5;2', ...thousands].join('\n')).numbers.doubtful).toBeUndefined();
  });
});

const rowsThen = (...more: string[]) => [...rows(), ...more].join('\n');
const many = (n: number) => Array.from({ length: n }, (_, i) => `${i},${i % 7}`).join('\n');

describe('a file that cannot be used is refused with its place, what is there, and what is allowed', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /^file: “nothing but blanks”.*rows of numbers in two columns/],
    ['separators only', ',\n , ,\n', /^file: “nothing but blanks” .*two columns or more/],
    ['blank lines only', '\n \n\t\n', /^file: “nothing but blanks”/],
    ['header only', 'x,y\n', /^file: “0 rows of numbers” .*at least 10/],
    ['too few rows', rows().slice(3).join('\n'), /^file: “9 rows of numbers”/],
    ['one column', many(20).replace(/,\d/g, ''), /^line 1: “1 column” .*two columns or more/],
    [
      'four columns, none chosen',
      rows()
        .map((row) => `${row},1`)
        .join('\n'),
      /^columns: “none of 4 chosen” .*one or two inputs and a target/,
    ],
    ['text columns only', many(12).replace(/\d+/g, 'a'), /^columns: “none of 2 chosen”/],
    ['a ragged row', rowsThen('1,2'), /^line 13: “2 cells” .*allowed: 3, as in line 1/],
    ['a longer row', rowsThen('', '1,2,3,4'), /^line 14: “4 cells”/],
    ['a ragged row below a cell of two lines', rowsThen('"a\nb",1,2', '1'), /^line 15: “1 cell”/],
    ['an unclosed quote', rowsThen('"1,2,3'), /^line 13: .*quotes in pairs/],
    ['text after a quote', rowsThen('"1"2,2,3'), /^line 13: .*quotes in pairs/],
    [
      'decimal commas between commas',
      ['x,z', ...rows(',', ',').map((row) => row)].join('\n'),
      /^line 2: “\d cells” .*2, as in line 1 \(where commas are decimal signs/,
    ],
    ['mixed separators', [...rows(','), '1;2;3'].join('\n'), /^line 1: “1 column”|^line \d+: “\d cells”/],
    ['too many rows', many(100_001), /^line 100001: “row 100,001 of 100,001” .*at most 100,000 rows/],
    ['too large', new Uint8Array(MOST_BYTES + 1).fill(49), /^file: “10,000,001 bytes” .*10 MB/],
    ['binary', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 1), /^byte 5: 0 .*text: as UTF-8/],
    ['binary without zeros', Uint8Array.of(0x89, 0x1f, 0x8b, 0xff), /^byte 2: 31 .*text/],
    ['UTF-16 without its mark', utf16(rowsThen(), false), /^byte 2: 0 .*byte order mark/],
  ])('%s', (_, content, message) => {
    expect(() => read(content)).toThrow(FileError);
    expect(() => read(content)).toThrow(message);
  });

  it.each<[string, string, RegExp]>([
    [
      'text in a number column',
      rowsThen('1,two,3'),
      /^line 13, column 2 \(column 2\): “two” .*a number such as 12\.5/,
    ],
    [
      'text below a name as long as a page',
      `${'x'.repeat(5000)},y,z\n${rowsThen('two,1,3')}`,
      /^line 14, column 1 \(x{37}…\): “two” .{10,150}$/,
    ],
    ['NaN', rowsThen('1,NaN,3'), /^line 13, column 2 .*“NaN”/],
    ['Infinity', rowsThen('1,2,-Infinity'), /^line 13, column 3 .*“-Infinity”/],
    ['a number that is too large', rowsThen('1,2,1e101'), /^line 13, column 3 .*“1e101” .*up to 1e100/],
    [
      'thousands',
      rowsThen('1,"1,234.5",3'),
      /^line 13, column 2 .*“1,234\.5” .*nothing between its thousands/,
    ],
    ['a unit', rowsThen('1,2,3 kg'), /^line 13, column 3 .*“3 kg”/],
    [
      'both decimal signs',
      rowsThen('1,"2,5",3'),
      /^line 13, column 2 \(column 2\): “2,5” .*one decimal sign: “0\.5” stands in line 1, column 1/,
    ],
    [
      'a constant column',
      many(12).replace(/$/gm, ',4'),
      /^column 3 \(column 3\): “4 in every row” .*nothing can be learned/,
    ],
    ['all rows equal', Array(20).fill('1,2,3').join('\n'), /^column 1 .*“1 in every row”/],
    [
      'too few rows that are full',
      ['a,b,c', ...Array(20).fill('1,,2'), ...rows().slice(3)].join('\n'),
      /^file: “9 rows without empty cells”/,
    ],
  ])('%s', (_, content, message) => {
    const sheet = readSheet('a.csv', bytesOf(content));
    const choose = () => numbersOf(sheet, [0, 1, 2]);
    expect(choose).toThrow(FileError);
    expect(choose).toThrow(message);
  });

  it('soon, however many columns it has', () => {
    const begun = performance.now();
    expect(() => readSheet('a.csv', bytesOf(`${'x,'.repeat(100_000)}\n`.repeat(11)))).not.toThrow();
    // Linear in the cells; comparing each name with all others takes minutes.
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  it('a column chosen twice, none that is there, and too many', () => {
    const sheet = readSheet('a.csv', bytesOf(rowsThen()));
    expect(() => numbersOf(sheet, [1, 1])).toThrow(/^columns: .*each column once/);
    expect(() => numbersOf(sheet, [1, 7])).toThrow(/^columns: .*one or two inputs and a target/);
    expect(() => numbersOf(sheet, [0, 1, 2, 0])).toThrow(/^columns: /);
  });

  it('but is read where it is said which decimal sign and separator it has, and whether a header', () => {
    const mixed = readSheet('a.csv', bytesOf(rows(';', ',').join('\n').replace('2,5', '2.5')));
    expect(() => numbersOf(mixed, [0, 1, 2])).toThrow(/^line 3, column 1 .*“2\.5” .*one decimal sign: “0,5”/);
    expect(() => numbersOf(mixed, [0, 1, 2], ',')).toThrow(/^line 3, column 1 .*“2\.5” .*12,5/);
    const spoken = readSheet('a.csv', bytesOf(['1,2,3', ...rows()].join('\n')), {
      headed: true,
      separator: ',',
    });
    expect(spoken.names).toEqual(['1', '2', '3']);
  });
});

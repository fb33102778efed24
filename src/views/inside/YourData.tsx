import { type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { ownData } from '../../experiments/own-data.ts';
import {
  type DecimalSign,
  likelyColumns,
  MOST_BYTES,
  type Numbers,
  numbersOf,
  type Separator,
  type Sheet,
} from '../../io/data-file.ts';
import { packTable } from '../../problems/samples.ts';
import {
  isTableMissing,
  LINK_CHARACTERS,
  linkOfTable,
  MOST_ROWS,
  nameOfTable,
} from '../../problems/table.ts';
import { Button } from '../../ui/Button.tsx';
import { useApp, useLane, usePlayground } from '../context.ts';
import { forgetOpened, openTable, readTable, useOpened } from '../data/open-data.ts';
import { samplesOf, unitText } from '../data/samples-of.ts';
import { formatNumber } from '../figures/canvas/ticks.ts';
import { formatCount } from '../format.ts';
import shared from './shared/inside.module.css';
import { Range } from './shared/Range.tsx';

/** Brings a table: file or pasted text, how it is read, which columns are learned, and how they are scaled. */
export default function YourData() {
  const { actions } = usePlayground();
  const { sheet, bytes, fault } = useOpened();
  const picker = useRef<HTMLInputElement>(null);
  const [pasted, setPasted] = useState('');
  const id = useId();
  return (
    <div className={shared.view} data-testid="your-data">
      <p className={shared.dim} data-introduces>
        The same network, method and settings learn a table of yours: CSV or TSV with one or two inputs and a
        target, up to {formatCount(MOST_ROWS)} rows and {formatCount(MOST_BYTES / 1e6)} MB. It stays in this
        browser: nothing is sent anywhere.
      </p>
      <section className={shared.section} aria-label="Bring a table">
        <div className={shared.row}>
          <button type="button" className={shared.primary} onClick={() => picker.current?.click()}>
            Choose a file…
          </button>
          <span className={shared.dim}>or drop it anywhere on the page</span>
          <input
            ref={picker}
            type="file"
            hidden
            accept=".csv,.tsv,.tab,.txt,text/csv,text/tab-separated-values"
            data-testid="data-file"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              event.currentTarget.value = '';
              if (file) void openTable({ actions }, file);
            }}
          />
        </div>
        <label htmlFor={id}>Or paste it here, straight from a spreadsheet</label>
        <textarea
          id={id}
          className={shared.note}
          style={{ width: '100%', minHeight: 84 }}
          spellCheck={false}
          autoComplete="off"
          value={pasted}
          onChange={(event) => setPasted(event.target.value)}
        />
        <div>
          <Button
            className={shared.quiet}
            why={pasted.trim() === '' ? 'nothing is pasted yet' : undefined}
            onClick={() => readTable('pasted', new TextEncoder().encode(pasted))}
          >
            Read what is pasted
          </Button>
        </div>
        {fault && (
          <p role="alert" className={shared.fault} data-testid="data-fault">
            {fault.name} was not read: {fault.text}. The page is as it was.
          </p>
        )}
      </section>
      {sheet && bytes && (
        <Choose
          key={`${sheet.name} ${bytes.length} ${sheet.separator} ${sheet.headed}`}
          sheet={sheet}
          read={(reading) => readTable(sheet.name, bytes, reading)}
          onLearn={(text) => {
            forgetOpened();
            void actions.set({ experiment: ownData.id, data: text });
          }}
        />
      )}
      <InUse />
    </div>
  );
}

interface ChooseProps {
  readonly sheet: Sheet;
  readonly read: (reading: { separator: Separator; headed: boolean }) => void;
  readonly onLearn: (text: string) => void;
}

const SEPARATORS: readonly (readonly [Separator, string])[] = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
];

/** How the file was read, and which of its columns are to be learned. */
function Choose({ sheet, read, onLearn }: ChooseProps) {
  const likely = likelyColumns(sheet);
  const [target, setTarget] = useState(likely.at(-1) ?? -1);
  const [first, setFirst] = useState(likely[0] ?? -1);
  const [second, setSecond] = useState(likely.length === 3 ? likely[1] : -1);
  const [decimal, setDecimal] = useState<DecimalSign>();
  const config = useApp((state) => state.config);
  const chosen = [first, second, target].filter((k) => k >= 0);
  const complete = first >= 0 && target >= 0;
  const { numbers, fault } = useMemo(
    () => attempt(sheet, complete ? [first, second, target].filter((k) => k >= 0) : [], decimal),
    [sheet, complete, first, second, target, decimal],
  );
  const text = useMemo(() => numbers && packTable(sheet.name, numbers.columns), [numbers, sheet]);
  const wanted = isTableMissing(config.data) ? config.data : undefined;
  const other = text !== undefined && wanted !== undefined && nameOfTable(text) !== wanted;
  return (
    <section className={shared.section} aria-label="Columns" data-testid="data-columns">
      <h3>
        {sheet.name}: {formatCount(sheet.rows.length)} rows
      </h3>
      <div className={shared.row}>
        <Select
          label="Separator"
          value={sheet.separator}
          options={SEPARATORS}
          onChange={(separator) => read({ separator: separator as Separator, headed: sheet.headed })}
        />
        <Select
          label="First row"
          value={String(sheet.headed)}
          options={[
            ['true', 'names'],
            ['false', 'numbers'],
          ]}
          onChange={(headed) => read({ separator: sheet.separator, headed: headed === 'true' })}
        />
        <Select
          label="Decimal sign"
          value={decimal ?? numbers?.decimal ?? ''}
          options={[
            ...(numbers || decimal ? [] : [['', 'not clear'] as const]),
            ['.', 'point'],
            [',', 'comma'],
          ]}
          onChange={(sign) => setDecimal(sign === '' ? undefined : (sign as DecimalSign))}
        />
      </div>
      <div className={shared.row}>
        <ColumnSelect label="Input" sheet={sheet} value={first} onChange={setFirst} />
        <ColumnSelect label="Second input" none="none" sheet={sheet} value={second} onChange={setSecond} />
        <ColumnSelect label="Target" sheet={sheet} value={target} onChange={setTarget} />
      </div>
      <Notes sheet={sheet} numbers={numbers} chosen={chosen} />
      {fault && (
        <p role="alert" className={shared.fault} data-testid="column-fault">
          {fault}
        </p>
      )}
      {other && (
        <p className={shared.fault} data-testid="data-other">
          These are not the rows that the link names: its table is {describe(wanted)}; this is{' '}
          {describe(nameOfTable(text))}.
        </p>
      )}
      <div>
        <Button
          className={shared.primary}
          why={text === undefined ? 'choose columns of numbers first' : undefined}
          onClick={() => text !== undefined && onLearn(text)}
        >
          {other ? 'Learn it all the same' : 'Learn it'}
        </Button>
      </div>
    </section>
  );
}

function attempt(sheet: Sheet, chosen: readonly number[], decimal: DecimalSign | undefined) {
  try {
    return { numbers: numbersOf(sheet, chosen, decimal) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

/** “large.csv, 900 rows of x, y and z, checksum 01234567”. */
function describe(name: string): string {
  const [file, rows, checksum, ...columns] = name.split('/');
  const names = columns.filter((_, k) => k % 3 === 0);
  return `“${file}”, ${formatCount(Number(rows))} rows of ${names.slice(0, -1).join(', ')} and ${names.at(-1)}, checksum ${checksum}`;
}

/** What was done on reading that could have been meant otherwise. */
function Notes({
  sheet: { repeated, encoding, rows },
  numbers,
  chosen,
}: {
  readonly sheet: Sheet;
  readonly numbers: Numbers | undefined;
  readonly chosen: readonly number[];
}) {
  const notes = [
    ...(encoding === 'UTF-8' ? [] : [`Its letters are read as ${encoding}.`]),
    ...(repeated.length > 0
      ? [
          `The header has ${repeated.map((name) => `“${name}”`).join(', ')} more than once: they are numbered.`,
        ]
      : []),
    ...(numbers && numbers.leftOut > 0
      ? [
          `${formatCount(numbers.leftOut)} of ${formatCount(rows.length)} rows have an empty cell in these columns and are left out.`,
        ]
      : []),
    ...(numbers?.doubtful !== undefined
      ? [
          `“${numbers.doubtful}” is read as ${numbers.doubtful.replace(',', '.')}: the comma is the decimal sign. If it separates thousands, save the file without it.`,
        ]
      : []),
  ];
  const shown = rows.slice(0, 3).map((row) => chosen.map((k) => row[k]).join(' · '));
  return (
    <>
      {notes.map((note) => (
        <p key={note} className={shared.dim} data-testid="data-note">
          {note}
        </p>
      ))}
      {chosen.length > 0 && <p className={shared.dim}>First rows: {shown.join(' | ')}</p>}
    </>
  );
}

function Select({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <label htmlFor={id} className={shared.row}>
      {label}
      <select
        id={id}
        className={shared.quiet}
        style={{ maxWidth: 180 }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function ColumnSelect({
  label,
  none = 'choose',
  sheet,
  value,
  onChange,
}: {
  readonly label: string;
  readonly none?: string;
  readonly sheet: Sheet;
  readonly value: number;
  readonly onChange: (column: number) => void;
}) {
  return (
    <Select
      label={label}
      value={String(value)}
      options={[['-1', none], ...sheet.names.map((name, k) => [String(k), name] as const)]}
      onChange={(column) => onChange(Number(column))}
    />
  );
}

/** The table that is learned: where its columns are scaled from, how many rows are for the test, and what a link carries. */
function InUse() {
  const { actions } = usePlayground();
  const config = useLane((state) => state.config);
  const asked = useApp((state) => state.config.data);
  const samples = useMemo(() => samplesOf(config), [config]);
  if (isTableMissing(asked))
    return (
      <p className={shared.note} role="status" data-testid="data-wanted">
        The link names its table and does not carry it: {describe(asked)}. Open that file to train on it.
      </p>
    );
  if (!samples)
    return (
      <section className={shared.section} aria-label="In use">
        <p>The network learns something else at the moment.</p>
        <div>
          <button
            type="button"
            className={shared.quiet}
            onClick={() => void actions.set({ experiment: ownData.id })}
          >
            Go to your data
          </button>
        </div>
      </section>
    );
  const { table, inputs, target, data } = samples;
  const whole = linkOfTable(config.data) === config.data;
  const scaledText = (value: number) => formatNumber((value - (data.offset ?? 0)) / data.unit);
  const scaled: ReactNode[] = [...inputs, target].map((column, k) => (
    <tr key={column.name}>
      <th scope="row">{column.name}</th>
      <td>{k < inputs.length ? 'input' : 'target'}</td>
      <td>{unitText(column.from, column)}</td>
      <td>{unitText(column.to, column)}</td>
      <td>{k < inputs.length ? '−1 to 1' : `${scaledText(column.from)} to ${scaledText(column.to)}`}</td>
    </tr>
  ));
  return (
    <section className={shared.section} aria-label="In use" data-testid="data-in-use">
      <h3>
        In use: {table.name}, {formatCount(table.rows)} rows
      </h3>
      <div className={shared.table}>
        <table>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Is</th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Scaled</th>
            </tr>
          </thead>
          <tbody>{scaled}</tbody>
        </table>
      </div>
      <p className={shared.dim}>
        Axes, output and errors are shown in the table’s own units. An error of 1 is that of saying the mean
        of the rows learned from, which is the target’s 0.
      </p>
      <div className={shared.section}>
        <Range
          label="Test share"
          term="table"
          value={config.testShare}
          min={0.05}
          max={0.9}
          step={0.05}
          format={(share) =>
            `${Math.round(100 * share)} %: ${formatCount(data.test.target.length)} of ${formatCount(table.rows)} rows`
          }
          onChange={(testShare) => void actions.set({ testShare })}
        />
        <Range
          label="Added noise"
          term="table"
          value={config.noise}
          min={0}
          max={2}
          step={0.05}
          format={(noise) => (noise === 0 ? 'none' : `${noise} standard deviations of the target`)}
          onChange={(noise) => void actions.set({ noise })}
        />
      </div>
      <p className={shared.dim} data-testid="data-link">
        {whole
          ? 'A link to this page carries the whole table.'
          : `A link names the table and does not carry it: its numbers take ${formatCount(config.data.length - nameOfTable(config.data).length)} characters, and a link holds ${formatCount(LINK_CHARACTERS)}. Who opens it is asked for the file. Saved runs hold it.`}
      </p>
    </section>
  );
}

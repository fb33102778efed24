import { useId, useMemo, useState } from 'react';
import { packTable } from '../../../problems/samples.ts';
import { nameOfTable } from '../../../problems/table.ts';
import {
  type DecimalSign,
  likelyColumns,
  type Numbers,
  numbersOf,
  type Separator,
  type Sheet,
} from '../../../training/data-file.ts';
import { Button } from '../../../ui/Button.tsx';
import { useApp } from '../../context.ts';
import { describeTable, missingTable } from '../../data/samples-of.ts';
import { formatCount } from '../../format.ts';
import shared from '../shared/inside.module.css';

interface Props {
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
export function Columns({ sheet, read, onLearn }: Props) {
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
  const wanted = missingTable(config);
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
          These are not the rows that the link names: its table is {describeTable(wanted)}; this is{' '}
          {describeTable(nameOfTable(text))}.
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

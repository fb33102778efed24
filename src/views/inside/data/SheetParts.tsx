import { useId } from 'react';
import { LINK_CHARACTERS, linkOfTable, nameOfTable } from '../../../problems/table.ts';
import type { ExperimentName } from '../../../training/config.ts';
import type { DecimalSign, Numbers, Separator, Sheet } from '../../../training/data-file.ts';
import { Button } from '../../../ui/Button.tsx';
import { usePlayground } from '../../context.ts';
import { describeTable } from '../../data/samples-of.ts';
import { formatCount } from '../../format.ts';
import shared from '../shared/inside.module.css';

const SEPARATORS: readonly (readonly [Separator, string])[] = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
];

/** How a file was read, to be changed. */
export function HowRead({
  sheet,
  read,
  decimal,
  choose,
}: {
  readonly sheet: Sheet;
  readonly read: (reading: Pick<Sheet, 'separator' | 'headed'>) => void;
  /** The decimal sign that was chosen or found. */
  readonly decimal: DecimalSign | undefined;
  readonly choose: (sign: DecimalSign | undefined) => void;
}) {
  return (
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
        value={decimal ?? ''}
        options={[...(decimal ? [] : [['', 'not clear'] as const]), ['.', 'point'], [',', 'comma']]}
        onChange={(sign) => choose(sign === '' ? undefined : (sign as DecimalSign))}
      />
    </div>
  );
}

/** What was done on reading that could have been meant otherwise. */
export function Notes({
  sheet: { repeated, encoding, rows },
  numbers,
  chosen,
}: {
  readonly sheet: Sheet;
  readonly numbers: (Pick<Numbers, 'doubtful'> & { readonly leftOut?: number }) | undefined;
  readonly chosen: readonly number[];
}) {
  const notes = [
    ...(encoding === 'UTF-8' ? [] : [`Its letters are read as ${encoding}.`]),
    ...(repeated.length > 0
      ? [
          `The header has ${repeated.map((name) => `“${name}”`).join(', ')} more than once: they are numbered.`,
        ]
      : []),
    ...(numbers?.leftOut
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

export function ColumnSelect({
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

interface UseProps {
  readonly what: 'series' | 'table';
  readonly verb: string;
  /** Said while nothing can be used. */
  readonly why: string;
  /** What the chosen columns hold, as it is trained on. */
  readonly text: string | undefined;
  /** What a link names that is not here; empty where it names nothing. */
  readonly wanted: string | undefined;
  readonly fault: string | undefined;
  readonly onUse: (text: string) => void;
}

/** What is wrong with the chosen columns, whether they are what the link names, and the button that takes them. */
export function UseIt({ what, verb, why, text, wanted, fault, onUse }: UseProps) {
  const other = text !== undefined && wanted && nameOfTable(text) !== wanted;
  return (
    <>
      {fault && (
        <p role="alert" className={shared.fault} data-testid="column-fault">
          {fault}
        </p>
      )}
      {other && (
        <p className={shared.fault} data-testid="data-other">
          This is not the {what} that the link names: that is {describeTable(wanted)}; this is{' '}
          {describeTable(nameOfTable(text))}.
        </p>
      )}
      <div>
        <Button
          className={shared.primary}
          why={text === undefined ? why : undefined}
          onClick={() => text !== undefined && onUse(text)}
        >
          {other ? `${verb} all the same` : verb}
        </Button>
      </div>
    </>
  );
}

/** Said where the network learns something else, with the way there. */
export function Elsewhere({ to, label }: { readonly to: ExperimentName; readonly label: string }) {
  const { actions } = usePlayground();
  return (
    <section className={shared.section} aria-label="In use">
      <p>The network learns something else at the moment.</p>
      <div>
        <button type="button" className={shared.quiet} onClick={() => void actions.set({ experiment: to })}>
          {label}
        </button>
      </div>
    </section>
  );
}

/** Whether a link carries the numbers in use. */
export function LinkNote({ data, what }: { readonly data: string; readonly what: 'series' | 'table' }) {
  return (
    <p className={shared.dim} data-testid="data-link">
      {linkOfTable(data) === data
        ? `A link to this page carries the whole ${what}.`
        : `A link names the ${what} and does not carry it: its numbers take ${formatCount(data.length - nameOfTable(data).length)} characters, and a link holds ${formatCount(LINK_CHARACTERS)}. Who opens it is asked for the file. Saved runs hold it.`}
    </p>
  );
}

/** Numbers and words behind a chart. */
export interface Table {
  /** Names of the columns in ASCII: programs take them as identifiers. */
  readonly header: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
  /** The columns as the page names them, where that is not `header` with spaces. */
  readonly titles?: readonly string[];
  /** What it holds for, beside the run's settings: the neuron, the line, the time. */
  readonly notes?: readonly string[];
}

/** Names of the columns for a reader. */
export const titlesOf = ({ header, titles }: Table) =>
  titles ?? header.map((name) => name.replaceAll('_', ' '));

/** What was not measured is undefined and stays empty. */
export type Cell = string | number | undefined;

/** How numbers are written: as programs read them everywhere, or as spreadsheets do where the decimal sign is a comma. */
export type DecimalSign = 'point' | 'comma';

const SEPARATORS: Record<DecimalSign, string> = { point: ',', comma: ';' };

/**
 * Values in UTF-8 with a byte order mark, by which spreadsheets know it, separated by commas, or by semicolons where the decimal sign
 * is a comma; quotes as in RFC 4180, numbers in full precision. Notes stand before the header, a line each after a “#”, which readers
 * of such files take for comments; none has a separator in it, so that a spreadsheet shows each in one cell.
 */
export function toCsv(
  { header, rows }: Table,
  notes: readonly string[] = [],
  decimal: DecimalSign = 'point',
): string {
  const separator = SEPARATORS[decimal];
  const lines = notes.flatMap(noteLines).map((line) => `# ${line}`);
  const written = (row: readonly Cell[]) => row.map((cell) => cellText(cell, decimal)).join(separator);
  lines.push(written(header));
  for (const row of rows) lines.push(written(row));
  return `\ufeff${lines.join('\n')}\n`;
}

/** A note without separators: one line for each of its parts, “5,000” as 5000, and addresses with these signs encoded. */
function noteLines(note: string): string[] {
  if (/^https?:/.test(note)) return [note.replace(/[,;]/g, encodeURIComponent)];
  return note
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .split(/\r?\n|[,;]\s*/)
    .filter((part) => part.trim() !== '')
    .map((part) => part.replaceAll('\t', ' '));
}

function cellText(cell: Cell, decimal: DecimalSign): string {
  if (cell === undefined || (typeof cell === 'number' && Number.isNaN(cell))) return '';
  const text = String(cell);
  if (typeof cell === 'number') return decimal === 'comma' ? text.replace('.', ',') : text;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

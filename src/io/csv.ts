/** Numbers and words behind a chart. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}
/** What was not measured is undefined and stays empty. */
export type Cell = string | number | undefined;

/**
 * Comma-separated values (RFC 4180 but for the line ends), numbers in full precision. Notes stand before the header, a line each
 * after a “#”, which readers of such files take for comments.
 */
export function toCsv({ header, rows }: Table, notes: readonly string[] = []): string {
  const lines = notes.flatMap((note) => note.split(/\r?\n/)).map((line) => `# ${line}`);
  lines.push(header.map(cellText).join(','));
  for (const row of rows) lines.push(row.map(cellText).join(','));
  return `${lines.join('\n')}\n`;
}

function cellText(cell: Cell): string {
  if (cell === undefined || (typeof cell === 'number' && Number.isNaN(cell))) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Settings of data that a reader brings. */
export interface TableParams {
  /** The table as text (`packTable`), only what names it, or empty: an example. */
  readonly data: string;
  /** Share of the rows that the network never learns from. */
  readonly testShare: number;
  /** Standard deviation of what is added to the training targets, in units of theirs. */
  readonly noise: number;
}

/** Most rows of a table. */
export const MOST_ROWS = 100_000;
export const LEAST_ROWS = 10;
/** Longest text of a table's numbers that a link carries; of a longer one it carries the name. */
export const LINK_CHARACTERS = 6000;
/** Nothing, or name, rows, checksum; name, least and greatest value of two or three columns; their numbers. */
export const TABLE_TEXT =
  /^(?:[^/\t-\r]+\/\d+\/[\da-f]{8}(?:\/[^/\t-\r]+(?:\/-?\d[\d.e+-]*){2}){2,3}(?:\/[\w-]+)?)?$/;

/** A name within a message, in at most 40 characters of one line: what a reader brings can be named as long as it likes. */
export function shortName(name: string): string {
  const line = name.replaceAll(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 37)}…` : line;
}

/** Whether a table is named, and is not there. */
export const isTableMissing = (text: string): boolean => text !== '' && text.split('/').length % 3 === 0;

/** Number of columns that the network is fed: one or two. */
export const inputsOf = (text: string): number =>
  text === '' ? 2 : Math.floor(text.split('/').length / 3) - 2;

/** What names a table: its text without the numbers. */
export const nameOfTable = (text: string): string =>
  text === '' || isTableMissing(text) ? text : text.slice(0, text.lastIndexOf('/'));

/** The table whose name was written into a link here last: such a link reads back to it. */
let written = '';

/** The table as a link carries it: whole, or by name. */
export function linkOfTable(text: string): string {
  const name = nameOfTable(text);
  if (text.length - name.length <= LINK_CHARACTERS) return text;
  written = text;
  return name;
}

/** Inverse of `linkOfTable` where the table was here last. */
export const tableOfLink = (text: string): string => (text === nameOfTable(written) ? written : text);

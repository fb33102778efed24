import * as v from 'valibot';
import { linkOfTable, TABLE_TEXT, tableOfLink } from '../problems/table.ts';
import { type Field, text } from '../settings/fields.ts';

/** The setting `data` of every experiment that learns what a reader brings: a table, or a series as one of time and value. */
export const DATA: Field<string> = {
  ...text('', 2e6, { label: 'Data', help: 'Your table or series, or what names it', resets: true }),
  schema: v.pipe(v.string(), v.regex(TABLE_TEXT)),
  allowed: 'a table’s text',
  format: linkOfTable,
  parse: tableOfLink,
};

import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import type { Field } from '../src/settings/fields.ts';
import { FIELDS } from '../src/training/config.ts';
import { RUN_FILE } from '../src/training/run-file.ts';

/** Where the page serves it. */
export const RUN_SCHEMA_FILE = new URL('../public/schema/run.schema.json', import.meta.url);

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const numbers = (what: string) =>
  v.pipe(v.string(), v.base64(), v.regex(BASE64), v.description(`${what}; base64 of little-endian float64`));
const count = (what: string) => v.pipe(v.number(), v.integer(), v.minValue(0), v.description(what));

/** Every setting; those left out have the defaults of their experiment and method. */
const settings = v.strictObject(
  Object.fromEntries(
    Object.entries<Field<unknown>>(FIELDS as never).map(([name, { schema, label, help }]) => [
      name,
      v.optional(v.pipe(schema as v.GenericSchema, v.title(label), v.description(help))),
    ]),
  ),
);

const { entries } = RUN_FILE;
const DOCUMENT = v.object({
  ...entries,
  about: v.pipe(entries.about, v.description('For people: what it is, and the link')),
  checksum: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[0-9a-f]{8}$/),
      v.description(
        'CRC-32 (zlib) of the UTF-8 bytes of this object’s canonical JSON (RFC 8785) without this member. Files may be without it',
      ),
    ),
  ),
  config: settings,
  start: v.optional(
    numbers('Weights and biases θ that the run starts from, where they are not those of its seed'),
  ),
  changes: v.pipe(
    v.array(
      v.object({
        step: count('From this step on'),
        config: settings,
      }),
    ),
    v.description(
      'From each step on the settings that change, in increasing order of step; those after state.step are still to come',
    ),
  ),
  state: v.object({
    step: count('Training steps done'),
    momentSteps: count('Steps since the moments were last zero'),
    seed: count('The configuration’s'),
    theta: numbers('Weights and biases θ, layer by layer'),
    m: numbers('First moments of Adam, as many as θ has numbers'),
    v: numbers('Second moments of Adam, as many as θ has numbers'),
  }),
  losses: v.optional(numbers('Loss of every step before its update, state.step numbers; NaN: not measured')),
});

/** JSON schema of the page's run files, as text: what RUN_FILE and the table of settings check, for other programs. */
export function runSchema(): string {
  const schema = toJsonSchema(DOCUMENT, {
    definitions: { settings },
    // Checks in code, as of a list's whole numbers, are told in words.
    ignoreActions: ['check', 'finite', 'readonly', 'trim'],
    errorMode: 'throw',
  });
  return `${JSON.stringify({ title: 'A run of Spiking Playground', ...schema }, null, 1)}\n`;
}

import { readFileSync } from 'node:fs';
import { usageOf } from '../src/lessons/check.ts';
import { FACT_NAMES, FACTS, type Fact, factOf, settingFact } from '../src/lessons/facts.ts';
import { LIMITS } from '../src/lessons/limits.ts';
import { MOST_TRAINED } from '../src/lessons/scene-link.ts';
import { TERM_IDS, termEntry } from '../src/lessons/terms.ts';
import type { Field } from '../src/settings/fields.ts';
import { labModel } from '../src/state/labs/index.ts';
import { CONTROLS, INSIDE_NAMES, LABS, PANELS } from '../src/state/presentation.ts';
import { FIELD_NAMES, FIELDS } from '../src/training/config.ts';

export const DOCUMENT = new URL('../docs/writing-lessons.md', import.meta.url);

const code = (text: string) => `\`${text}\``;
const codes = (names: readonly string[]) => names.map(code).join(', ');
const cell = (text: string) => text.replaceAll('|', '\\|');
const row = (...cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const allowedOf = ({ parameters }: Fact) =>
  parameters.map(({ name, type, default: value }) => {
    const allowed = 'choices' in type ? quoted(type.choices) : `${type.from} to ${type.to}`;
    return `${name}: ${allowed}${value === undefined ? '' : `; ${value} if left out`}`;
  });
const quoted = (texts: readonly string[]) => texts.map((text) => `"${text}"`).join(', ');
/** What it is, and what it can be where that is not a number. */
function words({ words, type, measured, ...fact }: Fact): string {
  const kind =
    type.kind === 'truth'
      ? 'true or false'
      : (type.kind === 'text' && type.choices && quoted(type.choices)) || 'text';
  const parts = [words, ...(type.kind === 'number' ? [] : [kind]), ...allowedOf({ words, type, ...fact })];
  return `${parts.join('; ')}${measured ? ' (*measured*)' : ''}`;
}

const names = () =>
  table(
    ['what', 'names'],
    [
      ['panels', codes(PANELS)],
      ['labs', codes(LABS)],
      ['views of *Look inside*', codes(INSIDE_NAMES)],
      ['controls', codes(Object.keys(CONTROLS))],
      ['terms', TERM_IDS.map((id) => `${code(id)} (${termEntry(id).name})`).join(', ')],
    ],
  );

async function facts(): Promise<string> {
  const page = FACT_NAMES.map((name): readonly string[] => [
    code(usageOf(name, FACTS[name])),
    words(FACTS[name]),
  ]);
  const settings = FIELD_NAMES.map((name): readonly string[] => {
    const { allowed } = FIELDS[name] as Field<unknown>;
    return [code(name), `${settingFact(name).words}: ${allowed}`];
  });
  const labs: string[] = [];
  for (const name of LABS) {
    const model = await labModel(name);
    const lab = { words: model.factWords, values: model.facts(model.parse('')) };
    const rows = Object.keys(model.factWords).map((fact) => [code(fact), words(factOf(fact, lab) as Fact)]);
    labs.push(
      `The lab ${code(name)} has facts of its own, in scenes that open it. They stand before the page's where names are equal.`,
      table([`of \`${name}\``, 'is'], rows),
    );
  }
  return [
    table(['fact', 'is'], page),
    ...labs,
    'Every setting is a fact too, by the name it has in a link, and can be asked of each lane: `K(B) == 8`. Lists and widths are texts, `hidden == "16-16"`.',
    table(['setting', 'is'], settings),
  ].join('\n\n');
}

const limits = () =>
  table(
    ['at most', ''],
    [
      ['a file', `${LIMITS.bytes / 1024} kB, ${LIMITS.lines} lines, ${LIMITS.scenes} scenes`],
      ['a lesson in a link', `${LIMITS.packed} characters, packed`],
      ['a paragraph', `${LIMITS.paragraph} characters, ${LIMITS.marks} of them \`\`* _ [ ] \` $ < & \\\`\``],
      ['a heading, a formula, a link', `${LIMITS.heading}, ${LIMITS.tex}, ${LIMITS.link} characters`],
      ['tasks of a scene, answers of a question', `${LIMITS.tasks}, ${LIMITS.answers}`],
      ['`trained=`', `${MOST_TRAINED} steps`],
    ],
  );

/** docs/writing-lessons.md with its tables as the code has them now. */
export async function writingLessons(): Promise<string> {
  const tables: Record<string, string> = { names: names(), facts: await facts(), limits: limits() };
  return readFileSync(DOCUMENT, 'utf8').replace(
    /<!-- (\w+) -->\n[\s\S]*?<!-- end -->/g,
    (_, name: string) => `<!-- ${name} -->\n${tables[name]}\n<!-- end -->`,
  );
}

/** The lesson that stands in it as an example. */
export function exampleLesson(): string {
  const [, lesson] = /```markdown\n([\s\S]*?)```/.exec(readFileSync(DOCUMENT, 'utf8')) ?? [];
  if (!lesson) throw new Error('docs/writing-lessons.md has no example');
  return lesson;
}

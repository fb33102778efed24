import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RandomSequence } from '../snn/random.ts';
import type { Block, Inline, Lesson, Scene } from './lesson.ts';
import { readLesson } from './read.ts';
import { TERM_IDS } from './terms.ts';
import { writeLesson } from './write.ts';

const folder = new URL('./en/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.md'));

/** A lesson without the lines of its file, and without what is made of its TeX. */
const plain = (lesson: Lesson | undefined) =>
  JSON.parse(JSON.stringify(lesson, (key, value) => (['line', 'html'].includes(key) ? undefined : value)));

async function roundTrip(lesson: Lesson) {
  const text = writeLesson(lesson);
  const { lesson: again, faults } = await readLesson(text);
  expect(faults, text).toEqual([]);
  expect(plain(again), text).toEqual(plain(lesson));
  expect(writeLesson(again as Lesson)).toBe(text);
}

const CHARACTERS = [
  ...'aB1.,:;!?*_[]()<>&#-+=|~\\`$',
  ...'{}^"\'/é…𝒯 ',
  ' word',
  ' two words',
  '&amp;',
  '1. ',
  '- ',
  '# ',
  '> ',
  'http://a.b',
];
const TEX = ['x', '\\vartheta^2', '\\frac{a}{b}', 'a_1 + b', 'a < b', '\\text{a $b$ c}', '|x|', '\\{x\\}'];
const CHECKS = ['K == 8', 'error < .5 and not (step == 2)', 'gradient == "RFG"', 'T*2 > 1'];
const HASHES = ['#', '#K=8', '#gradient=RFG&K=8&lanes=gradient=BP:K=1', '#formula=sin(x)*y', '#trained=20'];

function randomLesson(seed: number): Lesson {
  const random = new RandomSequence(seed, 1);
  const pick = <T>(from: readonly T[]): T => from[random.below(from.length)];
  const several = <T>(least: number, most: number, make: () => T): T[] =>
    Array.from({ length: least + random.below(most - least + 1) }, make);
  /** As reading leaves it: within a line, no blank at its ends, no brackets of a term. */
  const words = (longest = 12): string => {
    const text = several(1, longest, () => pick(CHARACTERS))
      .join('')
      .replace(/ +/g, ' ')
      .trim();
    return text === '' || /\[\[|\]\]/.test(text) ? 'plain' : text;
  };
  const inline = (depth: number): Inline => {
    const kind = pick(['text', 'text', 'strong', 'emphasis', 'term', 'math', 'check', 'link'] as const);
    switch (kind) {
      case 'strong':
      case 'emphasis':
        return depth > 1 ? { kind: 'text', text: words() } : { kind, children: inlines(depth + 1, kind) };
      case 'term':
        return { kind, id: pick(TERM_IDS), words: pick(['', words(6).replace(/[[\]|]/g, '') || 'so']) };
      case 'math':
        return { kind, tex: pick(TEX), html: '' };
      case 'check':
        return { kind, check: { source: pick(CHECKS), line: 0 } };
      case 'link':
        return { kind, hash: pick(HASHES.slice(0, 4)), children: [{ kind: 'text', text: words(8) }] };
      default:
        return { kind, text: words() };
    }
  };
  /** Parts with text between them; no emphasis within emphasis of its kind, which Markdown cannot tell apart. */
  const inlines = (depth = 0, within = ''): Inline[] => {
    const parts: Inline[] = random.below(2) === 0 ? [] : [text(`${words()} `)];
    for (const part of several(1, 3, () => inline(depth)))
      if (part.kind !== within) parts.push(part, text(` ${words()} `));
    const all = trimmed(joined(parts));
    return all.length > 0 ? all : [text('plain')];
  };
  const text = (text: string): Inline => ({ kind: 'text', text });
  const block = (): Block => {
    const kind = pick(['paragraph', 'paragraph', 'list', 'math'] as const);
    if (kind === 'math') return { kind, tex: pick(TEX), html: '' };
    if (kind === 'list') return { kind, items: several(1, 3, () => inlines()) };
    return { kind, children: inlines() };
  };
  const check = () => ({ source: pick(CHECKS), line: 0 });
  const scene = (): Scene => ({
    title: words(),
    words: words(),
    hash: pick(HASHES),
    text: apart(several(0, 4, block)),
    ...(random.below(2) && {
      question: {
        text: inlines(1, 'strong'),
        answers: several(2, 4, () => ({ text: inlines(), check: check() })),
      },
    }),
    tasks: several(0, 3, () => ({
      text: inlines(),
      check: check(),
      ...(random.below(2) && { solution: { words: words(), hash: pick(HASHES) } }),
    })),
    after: apart(several(0, 3, block)),
    ...(random.below(2) ? { notes: apart(several(0, 3, block)), notesTitle: words() } : { notes: [] }),
    line: 0,
  });
  return {
    title: words(),
    about: [text(words()), ...inlines().filter(({ kind }) => kind === 'term')],
    ...(random.below(2)
      ? {
          explains: ['curves', 'neuron', 'cost'],
          offered: { words: words(), hash: '#panels=curves&lab=neuron&inside=cost' },
        }
      : { explains: [] }),
    scenes: several(1, 4, scene),
  };
}

/** Texts beside each other are one. */
function joined(parts: readonly Inline[]): Inline[] {
  const all: Inline[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last?.kind !== 'text' || part.kind !== 'text') all.push(part);
    else all[all.length - 1] = { kind: 'text', text: (last.text + part.text).replace(/ +/g, ' ') };
  }
  return all;
}

/** Without blanks at both ends. */
function trimmed(parts: readonly Inline[]): Inline[] {
  return parts
    .map((part, i) => {
      if (part.kind !== 'text') return part;
      const text = i === 0 ? part.text.trimStart() : part.text;
      return { ...part, text: i === parts.length - 1 ? text.trimEnd() : text };
    })
    .filter((part) => part.kind !== 'text' || part.text !== '');
}

/** No list right after another: Markdown would join them. */
const apart = (blocks: readonly Block[]) =>
  blocks.filter(({ kind }, i) => kind !== 'list' || blocks[i - 1]?.kind !== 'list');

describe('writeLesson', () => {
  it.each(files)('%s is read back as it was', async (name) => {
    const { lesson } = await readLesson(readFileSync(new URL(name, folder), 'utf8'));
    await roundTrip(lesson as Lesson);
  });

  it.each(Array.from({ length: 40 }, (_, i) => i + 1))('so is the random lesson %i', async (seed) => {
    await roundTrip(randomLesson(seed));
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultsOf, type PlayedCheck, playgroundHere, playLesson } from '../../tests/support/lesson.ts';
import type { Block, Inline, Lesson } from './lesson.ts';
import { readLesson } from './read.ts';

const folder = new URL('./en/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
const lessonOf = async (name: string) => {
  const { lesson, faults } = await readLesson(readFileSync(new URL(name, folder), 'utf8'));
  expect(faults).toEqual([]);
  return lesson as Lesson;
};

/** Words that compare or count: a sentence with one of them says something that can be false. */
const CLAIMS = [
  ...['faster', 'slower', 'quicker', 'sooner', 'closer', 'nearer', 'farther', 'fewer', 'more', 'less'],
  ...['most', 'least', 'better', 'worse', 'best', 'worst', 'larger', 'smaller', 'bigger', 'greater'],
  ...['longer', 'shorter', 'higher', 'lower', 'cheaper', 'dearer', 'costlier', 'stronger', 'weaker'],
  ...['rougher', 'smoother', 'sharper', 'coarser', 'finer', 'wider', 'narrower', 'steeper'],
  ...['fastest', 'slowest', 'closest', 'nearest', 'fewest', 'largest', 'smallest', 'greatest', 'cheapest'],
  ...['longest', 'shortest', 'highest', 'lowest', 'twice', 'thrice', 'half', 'double', 'doubles', 'halves'],
  ...['percent', 'tenfold', 'as many', 'as much', 'as good', 'as fast'],
];
const CLAIM = new RegExp(`\\d|%|\\b(?:${CLAIMS.join('|')})\\b`, 'i');
/** Sentences that need no condition, and why. */
const NO_CLAIM: Readonly<Record<string, string>> = {};

/** Stands for a check in a text. */
const CHECK = '✓';
const textOf = (parts: readonly Inline[]): string =>
  parts
    .map((part) => {
      if (part.kind === 'check') return CHECK;
      if (part.kind === 'math') return 'x';
      if (part.kind === 'term') return part.words;
      return part.kind === 'text' ? part.text : textOf(part.children);
    })
    .join('');
const paragraphsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => {
    if (block.kind === 'math') return [];
    return block.kind === 'list' ? block.items.map(textOf) : [textOf(block.children)];
  });
/** Sentences of a paragraph, each with the checks in it and right behind it. */
const sentencesOf = (text: string) => text.split(/(?<=[.!?:][”"’)]*(?:\s*✓)*)\s+(?!✓)/);
const unchecked = ({ scenes }: Lesson) =>
  scenes
    .flatMap(({ text, after }) => paragraphsOf([...text, ...after]))
    .flatMap(sentencesOf)
    .filter((sentence) => CLAIM.test(sentence) && !sentence.includes(CHECK) && !(sentence in NO_CLAIM));

describe.each(files)('%s', (name) => {
  it('is true from its first scene to its last', async () => {
    const playground = await playgroundHere();
    const played: PlayedCheck[] = [];
    for await (const one of playLesson(playground, await lessonOf(name))) played.push(one);
    playground.actions.dispose();
    expect(faultsOf(played)).toEqual([]);
  });

  it('has a condition in every sentence that compares or counts', async () => {
    expect(unchecked(await lessonOf(name))).toEqual([]);
  });
});

describe('the rule for sentences', () => {
  const scene = async (text: string) => {
    const { lesson } = await readLesson(`# T\n\nA.\n\n## S\n\n[a](#)\n\n${text}`);
    return unchecked(lesson as Lesson);
  };
  it.each([
    ['It has 32 of them.', 1],
    ['It has 32 of them `T == 32`.', 0],
    ['It has 32 of them. `T == 32`', 0],
    ['It has 32 of them. It is so. `T == 32`', 1],
    ['It is *faster*. So is `T == 32` this.', 1],
    ['- Twice!\n- so', 1],
    ['An $x_2$ is no claim, nor is moreover.', 0],
    ['It said “more”. `T == 32` Less is less.', 1],
  ])('%s', async (text, count) => {
    expect(await scene(text)).toHaveLength(count);
  });

  it('excepts no sentence that no lesson has', async () => {
    const all = await Promise.all(files.map(lessonOf));
    const sentences = all.flatMap(({ scenes }) =>
      scenes.flatMap(({ text, after }) => paragraphsOf([...text, ...after]).flatMap(sentencesOf)),
    );
    for (const sentence of Object.keys(NO_CLAIM)) expect(sentences).toContain(sentence);
  });
});

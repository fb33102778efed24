import type { Block, Inline, Lesson } from '../../src/lessons/lesson.ts';
import { termEntry } from '../../src/lessons/terms.ts';

/** Words that compare or count: a sentence with one of them says something that can be false. */
const CLAIMS = [
  ...['faster', 'slower', 'quicker', 'sooner', 'closer', 'nearer', 'farther', 'fewer', 'more', 'less'],
  ...['most', 'least', 'better', 'worse', 'best', 'worst', 'larger', 'smaller', 'bigger', 'greater'],
  ...['longer', 'shorter', 'higher', 'lower', 'cheaper', 'dearer', 'costlier', 'stronger', 'weaker'],
  ...['rougher', 'smoother', 'sharper', 'coarser', 'finer', 'wider', 'narrower', 'steeper'],
  ...['fastest', 'slowest', 'closest', 'nearest', 'fewest', 'largest', 'smallest', 'greatest', 'cheapest'],
  ...['longest', 'shortest', 'highest', 'lowest', 'twice', 'thrice', 'half', 'double', 'doubles', 'halves'],
  ...[
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
    'hundred',
    'thousand',
  ],
  ...['third', 'quarter', 'fifth', 'percent', 'tenfold', 'as many', 'as much', 'as good', 'as fast'],
];
const CLAIM = new RegExp(`\\d|%|\\b(?:${CLAIMS.join('|')})\\b`, 'i');
/** Where “more” compares nothing. */
const IDIOMS = /\b(?:(?:once|one|no|any|a bit|a little) more|more and more)\b/gi;
/** Stands for a check in a text. */
const CHECK = '✓';
const textOf = (parts: readonly Inline[]): string =>
  parts
    .map((part) => {
      if (part.kind === 'check') return CHECK;
      if (part.kind === 'math') return 'x';
      if (part.kind === 'term') return part.words || termEntry(part.id).name;
      return part.kind === 'text' ? part.text : textOf(part.children);
    })
    .join('');
const paragraphsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => {
    if (block.kind === 'math') return [];
    return block.kind === 'list' ? block.items.map(textOf) : [textOf(block.children)];
  });
/** Sentences of a lesson's scenes, each with the checks in it and right behind it as ✓. */
export const sentencesOf = ({ scenes }: Lesson): string[] =>
  scenes
    .flatMap(({ text, after }) => paragraphsOf([...text, ...after]))
    .flatMap((paragraph) => paragraph.split(/(?<=[.!?][”"’)]*(?:\s*✓)*)\s+(?!✓)/));

/** Sentences that say something that could be false, and have no check. */
export const unchecked = (lesson: Lesson): string[] =>
  sentencesOf(lesson).filter(
    (sentence) => CLAIM.test(sentence.replace(IDIOMS, '')) && !sentence.includes(CHECK),
  );

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RandomSequence } from '../snn/random.ts';
import type { Lesson } from './lesson.ts';
import { readLesson } from './read.ts';
import { writeLesson } from './write.ts';

const folder = new URL('./en/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(new URL(name, folder)));

const FOREIGN = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<!-- a -->',
  '![a](https://example.org/a.png)',
  '[a](javascript:alert(1))',
  '[a]: https://example.org',
  '<https://example.org>',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '```js\nalert(1)\n```',
  '---\ntitle: a\n---',
  '# Another title',
  '`constructor.constructor("alert(1)")() == 1`',
  '`error(Z) < 1`',
  '[[nothing]]',
  '$\\href{javascript:alert(1)}{a}$',
  '$\\def\\a{\\a\\a}\\a$',
  '\u0000',
  '\u202e\ufeff\ud800',
  '&#0;&NotEqualTilde;',
  '[^1] ~~a~~',
];

/** A lesson's file with one to four faults of transport, of hands or of malice. */
function mutated(seed: number): string {
  const random = new RandomSequence(seed, 1);
  let bytes = files[random.below(files.length)];
  const at = () => random.below(bytes.length + 1);
  const insert = (text: string | Uint8Array, place = at()) =>
    Buffer.concat([bytes.subarray(0, place), Buffer.from(text as string), bytes.subarray(place)]);
  const part = (longest: number) => {
    const from = at();
    return [from, Math.min(bytes.length, from + 1 + random.below(longest))] as const;
  };
  const lines = (change: (lines: string[], i: number) => void) => {
    const all = bytes.toString('utf8').split('\n');
    change(all, random.below(all.length));
    return Buffer.from(all.join('\n'));
  };
  const mutations = [
    () => bytes.subarray(0, at()),
    () => bytes.subarray(at()),
    () => {
      const [from, to] = part(400);
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    },
    () => insert(bytes.subarray(...part(400))),
    () => {
      const copy = Buffer.from(bytes);
      const [i, j] = [random.below(copy.length || 1), random.below(copy.length || 1)];
      [copy[i], copy[j]] = [copy[j], copy[i]];
      return copy;
    },
    () => insert(String.fromCodePoint(random.below(0xd800))),
    () => insert(Uint8Array.from({ length: 5 }, () => random.below(256))),
    () => insert(FOREIGN[random.below(FOREIGN.length)]),
    () => insert(`\n\n${FOREIGN[random.below(FOREIGN.length)]}\n\n`),
    () => insert('[*_`$(<>#-{'[random.below(11)].repeat(1 + random.below(3000))),
    () => insert(`\n${['> ', '- ', '1. ', '  '][random.below(4)].repeat(1 + random.below(9))}`),
    () => Buffer.concat(Array<Buffer>(1 + random.below(60)).fill(bytes)),
    () => lines((all, i) => all.splice(i, 1)),
    () => lines((all, i) => all.splice(i, 0, all[random.below(all.length)])),
    () => lines((all, i) => all.splice(i, 1, all[i].trim().split('').reverse().join(''))),
    () => Buffer.from(bytes.toString('utf8').replaceAll('\n', ['\r\n', '\r', ' '][random.below(3)])),
  ];
  for (let n = 1 + random.below(4); n > 0; n--) bytes = mutations[random.below(mutations.length)]();
  return bytes.toString('utf8');
}

const comparable = (lesson: Lesson) =>
  JSON.stringify(lesson, (key, value) => (key === 'line' ? undefined : value));

let lessons = 0;

describe('a lesson’s file that came to harm', () => {
  it.each(Array.from({ length: 200 }, (_, i) => i + 1))(
    '%i: is refused clearly, or is a lesson',
    async (seed) => {
      const text = mutated(seed);
      const begun = performance.now();
      const { lesson, faults } = await readLesson(text);
      expect(performance.now() - begun).toBeLessThan(10_000);
      expect(lesson === undefined).toBe(faults.length > 0);
      const lines = text.split(/\r\n|\r|\n/).length;
      for (const fault of faults) {
        expect(fault.line).toBeGreaterThanOrEqual(1);
        expect(fault.line).toBeLessThanOrEqual(lines);
        expect(fault.text).toMatch(/^.{10,}/);
        expect(fault.text).not.toMatch(/undefined|\[object|is not a function|Cannot read/);
      }
      if (!lesson) return;
      lessons++;
      expect(JSON.stringify(lesson)).not.toMatch(/<(?!\/?(math|m\w+|semantics|annotation|span)\b)[a-z!]/i);
      const again = await readLesson(writeLesson(lesson));
      expect(again.faults).toEqual([]);
      expect(comparable(again.lesson as Lesson)).toBe(comparable(lesson));
    },
  );

  it('some are still lessons, most are not', () => {
    expect(lessons).toBeGreaterThan(10);
    expect(lessons).toBeLessThan(100);
  });
});

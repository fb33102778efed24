import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultsOf, type PlayedCheck, playgroundHere, playLesson } from '../../tests/support/lesson.ts';
import { unchecked } from '../../tests/support/lesson-claims.ts';
import type { Lesson } from './lesson.ts';
import { readLesson } from './read.ts';

const folder = new URL('./en/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
const lessonOf = async (name: string) => {
  const { lesson, faults } = await readLesson(readFileSync(new URL(name, folder), 'utf8'));
  expect(faults).toEqual([]);
  return lesson as Lesson;
};

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

it('leads to scenes that there are', async () => {
  const lessons = new Map<number, number>();
  for (const name of files) lessons.set(Number(name.slice(0, 2)), (await lessonOf(name)).scenes.length);
  for (const name of files) {
    const text = readFileSync(new URL(name, folder), 'utf8');
    for (const [link, lesson, scene = '1'] of text.matchAll(/#lesson=(\d+)(?:\.(\d+))?/g))
      expect(Number(scene), `${link} in ${name}`).toBeLessThanOrEqual(lessons.get(Number(lesson)) ?? 0);
  }
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
    ['This is twice as much: `T == 32`.', 0],
    ['Once more, a little more, more and more.', 0],
    ['An $x_2$ is no claim, nor is moreover.', 0],
    ['It said “more”. `T == 32` Less is less.', 1],
  ])('%s', async (text, count) => {
    expect(await scene(text)).toHaveLength(count);
  });
});

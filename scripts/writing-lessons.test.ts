import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Lesson } from '../src/lessons/lesson.ts';
import { readLesson } from '../src/lessons/read.ts';
import { faultsOf, type PlayedCheck, playgroundHere, playLesson } from '../tests/support/lesson.ts';
import { unchecked } from '../tests/support/lesson-claims.ts';
import { DOCUMENT, exampleLesson, writingLessons } from './writing-lessons.ts';

describe('docs/writing-lessons.md', () => {
  it('has its tables as the code has them now: npm run writing-lessons', async () => {
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(await writingLessons());
  });

  it('has an example that is a lesson, uses every part of one, and is true', async () => {
    const { lesson, faults } = await readLesson(exampleLesson());
    expect(faults).toEqual([]);
    const { scenes, explains } = lesson as Lesson;
    expect(explains.length).toBeGreaterThan(0);
    for (const part of ['text', 'question', 'tasks', 'after', 'notes'] as const)
      expect(
        scenes.some((scene) => [scene[part] ?? []].flat().length > 0),
        part,
      ).toBe(true);
    const playground = await playgroundHere();
    const played: PlayedCheck[] = [];
    for await (const one of playLesson(playground, { scenes })) played.push(one);
    playground.actions.dispose();
    expect(faultsOf(played)).toEqual([]);
    expect(unchecked(lesson as Lesson)).toEqual([]);
  });
});

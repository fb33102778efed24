import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, loadLesson } from './catalogue.ts';

describe('catalogue', () => {
  it('has every lesson of the folder, numbered from 1 without a gap', () => {
    const files = readdirSync(new URL('./en', import.meta.url)).filter((name) => name.endsWith('.md'));
    expect(files.map((name) => Number(name.slice(0, 2)))).toEqual(files.map((_, i) => i + 1));
    expect(CATALOGUE.map(({ number }) => number)).toEqual(files.map((_, i) => i + 1));
  });

  it.each(CATALOGUE.map((head) => [head.number, head] as const))(
    'lists lesson %i as it is',
    async (n, head) => {
      const lesson = await loadLesson(n);
      expect(head).toEqual({
        number: n,
        title: lesson?.title,
        about: lesson?.about,
        explains: lesson?.explains,
        scenes: lesson?.scenes.map(({ title }) => title),
      });
    },
  );

  it.each(['README.md', 'CHANGELOG.md'])('has as many as %s says', (name) => {
    const words = ['Eight', 'Nine', 'Ten', 'Eleven', 'Twelve', 'Thirteen', 'Fourteen', 'Fifteen'];
    const text = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
    expect(text).toContain(`**${words[CATALOGUE.length - 8]} lessons**`);
  });

  it('has no lesson of other numbers', async () => {
    expect(await loadLesson(0)).toBeUndefined();
    expect(await loadLesson(99)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { readLesson } from './read.ts';
import { partsOfLesson, withoutScene, withScene, withSceneMoved } from './scene-order.ts';

const LESSON = `# Title

About it.

## One

[What it shows](#seed=1)

Words.

### For the teacher

Notes.

## Two ##

[What it shows](#seed=2)

Words.
`;
const titles = (text: string) => partsOfLesson(text).scenes.map(({ title }) => title);

describe('scenes of a lesson’s text', () => {
  it('are cut before their headings, notes with their scene', () => {
    const { head, scenes } = partsOfLesson(LESSON);
    expect(head).toBe('# Title\n\nAbout it.');
    expect(scenes.map(({ title, line }) => [title, line])).toEqual([
      ['One', 5],
      ['Two', 15],
    ]);
    expect(scenes[0].text).toContain('Notes.');
  });

  it('are moved and taken out', () => {
    expect(titles(withSceneMoved(LESSON, 0, 1))).toEqual(['Two', 'One']);
    expect(titles(withSceneMoved(LESSON, 1, -1))).toEqual(['Two', 'One']);
    expect(withSceneMoved(LESSON, 0, -1)).toBe(LESSON);
    expect(withSceneMoved(LESSON, 1, 1)).toBe(LESSON);
    expect(titles(withoutScene(LESSON, 0))).toEqual(['Two']);
    expect(withSceneMoved(withSceneMoved(LESSON, 0, 1), 0, 1)).toBe(LESSON);
  });

  it('are added, with any link of the page', async () => {
    const hash = '#target=formula&formula=(x%2B1)*(y)';
    const text = withScene(LESSON, { title: 'Three', words: 'A view', hash, say: 'Look.' });
    const { lesson, faults } = await readLesson(text);
    expect(faults).toEqual([]);
    const scene = lesson?.scenes[2];
    expect(scene?.title).toBe('Three');
    expect(decodeURIComponent(scene?.hash ?? '')).toBe(decodeURIComponent(hash));
    const first = withScene('', { title: 'First', words: 'A view', hash: '', say: 'Look.' });
    expect(titles(first)).toEqual(['First']);
  });
});

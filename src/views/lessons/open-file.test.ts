import { expect, it } from 'vitest';
import { readDraft } from './open-file.ts';
import { useOwnLesson } from './own-lesson.ts';

it.each([
  [
    'a folder',
    { name: 'x', size: 4096, arrayBuffer: () => Promise.reject(new Error('gone')) },
    'cannot be read',
  ],
  ['a run', new File(['{"theta":[]}'], 'run.json'), 'opened under “Share”'],
  ['a picture', new File([new Uint8Array([137, 80, 78, 71])], 'x.png'), 'no text in UTF-8'],
  ['10 MB', { name: 'x', size: 1e7 }, 'allowed: 65536'],
])('what cannot be a lesson is refused by what it is: %s', async (_, file, words) => {
  await readDraft(file as File, () => expect.unreachable());
  expect(useOwnLesson.getState().refused?.faults[0].text).toContain(words);
});

it('a mark of the byte order is no part of a text', async () => {
  let text = '';
  await readDraft(new File(['\ufeff# A lesson'], 'x.md'), (read) => {
    text = read;
  });
  expect(text).toBe('# A lesson');
});

import { expect, it } from 'vitest';
import { openTable, readTable, useOpened } from './open-data.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const GOOD = `a,b\n${Array.from({ length: 12 }, (_, i) => `${i},${i * i}`).join('\n')}`;

it.each([
  ['an empty file', ''],
  ['a ragged row', `${GOOD}\n1`],
  ['an unclosed quote', `${GOOD}\n"1,2`],
  ['bytes', '\0\0'],
])('what was read stays where %s is not', (_, text) => {
  readTable('good.csv', bytes(GOOD));
  const before = useOpened.getState();
  expect(before.sheet?.rows).toHaveLength(12);
  readTable('broken.csv', bytes(text));
  const { sheet, bytes: kept, fault } = useOpened.getState();
  expect(sheet).toBe(before.sheet);
  expect(kept).toBe(before.bytes);
  expect(fault).toEqual({ name: 'broken.csv', text: expect.stringMatching(/^(file|line|byte) ?[\d,]*: /) });
  // The next one that can be read ends the complaint.
  readTable('good.csv', bytes(GOOD));
  expect(useOpened.getState().fault).toBeUndefined();
});

it('a folder is named, and what was read stays', async () => {
  readTable('good.csv', bytes(GOOD));
  const { sheet } = useOpened.getState();
  const looked: unknown[] = [];
  const folder = Object.assign(new File([], 'a folder'), {
    arrayBuffer: () => Promise.reject(new Error('NotReadableError')),
  });
  await openTable({ actions: { look: (view: string) => looked.push(view) } } as never, folder);
  expect(useOpened.getState()).toMatchObject({
    sheet,
    fault: { name: 'a folder', text: 'it is a folder, or no longer there' },
  });
  expect(looked).toEqual(['data']);
});

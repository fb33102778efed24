import { expect, it } from 'vitest';
import { resolveConfig } from '../../training/presets.ts';
import { forgetOpened, openTable, readFor, readTable, useOpened } from './open-data.ts';

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
  expect(fault).toMatchObject({
    name: 'broken.csv',
    text: expect.stringMatching(/^(file|line|byte) ?[\d,]*: /),
  });
  // The next one that can be read ends the complaint.
  readTable('good.csv', bytes(GOOD));
  expect(useOpened.getState().fault).toBeUndefined();
});

const page = (experiment: 'hat' | 'forecast', looked: unknown[] = []) =>
  ({
    actions: { look: (view: string) => looked.push(view) },
    app: { getState: () => ({ config: resolveConfig({ experiment }) }) },
  }) as never;

it('a file is read for the experiment on the page, and again for what is chosen', async () => {
  const file = new File([Array.from({ length: 12 }, (_, i) => `${i * i}`).join('\n')], 'column.txt');
  forgetOpened();
  await openTable(page('hat'), file);
  expect(useOpened.getState().fault?.text).toMatch(/two columns or more/);
  readFor('series');
  expect(useOpened.getState()).toMatchObject({ use: 'series', sheet: { names: ['column 1'] } });
  expect(useOpened.getState().fault).toBeUndefined();
  forgetOpened();
  await openTable(page('forecast'), file);
  expect(useOpened.getState()).toMatchObject({ use: 'series', sheet: { name: 'column.txt' } });
});

it('a folder is named, and what was read stays', async () => {
  readTable('good.csv', bytes(GOOD));
  const { sheet } = useOpened.getState();
  const looked: unknown[] = [];
  const folder = Object.assign(new File([], 'a folder'), {
    arrayBuffer: () => Promise.reject(new Error('NotReadableError')),
  });
  await openTable(page('hat', looked), folder);
  expect(useOpened.getState()).toMatchObject({
    sheet,
    fault: { name: 'a folder', text: 'it is a folder, or no longer there' },
  });
  expect(looked).toEqual(['data']);
});

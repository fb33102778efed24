import { expect, it } from 'vitest';
import { networkFileKind } from './file-kinds.ts';

it.each([
  ['run.json', '{"format"', 'run'],
  ['anything', '{', 'run'],
  ['net.NIR', '', 'nir'],
  ['renamed.txt', '\u0089HDF\r\n\u001a\n', 'nir'],
  ['weights', 'PK\u0003\u0004', 'npz'],
  ['weights.npz', 'no archive', 'npz'],
  ['lesson.md', '# A lesson', undefined],
  ['json', '# A lesson', undefined],
] as const)('%s that begins with %j', (name, start, kind) => {
  expect(
    networkFileKind(
      name,
      Uint8Array.from(start, (c) => c.charCodeAt(0)),
    ),
  ).toBe(kind);
});

import { expect, it } from 'vitest';
import { agoOf } from './ago.ts';
import { sentenceOf } from './keep-runs.ts';

it('what was kept is as old as people say it', () => {
  const minute = 60_000;
  expect([0, 59_999, minute, 119 * minute, 2 * 60 * minute, 24 * 60 * minute, 1e9].map(agoOf)).toEqual([
    'a moment ago',
    'a moment ago',
    '1 minute ago',
    '1 hour ago',
    '2 hours ago',
    '1 day ago',
    '11 days ago',
  ]);
});

it('a run that is too large is told of with both numbers and what to do', () => {
  expect(sentenceOf({ kind: 'large', bytes: 81.2e6, most: 64e6 })).toBe(
    'This run takes 82 MB and is not kept beyond the page; up to 64 MB are. “Share” saves it as a file.',
  );
});

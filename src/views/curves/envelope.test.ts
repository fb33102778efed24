import { expect, it } from 'vitest';
import { envelope } from './envelope.ts';

it('keeps the extremes of every column and leaves out what has no logarithm', () => {
  const values = [4, 2, 9, Number.NaN, 5, -1, 0, 7];
  const { least, greatest } = envelope(values, 3, (i) => i / 3);
  expect([...least]).toEqual([2, 5, 7]);
  expect([...greatest]).toEqual([9, 5, 7]);
});

it('marks columns without a value', () => {
  const { least } = envelope([1, Number.NaN, 3], 3, (i) => i);
  expect([...least]).toEqual([1, Number.NaN, 3]);
});

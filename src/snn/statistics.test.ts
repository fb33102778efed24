import { expect, it } from 'vitest';
import { median, quantile, weightedMedian } from './statistics.ts';

it('the median is the middle one, or the mean of the middle two', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([10, 9, 1, 2])).toBe(5.5);
  expect(median([1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
  expect(median([])).toBeNaN();
});

it('the weighted median is that of values that occur as often as they weigh', () => {
  const entries = [
    { value: 4, weight: 1 },
    { value: 1, weight: 5 },
    { value: 2, weight: 3 },
  ];
  expect(weightedMedian(entries)).toBe(1);
  expect(weightedMedian([...entries, { value: 3, weight: 2 }])).toBe(2);
  expect(weightedMedian([])).toBeNaN();
});

it('a quantile is one of the numbers, from the least to the greatest', () => {
  const values = Array.from({ length: 101 }, (_, n) => (37 * n) % 101);
  expect([0, 0.25, 0.5, 0.99, 1].map((share) => quantile(values, share))).toEqual([0, 25, 50, 99, 100]);
  expect(quantile([7], 0.3)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});

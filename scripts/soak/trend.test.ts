import { expect, test } from 'vitest';
import { trendOf } from './trend.ts';

const MINUTES = Array.from({ length: 60 }, (_, i) => i / 60);
/** Noise between −1 and 1, the same each time. */
const noise = (i: number) => Math.sin(i * 12.9898) * Math.cos(i * 78.233);

test('what grows steadily is found under noise and with views that are open now and then', () => {
  const leaking = MINUTES.map((hour, i) => 6e6 + 1e6 * hour + 2e5 * noise(i) + (i % 7 === 0 ? 9e6 : 0));
  const { perHour, grows } = trendOf(MINUTES, leaking);
  expect(grows).toBe(true);
  expect(perHour / 1e6).toBeCloseTo(1, 0);
});

test('what goes up and down, falls, stays or grows by next to nothing does not grow', () => {
  for (const values of [
    MINUTES.map((_, i) => 6e6 + 1e6 * noise(i)),
    MINUTES.map((_, i) => 6e6 + 1e5 * (i % 12)),
    MINUTES.map((hour) => 6e6 - 1e6 * hour),
    MINUTES.map((hour) => 6e6 + 1e5 * hour),
    MINUTES.map(() => 0),
  ])
    expect(trendOf(MINUTES, values).grows).toBe(false);
});

test('what was nothing at first and grows is found', () => {
  expect(
    trendOf(
      MINUTES,
      MINUTES.map((_, i) => Math.max(0, i - 40)),
    ).grows,
  ).toBe(false);
  expect(
    trendOf(
      MINUTES,
      MINUTES.map((_, i) => i),
    ).grows,
  ).toBe(true);
});

test('views that take more than others are no trend, wherever a tour of them begins and ends', () => {
  const places = MINUTES.map((_, i) => String(i % 25));
  const levels = MINUTES.map((_, i) => 5e6 + 1e5 * (i % 25));
  // Sixty minutes end in the middle of the third tour: of all pairs more go up than down.
  expect(trendOf(MINUTES.slice(0, 25), levels.slice(0, 25)).grows).toBe(true);
  expect(trendOf(MINUTES, levels, places).grows).toBe(false);
  const leaking = levels.map((level, i) => level + 1e6 * MINUTES[i]);
  expect(trendOf(MINUTES, leaking, places)).toMatchObject({ grows: true, perHour: expect.closeTo(1e6, 0) });
});

test('too few values that can be compared are refused', () => {
  expect(() => trendOf([0, 1, 2], [1, 2, 3])).toThrow(
    '3 values of places measured twice: at least 4 are needed',
  );
  expect(() => trendOf([0, 1, 2, 3], [1, 2, 3, 4], ['a', 'b', 'c', 'c'])).toThrow('2 values');
});

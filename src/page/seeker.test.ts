import { expect, it, vi } from 'vitest';
import { createSeeker } from './seeker.ts';

it('seeks one step at a time, the latest wish next, and tells when it rests', async () => {
  vi.useFakeTimers();
  const sought: number[] = [];
  const settled = vi.fn();
  const wish = createSeeker(
    async (step) => {
      sought.push(step);
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
    settled,
    500,
  );
  void wish(1);
  void wish(2);
  void wish(3);
  await vi.advanceTimersByTimeAsync(200);
  expect(sought).toEqual([1, 3]);
  expect(settled).not.toHaveBeenCalled();
  void wish(4);
  await vi.advanceTimersByTimeAsync(400);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(400);
  expect(settled).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});

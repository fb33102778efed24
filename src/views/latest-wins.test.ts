import { expect, it, vi } from 'vitest';
import { latestWins } from './latest-wins.ts';

it('works on one argument at a time and then on the latest', async () => {
  const done: number[] = [];
  let finish = () => {};
  const work = latestWins(async (n: number) => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    done.push(n);
  });
  for (const n of [1, 2, 3, 4]) work(n);
  finish();
  await new Promise((resolve) => setTimeout(resolve, 0));
  finish();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(done).toEqual([1, 4]);
});

it('goes on with the latest and tells when it rests', async () => {
  vi.useFakeTimers();
  const sought: number[] = [];
  const settled = vi.fn();
  const wish = latestWins(
    async (step: number) => {
      sought.push(step);
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
    { settled, settledAfter: 500 },
  );
  wish(1);
  wish(2);
  wish(3);
  await vi.advanceTimersByTimeAsync(200);
  expect(sought).toEqual([1, 3]);
  expect(settled).not.toHaveBeenCalled();
  wish(4);
  await vi.advanceTimersByTimeAsync(400);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(400);
  expect(settled).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});

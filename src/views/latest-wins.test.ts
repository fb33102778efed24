import { expect, it } from 'vitest';
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

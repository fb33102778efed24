import { expect, test } from '@playwright/test';
import { Monkey } from './monkey/monkey.ts';
import { PHONE } from './playground.ts';

/** Some eight seconds of them on two cores; `npm run monkey` has more. */
const ACTIONS = 40;
// A machine that is busy with other things takes several times as long for each.
test.slow();

test('a monkey at a laptop breaks nothing', async ({ page }) => {
  const monkey = new Monkey(page, 20, false);
  await monkey.open();
  await monkey.act(ACTIONS);
  await monkey.expectAlive();
  expect(monkey.faults).toEqual([]);
});

test.describe('on a phone', () => {
  test.use(PHONE);
  test('a monkey breaks nothing', async ({ page }) => {
    const monkey = new Monkey(page, 21, true);
    await monkey.open();
    await monkey.act(ACTIONS);
    await monkey.expectAlive();
    expect(monkey.faults).toEqual([]);
  });
});

import { expect, test } from '@playwright/test';
import { open, PATIENCE, pause, play, stepOf } from './playground.ts';

test('a part that does not arrive says so, and the run goes on', async ({ page }) => {
  await page.route(/MorePanel/, (route) => route.abort());
  await open(page);
  await play(page).click();
  await page.getByRole('button', { name: 'more…' }).click();
  await expect(page.getByRole('alert')).toContainText('The settings failed');
  const step = await stepOf(page);
  await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(step);
  await pause(page).click();
  await expect(play(page)).toBeVisible();
});

test('a worker that cannot start is named, and can be started again', async ({ page }) => {
  let broken = true;
  await page.route(/trainer\.worker/, (route) => (broken ? route.abort() : route.continue()));
  await page.goto('./');
  const notices = page.getByTestId('notices');
  await expect(notices).toContainText(/worker/, PATIENCE);
  broken = false;
  await page.reload();
  await expect(notices).toBeEmpty();
});

import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, open, PATIENCE, test } from './playground.ts';

test('the board trains a table on all cores, goes on after a reload, and is saved', async ({ page }) => {
  await open(page, '#T=6&hidden=6-6&batch=32&steps=3000&inside=board');
  const board = page.getByTestId('board');
  await expect(board).toContainText('with T=6');
  await board.getByRole('spinbutton', { name: 'Seeds' }).fill('2');
  await board.getByRole('button', { name: 'Train them all' }).click();
  const progress = page.getByTestId('board-progress');
  await expect(progress).toContainText(/[1-9]\d* of 12 runs/, PATIENCE);
  await board.getByRole('button', { name: 'Pause the board' }).click();
  await expect(progress).toContainText('paused', PATIENCE);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  const first = await board
    .getByRole('row', { name: /^SG-BP/ })
    .getByRole('strong')
    .first()
    .textContent();

  await page.reload();
  await expect(progress).toContainText('paused', PATIENCE);
  await expect(board.getByRole('row', { name: /^SG-BP/ })).toContainText(String(first));
  await board.getByRole('button', { name: 'Go on' }).click();
  await expect(progress).toContainText('12 of 12 runs', { timeout: 90_000 });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    board.getByRole('button', { name: 'Markdown' }).click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  expect(text.match(/^\| W?SG-/gm)).toHaveLength(6);
  await board.getByRole('button', { name: 'New board' }).click();
  await expect(board.getByRole('button', { name: 'Train them all' })).toBeVisible();
});

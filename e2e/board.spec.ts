import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { violationsOn } from './axe.ts';
import { expect, open, PATIENCE, rowsOf, test } from './playground.ts';

const SMALL = '#T=6&hidden=6-6&batch=32&inside=board';
const progressOf = (page: Page) => page.getByTestId('board-progress');

async function begin(page: Page, seeds: number): Promise<Locator> {
  const board = page.getByTestId('board');
  await board.getByRole('spinbutton', { name: 'Seeds' }).fill(String(seeds));
  await board.getByRole('button', { name: 'Train them all' }).click();
  return board;
}

async function saved(page: Page, format: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('board').getByRole('button', { name: format }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

test('the board trains a table on all cores, goes on after a reload, and is saved', async ({ page }) => {
  // Twelve runs, on a machine that may be busy with others.
  test.slow();
  await open(page, '#T=6&hidden=6-6&batch=32&steps=3000&inside=board');
  const board = page.getByTestId('board');
  await expect(board).toContainText('with T=6');
  await board.getByRole('spinbutton', { name: 'Seeds' }).fill('2');
  await board.getByRole('button', { name: 'Train them all' }).click();
  const progress = page.getByTestId('board-progress');
  await expect(progress).toContainText(/[1-9]\d* of 12 runs/, PATIENCE);
  await board.getByRole('button', { name: 'Pause the board' }).click();
  await expect(progress).toContainText('paused', PATIENCE);
  expect(await violationsOn(page)).toEqual([]);
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
  const text = await saved(page, 'Markdown');
  expect(text.match(/^\| W?SG-/gm)).toHaveLength(6);
  await board.getByRole('button', { name: 'Discard…' }).click();
  await board.getByRole('button', { name: 'Delete it' }).click();
  await expect(board.getByRole('button', { name: 'Train them all' })).toBeVisible();
});

test('stopping keeps what is finished; discarding asks first; all files have the same figures', async ({
  page,
}) => {
  await open(page, `${SMALL}&steps=1500`);
  const board = await begin(page, 20);
  const progress = progressOf(page);
  await expect(board.getByRole('row', { name: /^SG-BP/ }).getByRole('strong')).toBeVisible(PATIENCE);
  await board.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(progress).toHaveAttribute('data-status', 'stopped');
  const words = (await progress.textContent()) ?? '';
  const finished = Number(words.match(/^(\d+) of 120 runs/)?.[1]);
  expect(finished).toBeGreaterThanOrEqual(1);
  await page.reload();
  await expect(progress).toContainText(`${finished} of 120 runs`, PATIENCE);

  const csv = rowsOf(await saved(page, 'CSV')).map((line) => line.split(','));
  expect(csv[0]).toEqual('method,paper,median,min,max,runs,batch,K,steps,rate,optimiser'.split(','));
  expect(csv).toHaveLength(7);
  expect(csv.slice(1).reduce((sum, cells) => sum + Number(cells[5]), 0)).toBe(finished);
  const median = Number(csv[1][2]).toFixed(4);
  expect(csv[1].slice(6, 9)).toEqual(['32', '', '1500']);
  await expect(board.getByRole('row', { name: /^SG-BP/ })).toContainText(median);
  for (const [format, line] of [
    ['Markdown', `| SG-BP | setting differs | ${median} [`],
    ['LaTeX', `  SG-BP & setting differs & ${median} [`],
  ]) {
    const text = await saved(page, format);
    expect(text).toContain(line);
    expect(text).toContain('on the 101 × 101 grid');
    expect(text).toContain('batch 32, 1500 steps, rate');
  }

  await board.getByRole('button', { name: 'Discard…' }).click();
  await expect(board.getByRole('group')).toContainText(`results of ${finished} finished run`);
  expect(await violationsOn(page, '[data-testid="board"]')).toEqual([]);
  await board.getByRole('button', { name: 'Keep it' }).click();
  await expect(progress).toContainText(`${finished} of 120 runs`);
  await board.getByRole('button', { name: 'Discard…' }).click();
  await board.getByRole('button', { name: 'Delete it' }).click();
  await expect(board.getByRole('button', { name: 'Train them all' })).toBeEnabled();
  await page.reload();
  await expect(board.getByRole('button', { name: 'Train them all' })).toBeEnabled(PATIENCE);
});

test('while its view is closed the header says how far the board is; after a reload it goes on when opened', async ({
  page,
}) => {
  await open(page, `${SMALL}&steps=20000`);
  await begin(page, 20);
  const badge = page.getByTestId('board-badge');
  await expect(badge).toHaveCount(0);
  await expect(progressOf(page)).toHaveAttribute('data-status', 'running');
  await page.getByTestId('inside').getByRole('button', { name: 'Close', exact: true }).click();
  await expect(badge).toHaveText(/^Board \d+ %$/);
  await page.reload();
  await expect(badge).toHaveText(/^Board \d+ % paused$/, PATIENCE);
  await badge.click();
  await expect(progressOf(page)).toHaveAttribute('data-status', 'running', PATIENCE);
  await page.getByRole('button', { name: 'Pause the board' }).click();
  await expect(progressOf(page)).toContainText('paused');
  await page.reload();
  await expect(progressOf(page)).toHaveAttribute('data-status', 'paused', PATIENCE);
});

test('of two tabs one trains the board, the other shows it and takes it over', async ({ page, context }) => {
  await open(page, `${SMALL}&steps=20000`);
  await begin(page, 20);
  await expect(progressOf(page)).toHaveAttribute('data-status', 'running');
  const second = await context.newPage();
  await open(second, `${SMALL}&steps=7`);
  const board = second.getByTestId('board');
  await expect(second.getByTestId('board-elsewhere')).toBeVisible(PATIENCE);
  await expect(board).toContainText('seeds 1 to 20; T=6, hidden=6-6, batch=32, steps=20000');
  await expect(progressOf(second)).toContainText(/\d+ of 120 runs/);
  for (const name of ['Pause the board', 'Go on', 'Discard…', 'Train them all'])
    await expect(board.getByRole('button', { name })).toHaveCount(0);
  await page.close();
  await expect(second.getByTestId('board-elsewhere')).toHaveCount(0, PATIENCE);
  await expect(board.getByRole('button', { name: 'Pause the board' })).toBeVisible(PATIENCE);
  await expect(progressOf(second)).toContainText(/[12] threads?/);
});

test('an operator experiment: all ten methods, the error a mean over the test functions', async ({
  page,
}) => {
  await open(
    page,
    '#experiment=poisson&T=4&batch=4&steps=30&trainFunctions=20&testFunctions=10&inside=board',
  );
  const board = await begin(page, 1);
  await expect(progressOf(page)).toContainText('10 of 10 runs', PATIENCE);
  await expect(board).toContainText('mean of the relative L2 error over 10 test functions');
  await expect(board.getByRole('row')).toHaveCount(11);
  for (const name of ['SG-BP', 'WSG-RFG-L-LL']) {
    const error = board.getByRole('row', { name: new RegExp(`^${name} `) }).getByRole('strong');
    expect(Number(await error.textContent())).toBeGreaterThan(0.005);
  }
});

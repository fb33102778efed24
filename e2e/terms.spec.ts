import type { Locator } from '@playwright/test';
import { expect, open, test } from './playground.ts';

/** Controls in sight that neither say in words what they do nor have a tip, a title, a description or a term. */
const unexplained = (within: Locator) =>
  within.evaluate((root) => {
    const controls = root.querySelectorAll<HTMLElement>(
      'button, input, select, textarea, [role="slider"], [role="button"]',
    );
    const textOf = (element: Element | null | undefined) => element?.textContent?.trim() ?? '';
    const explained = (control: HTMLElement) => {
      const described = (control.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
      const labels = (control.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean);
      return (
        control.title !== '' ||
        control.ariaDescription ||
        control.dataset.term !== undefined ||
        control.closest('[data-hint], [title]') !== null ||
        described.some((id) => textOf(document.getElementById(id)) !== '') ||
        labels.some((id) => document.getElementById(id)?.querySelector('[data-term]')) ||
        // Words on the page that say it.
        /\S \S/.test(textOf(control)) ||
        [...((control as HTMLInputElement).labels ?? [])].some((label) => /\S \S/.test(textOf(label)))
      );
    };
    return [...controls]
      .filter((control) => control.checkVisibility() && !explained(control))
      .map((control) => control.getAttribute('aria-label') || textOf(control) || control.outerHTML);
  });

test('every control of the page explains itself', async ({ page }) => {
  for (const [hash, experiment] of [
    ['', 'hat'],
    ['#gradient=RFG', 'hat'],
    ['#experiment=poisson&T=6', 'Poisson'],
  ]) {
    await open(page, hash);
    const chosen = experiment === 'hat' ? 'Mexican hat' : 'Poisson';
    await expect(page.getByRole('radio', { name: chosen, exact: true })).toBeChecked();
    expect(await unexplained(page.locator('body')), hash).toEqual([]);
    await page.getByRole('button', { name: 'more…' }).click();
    await expect(page.locator('#settings')).toBeVisible();
    expect(await unexplained(page.locator('#settings')), hash).toEqual([]);
    await page.getByRole('button', { name: 'Close the settings' }).click();
    await expect(page.locator('#settings')).toBeHidden();
  }
});

test('every setting and every view inside has its terms explained; what buttons open is said before they are pressed', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('button', { name: 'more…' }).click();
  const rate = page.getByRole('textbox', { name: 'Learning rate η' });
  await expect(rate).toBeVisible();
  await page.locator('#settings [data-term="learningRate"]').first().hover();
  await expect(page.getByRole('tooltip')).toContainText('it follows a schedule');
  await page.getByRole('button', { name: 'Close the settings' }).click();
  for (const id of ['step', 'slice', 'cost', 'table']) {
    await page.getByRole('button', { name: 'Look inside' }).click();
    await page.getByTestId(`inside-${id}`).click();
    const drawer = page.getByTestId('inside');
    await drawer.locator('[data-term]').first().hover();
    await expect(page.getByRole('tooltip')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('tooltip')).toHaveCount(0);
    await drawer.getByRole('button', { name: 'Close' }).click();
  }
  for (const [name, words] of [
    ['Look inside', 'the paper’s table'],
    ['Compare', 'side by side'],
    ['Share', 'QR code'],
    ['more…', 'Every other setting'],
    ['Data', 'as numbers'],
  ]) {
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).hover();
    await expect(page.getByRole('tooltip')).toContainText(words);
  }
});

test('symbols within the drawings are explained where they stand', async ({ page }) => {
  await open(page, '#surrogate=WSG');
  for (const [figure, symbols] of [
    ['membrane', { membrane: 'adds up over time', threshold: 'at which a neuron spikes' }],
    [
      'surrogate',
      {
        sigma: 'how far from the threshold',
        WSG: 'random shifts',
        heaviside: '0 below',
        threshold: 'at which',
      },
    ],
  ] as const)
    for (const [term, words] of Object.entries(symbols)) {
      const spot = page.getByTestId(figure).locator('..').locator(`[data-term="${term}"]`);
      await spot.hover();
      await expect(page.getByRole('tooltip')).toContainText(words);
      const box = await spot.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('tooltip')).toHaveCount(0);
    }
});

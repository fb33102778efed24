import type { Locator, Page } from '@playwright/test';
import { expect, open, PATIENCE, play, test } from './playground.ts';

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

interface Said {
  readonly name: string;
  readonly words: string;
}

/**
 * Controls in sight that can do nothing now: what they say by the keys and to a screen reader, empty where that is nothing; and what
 * all others say.
 */
async function reasonsOn(page: Page): Promise<{ readonly off: Said[]; readonly on: Said[] }> {
  // Explanations follow the keys: what gets the focus is asked as if by Tab.
  await page.keyboard.press('Tab');
  return page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const seen = (element: Element) => element.checkVisibility() && element.getBoundingClientRect().width > 2;
    const textOf = (element: Element | null) => element?.textContent?.trim() ?? '';
    const controls = document.querySelectorAll<HTMLInputElement>(
      'button, input, select, textarea, [role="textbox"], [role="slider"], [role="radio"]',
    );
    const off: Said[] = [];
    const on: Said[] = [];
    for (const control of controls) {
      if (!control.checkVisibility() || control.closest('[inert]')) continue;
      const label = document.getElementById(control.getAttribute('aria-labelledby') ?? '');
      const name = control.ariaLabel || textOf(label) || textOf(control.labels?.[0] ?? control);
      const ask = async (tries: number): Promise<void> => {
        const describing = (control.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .map((id) => document.getElementById(id));
        const words = describing.map(textOf).join(' ').trim();
        if (!control.matches(':disabled, [aria-disabled="true"]')) {
          on.push({ name, words });
          return;
        }
        control.focus();
        const shown = describing.some((element) => element && seen(element));
        for (let i = 0; i < 2 && !shown; i++) await frame();
        const tips = [...document.querySelectorAll('[role="tooltip"]')].map(textOf);
        const heard = document.activeElement === control && (shown || tips.includes(words));
        if (heard || tries === 0) {
          off.push({ name, words: heard ? words : '' });
          return;
        }
        // What the page is at may have changed between the reason and its tip.
        control.blur();
        await frame();
        await ask(tries - 1);
      };
      await ask(2);
    }
    (document.activeElement as HTMLElement).blur();
    return { off, on };
  });
}

test('every control of the page explains itself; what can do nothing says why, whatever the page is at', async ({
  page,
}) => {
  const off: Said[] = [];
  const on: Said[] = [];
  const ask = async () => {
    const said = await reasonsOn(page);
    off.push(...said.off);
    on.push(...said.on);
  };
  const lanes = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((K) => `gradient=RFG:K=${K}`).join();
  for (const hash of [
    // The recorded run; and with an engine on which it is replayed slowly.
    '#engine=reference',
    '#experiment=poisson&T=6&gradient=RFG',
    // Ten lanes, and settings that this experiment has not.
    `#gradient=RF&T=6&hidden=8&batch=32&rank=4&K=99&lanes=${lanes}`,
  ]) {
    await open(page, hash);
    const chosen = hash.includes('poisson') ? 'Poisson' : 'Mexican hat';
    await expect(page.getByRole('radio', { name: chosen, exact: true })).toBeChecked();
    expect(await unexplained(page.locator('body')), hash).toEqual([]);
    await ask();
    await page.getByRole('button', { name: 'more…' }).click();
    await expect(page.locator('#settings')).toBeVisible();
    expect(await unexplained(page.locator('#settings')), hash).toEqual([]);
    await ask();
    await page.getByRole('button', { name: 'Close the settings' }).click();
    await expect(page.locator('#settings')).toBeHidden();
    if (hash.includes('reference')) {
      await page.getByRole('slider', { name: 'Moment of the run' }).press('ArrowLeft');
      await expect(page.getByTestId('replay')).toBeVisible(PATIENCE);
    } else await play(page).click();
    expect(await unexplained(page.locator('body')), hash).toEqual([]);
    await ask();
  }
  await page.getByRole('button', { name: 'Lane A: change it' }).click();
  expect(await unexplained(page.locator('body'))).toEqual([]);
  await ask();
  await page.goto('about:blank');
  await page.goto('./#lesson=1.1');
  await expect(page.getByTestId('scene')).toBeVisible(PATIENCE);
  await ask();
  const names = off.map(({ name }) => name);
  for (const name of ['Step back', 'Painting', 'Add a lane', 'Back', 'One direction more'])
    expect(names).toContain(name);
  const plain = ({ name, words }: Said) => on.some((one) => one.name === name && one.words === words);
  expect(off.filter((one) => one.words === '' || plain(one))).toEqual([]);
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

import type { Page } from '@playwright/test';
import { violationsOn } from './axe.ts';
import { engineBadge, expect, open, PATIENCE, PHONE, pause, play, stepOf, test } from './playground.ts';

async function expectAccessible(page: Page): Promise<void> {
  // Contrast is judged on what stands still.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await violationsOn(page)).toEqual([]);
}

/**
 * Controls on screen that are smaller than 24 × 24 CSS pixels. Words explained within a heading are text, and neurons of the
 * diagram can be chosen with larger buttons too.
 */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button:not([data-node], h2 *), select, input, a')].flatMap((element) => {
      const target = element.matches('[type=radio], [type=checkbox]')
        ? (element.closest('label') ?? element)
        : element;
      const { width, height } = target.getBoundingClientRect();
      const small = width > 0 && (width < 24 || height < 24);
      return small ? [`${element.outerHTML.slice(0, 120)} ${width} × ${height}`] : [];
    }),
  );
}

test.describe('on a laptop', () => {
  test('everything is on one screen; it, engine, help and data pass axe', async ({ page }) => {
    await open(page);
    const { scroll, view } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollHeight,
      view: innerHeight,
    }));
    expect(scroll).toBeLessThanOrEqual(view);
    await expectAccessible(page);
    expect(await smallTargets(page)).toEqual([]);

    await engineBadge(page).click();
    await expect(page.getByText('Compute with')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Spiking Playground' })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeHidden();
    const baselines = page.getByRole('button', { name: 'Baselines', exact: true });
    await baselines.click();
    await expect(baselines).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByTestId('baselines-note')).toBeInViewport({ ratio: 1 });
    await expect(page.getByTestId('curves')).toHaveAccessibleDescription(
      /Baselines: nothing learned 1.00; least squares 0.640; polynomial [^;]*e-8; tanh units, BP/,
      PATIENCE,
    );
    const data = page.getByRole('button', { name: 'Data', exact: true });
    await data.click();
    const close = page.getByRole('button', { name: 'Close', exact: true });
    await expect(close).toBeFocused();
    // What is behind a dialog is out of reach.
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('#root') ?? null)).toBeNull();
    }
    await expect(page.getByRole('dialog')).toContainText(/nothing learned 1.00;.* None of these has spikes/);
    const rows = page.getByRole('table').getByRole('row');
    await expect(rows.first()).toBeVisible();
    expect(await rows.count()).toBeLessThanOrEqual(21);
    await expectAccessible(page);
    await page.mouse.click(5, 5);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(data).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(close).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(data).toBeFocused();
  });

  test('dark follows the system, is remembered when chosen, and passes axe', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await open(page);
    const html = page.locator('html');
    await expect(html).toHaveAttribute('data-scheme', 'dark');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Light theme' }).click();
    await expect(html).toHaveAttribute('data-scheme', 'light');
    await page.reload();
    await expect(html).toHaveAttribute('data-scheme', 'light');
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await expect(html).toHaveAttribute('data-scheme', 'dark');
  });

  test('settings: bad input is answered beside the input and lost nowhere', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'more…' }).click();
    const panel = page.getByRole('region', { name: 'All settings' });
    const rate = panel.getByLabel('Learning rate η', { exact: true });
    await rate.fill('fast');
    await rate.press('Enter');
    await expect(panel).toContainText('rate: “fast” is not allowed; allowed: a number from 1e-7 to 100');
    await expect(rate).toHaveValue('fast');
    await expect(rate).toHaveAttribute('aria-invalid', 'true');
    await rate.fill('0.5');
    await rate.press('Enter');
    await expect(panel).not.toContainText('is not allowed');
    await expect(page).toHaveURL(/rate=0\.5/);
    await expectAccessible(page);
    await panel.getByRole('button', { name: 'Learning rate η: follow the recipe again' }).click();
    await expect(rate).toHaveValue('0.02');
    await expect(page).not.toHaveURL(/rate/);
    const init = panel.getByLabel('Initial weights');
    // What cannot be chosen here is said before it is tried.
    await expect(init).toHaveAccessibleDescription(/Not with this method or experiment: operator\.$/);
    await expect(init.locator('option[value="operator"]')).toBeDisabled();
    await expect(init.locator('option[value="uniform"]')).toBeEnabled();
    await init.focus();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(page.getByRole('button', { name: 'more…' })).toBeFocused();
  });

  test('what has no meaning says why', async ({ page }) => {
    await open(page);
    const global = page.getByRole('radio', { name: 'G', exact: true });
    const surrogate = page.getByRole('radio', { name: 'WSG' });
    await expect(global).toHaveAccessibleDescription('back-propagation draws no direction');
    await expect(page.getByRole('textbox', { name: 'Directions K' })).toHaveAccessibleDescription(
      'back-propagation draws no direction',
    );
    await page.getByRole('radiogroup', { name: 'Perturbation' }).getByText('G', { exact: true }).hover();
    await expect(
      page.getByRole('tooltip').filter({ hasText: 'back-propagation draws no direction' }),
    ).toBeVisible();
    await global.focus();
    await page.keyboard.press('Space');
    await expect(global).not.toBeChecked();
    await page.getByRole('radiogroup', { name: 'Gradient' }).getByText('WP').click();
    await expect(surrogate).toHaveAccessibleDescription('weight perturbation uses no surrogate');
    await expect(surrogate).toHaveAttribute('aria-disabled', 'true');
    await expect(global).not.toHaveAttribute('aria-disabled', 'true');
  });

  test('keys work, but not while one types', async ({ page }) => {
    await open(page);
    await page.keyboard.press('s');
    await expect(page.getByTestId('step')).toHaveText('1', PATIENCE);
    await page.keyboard.press('Space');
    await expect(pause(page)).toBeVisible();
    await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(2);
    await page.keyboard.press('Space');
    await expect(play(page)).toBeVisible();
    await page.keyboard.press('r');
    await expect(page.getByTestId('step')).toHaveText('0', PATIENCE);
    await page.keyboard.press('n');
    await expect(page).toHaveURL(/seed=2/);

    // Space is the page's after a click, and presses a button that keys went to.
    const dice = page.getByRole('button', { name: 'New seed' });
    await dice.click();
    await expect(page).toHaveURL(/seed=3/);
    await page.keyboard.press('Space');
    await expect(pause(page)).toBeVisible(PATIENCE);
    await page.keyboard.press('Space');
    await expect(play(page)).toBeVisible(PATIENCE);
    const local = page.getByRole('checkbox', { name: 'Local losses' });
    await page.getByRole('radiogroup', { name: 'Gradient' }).getByText('RFG').click();
    const before = await local.isChecked();
    await local.click();
    await page.keyboard.press('Space');
    await expect(pause(page)).toBeVisible(PATIENCE);
    await page.keyboard.press('Space');
    await expect(play(page)).toBeVisible(PATIENCE);
    expect(await local.isChecked()).toBe(!before);
    await expect(page).toHaveURL(/seed=3/);
    await dice.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect(dice).toBeFocused();
    await page.keyboard.press('Space');
    await expect(page).toHaveURL(/seed=4/);
    await expect(play(page)).toBeVisible();

    await page.getByRole('radiogroup', { name: 'Gradient' }).getByText('RFG').click();
    await page.getByRole('textbox', { name: 'Directions K' }).click();
    await page.keyboard.type('s n');
    await expect(page.getByTestId('step')).toHaveText('0');
    await expect(page).not.toHaveURL(/seed=5/);
  });
});

test('at 400 % zoom nothing sticks out, and the run can be started', async ({ page }) => {
  await page.setViewportSize({ width: 341, height: 256 });
  await open(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(341);
  await play(page).click();
  await expect(pause(page)).toBeVisible();
  await expect(page.getByTestId('intro')).toBeVisible();
});

test.describe('on a phone', () => {
  test.use(PHONE);
  test('play and prediction come first, nothing sticks out, axe passes', async ({ page }) => {
    await open(page);
    await expect(play(page)).toBeInViewport({ ratio: 1 });
    await expect(page.getByTestId('prediction-network')).toBeInViewport({ ratio: 0.9 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    expect(await smallTargets(page)).toEqual([]);
    await play(page).tap();
    await expect(page.getByTestId('grid')).toContainText('live', PATIENCE);
    await page.getByRole('button', { name: 'more…' }).tap();
    await expect(page.getByRole('region', { name: 'All settings' })).toBeVisible();
    await expectAccessible(page);
  });
});

test('a run that plays is told of, and its end', async ({ page }) => {
  await open(page, '#steps=100000&pace=steady');
  const status = page.getByTestId('live-status');
  await expect(status).toBeEmpty();
  await play(page).click();
  await expect(status).toHaveText(/^Training\. Step [\d,]+, relative L2 error [\d.]+$/, PATIENCE);
  await pause(page).click();
  await expect(status).toHaveText(/^Paused\. Step [\d,]+, relative L2 error [\d.]+$/);
});

test('keys of hidden controls do nothing', async ({ page }) => {
  await open(page, '#hide=step,seed,reset');
  await expect(page.getByRole('button', { name: 'One step' })).toHaveCount(0);
  await page.keyboard.press('s');
  await page.keyboard.press('n');
  await page.keyboard.press('r');
  await expect(page.getByTestId('grid')).toContainText('recorded');
  await expect(page).not.toHaveURL(/seed=/);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Spiking Playground' });
  await expect(help).toContainText('play or pause');
  await expect(help).toContainText('probe on a map');
  await expect(help).not.toContainText('one training step');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Space');
  await expect(pause(page)).toBeVisible(PATIENCE);
});

/** Choices on screen, and those that look as if they were not chosen: by border, ground and outline of the control and its parts. */
function choices(page: Page): Promise<{ seen: number; unseen: string[] }> {
  return page.evaluate(() => {
    const states = ['aria-pressed', 'aria-checked', 'aria-selected', 'aria-current'];
    const chosen = [...document.querySelectorAll(states.map((state) => `[${state}]`).join())].flatMap(
      (element) => {
        const state = states.find((name) => element.hasAttribute(name))!;
        const value = element.getAttribute(state)!;
        const set = (on: boolean) => element.setAttribute(state, on ? value : 'false');
        const unset = () => (state === 'aria-current' ? element.removeAttribute(state) : set(false));
        return value === 'false' ? [] : [{ element, unset, reset: () => set(true) }];
      },
    );
    for (const element of document.querySelectorAll<HTMLInputElement>('input:checked')) {
      const check = (on: boolean) => {
        element.checked = on;
      };
      // Browsers draw their own ones.
      if (getComputedStyle(element).opacity === '0')
        chosen.push({ element, unset: () => check(false), reset: () => check(true) });
    }
    const looks = (element: Element) =>
      [element.closest('label') ?? element, ...element.querySelectorAll('*')]
        .flatMap((part) => ['', '::before', '::after'].map((pseudo) => getComputedStyle(part, pseudo)))
        .map((style) => [style.backgroundColor, style.border, style.borderLeft, style.outline].join())
        .join();
    const shown = chosen.filter(({ element }) => (element.closest('label') ?? element).checkVisibility());
    const unseen = shown.filter(({ element, unset, reset }) => {
      const before = looks(element);
      unset();
      const after = looks(element);
      reset();
      return before === after;
    });
    return { seen: shown.length, unseen: unseen.map(({ element }) => element.outerHTML.slice(0, 140)) };
  });
}

test('every choice is seen in colours of the reader’s own', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  for (const [hash, press, part] of [
    ['', /^Look inside/, '[data-testid="inside-step"]'],
    ['#experiment=poisson', /^more/, '#settings'],
    ['#gradient=RFG&inside=target', /^Learn ▾/, 'dialog, [role="dialog"]'],
    ['#gradient=RFG&lanes=gradient=BP,scope=G', /^Compare/, '[data-testid="lane"]'],
    ['#lesson=3.2', '', '[data-testid="scene"]'],
    ['#gradient=RFG&inside=step', /^Share/, 'dialog'],
    ['#lab=neuron', '', '[data-testid="lab"]'],
  ] as const) {
    // What is waited for comes with this link, or with what is pressed there.
    await expect(page.locator(part)).toHaveCount(0);
    await page.goto(`./${hash}`);
    if (press) await page.getByRole('button', { name: press }).click();
    await expect(page.locator(part).first()).toBeVisible(PATIENCE);
    await expect.poll(async () => (await choices(page)).seen, { message: hash }).toBeGreaterThan(0);
    expect((await choices(page)).unseen, hash).toEqual([]);
    if (press) await page.keyboard.press('Escape');
  }
  // Figures keep their colours, on a ground of their own.
  await page.goto('./');
  const ground = await page
    .getByTestId('curves')
    .evaluate((canvas) => getComputedStyle(canvas).backgroundColor);
  expect(ground).toBe('rgb(255, 255, 255)');
});

test('inside another page: passes axe', async ({ page }) => {
  await page.goto('./#view=embed');
  await expect(page.getByTestId('raster')).toBeVisible();
  await expectAccessible(page);
});

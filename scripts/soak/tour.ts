import { readdirSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { EXPERIMENTS } from '../../src/experiments/table.ts';
import { INSIDE_NAMES, LABS } from '../../src/state/presentation.ts';

/** Six lanes of the hat that train without an end. */
const SIX =
  '#steps=10000000&pace=full&lanes=gradient=RFG:scope=G,gradient=RFG:scope=L,surrogate=WSG,surrogate=WSG:gradient=RFG:scope=G,surrogate=WSG:gradient=RFG:scope=L';
const LESSONS = readdirSync(new URL('../../src/lessons/en/', import.meta.url)).length;
const PATIENCE_MS = 120_000;
/** So long lanes train between two views, and so long a view is looked at. */
const TRAIN_MS = 2000;
const LOOK_MS = 1500;
/** The board trains so long at each visit. */
const BOARD_MS = 8000;
const LAPTOP = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };

/** A place that the tour comes to: what is done there. It may leave anything open. */
export interface Stop {
  readonly name: string;
  readonly visit: (page: Page) => Promise<void>;
}

const button = (of: Page | Locator, name: string | RegExp) =>
  of.getByRole('button', { name, exact: typeof name === 'string' });
const look = (page: Page) => page.waitForTimeout(LOOK_MS);

/**
 * The link's six lanes, with nothing over them, from wherever the page is. Lanes that train already go on.
 * @throws Error unless they train
 */
export async function goHome(page: Page): Promise<void> {
  await page.setViewportSize(LAPTOP);
  for (const name of ['Leave the lesson', 'Close the lab', 'Close the settings'])
    if (await button(page, name).first().isVisible()) await button(page, name).first().click();
  for (let n = 0; n < 3; n++) await page.keyboard.press('Escape');
  const drawer = page.getByTestId('inside');
  if (await drawer.isVisible()) await button(drawer, 'Close').click();
  const atHome = /^#(?=.*steps=10000000)(?=.*lanes=)(?!.*(view|panels|lab|lesson|experiment|show)=)/;
  if (!atHome.test(new URL(page.url()).hash)) await follow(page, SIX);
  const lanes = page.getByTestId('lane');
  await lanes.nth(5).waitFor({ timeout: PATIENCE_MS });
  const play = button(page, 'Play');
  const before = await stepsOf(page);
  // What played before the link was followed may stop a moment later.
  for (
    const until = Date.now() + PATIENCE_MS;
    (await stepsOf(page)) <= before;
    await page.waitForTimeout(200)
  ) {
    if (Date.now() > until) throw new Error(`no lane trains after step ${before}`);
    if (await play.isVisible()) await play.click({ timeout: 1000 }).catch(() => undefined);
  }
  await page.waitForTimeout(TRAIN_MS);
}

/** Steps of the lane that is ahead; 0 without lanes. */
export const stepsOf = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(
      0,
      ...[...document.querySelectorAll<HTMLElement>('[data-testid=lane-step]')].map(({ dataset }) =>
        Number(dataset.step),
      ),
    ),
  );

/** Follows a link in the page, as one that is clicked. */
const follow = (page: Page, hash: string) =>
  page.evaluate((text) => {
    location.hash = text;
  }, hash);
/** The page's own link, and more. */
const followAlso = (page: Page, more: string) => follow(page, `${new URL(page.url()).hash}&${more}`);

/** Saves every kind of file that a menu offers; the data are also shown. */
async function saveAll(page: Page, opener: Locator): Promise<void> {
  for (const kind of ['Picture (PNG)', 'Drawing (SVG)', 'Data (CSV)']) {
    await opener.click();
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, kind).click()]);
    await file.delete();
  }
  await opener.click();
  await button(page, 'Show data').click();
  await look(page);
  await page.keyboard.press('Escape');
}

const inside = (id: string): Stop => ({
  name: `look inside: ${id}`,
  async visit(page) {
    await button(page, /^Look inside/).click();
    await page.getByTestId(`inside-${id}`).click();
    const drawer = page.getByTestId('inside');
    await drawer.waitFor();
    await drawer.locator('canvas, table, button, input').nth(1).waitFor();
    await look(page);
    if (id === 'board') {
      await button(drawer, 'Train them all').click();
      await page.waitForTimeout(BOARD_MS);
      await button(drawer, 'Stop').click();
      await button(drawer, 'Discard…').click();
      await button(drawer, 'Delete it').click();
      await button(drawer, 'Train them all').waitFor();
    }
    if (id === 'step')
      for (const stage of await drawer.getByRole('list').first().getByRole('button').all())
        await stage.click();
  },
});

const lab = (name: string): Stop => ({
  name: `lab: ${name}`,
  async visit(page) {
    await followAlso(page, `lab=${name}`);
    await button(page, 'Close the lab').waitFor();
    for (const label of [/more$/, 'Run'])
      if (await button(page, label).first().isVisible()) await button(page, label).first().click();
    await look(page);
  },
});

const lesson = (number: number): Stop => ({
  name: `lesson ${number}`,
  async visit(page) {
    await button(page, /^Learn/).click();
    await page
      .getByRole('dialog', { name: 'Lessons' })
      .getByRole('listitem')
      .nth(number - 1)
      .getByRole('button')
      .click();
    const scene = page.getByTestId('scene');
    await scene.waitFor();
    const scenes = scene.getByRole('navigation', { name: 'Scenes' }).getByRole('listitem');
    await scenes.first().waitFor();
    const count = await scenes.count();
    for (let k = 0; k < count; k++) {
      await scenes.nth(k).getByRole('button').click();
      await look(page);
    }
    await button(page, 'Leave the lesson').click();
    // The six lanes were kept when the lesson was opened.
    const kept = page.getByTestId('kept-run');
    await button(kept, /^(Go on|Open it)/).click();
    await page.getByTestId('lane').nth(5).waitFor({ timeout: PATIENCE_MS });
  },
});

const experiment = (name: keyof typeof EXPERIMENTS): Stop => ({
  name: `experiment: ${name}`,
  async visit(page) {
    const choice = page.getByRole('radiogroup', { name: 'Experiment' }).locator('label');
    await choice.nth(Object.keys(EXPERIMENTS).indexOf(name)).click();
    await page.getByTestId('lane').nth(5).waitFor({ timeout: PATIENCE_MS });
    await look(page);
    // One lane alone, with all its figures, each over the whole window.
    await button(page, 'End comparison').click();
    await page.getByTestId('step').waitFor({ timeout: PATIENCE_MS });
    const play = button(page, 'Play');
    if (await play.isVisible()) await play.click();
    for (const enlarge of await page.locator('main [data-enlarge]').all()) {
      await enlarge.click();
      await look(page);
      await page.keyboard.press('Escape');
    }
    for (const save of await page
      .locator('main')
      .getByRole('button', { name: /^Save / })
      .all())
      await saveAll(page, save);
    for (const view of ['view=presenter', 'view=embed', 'view=full']) {
      await followAlso(page, view);
      await look(page);
    }
    await page.setViewportSize(PHONE);
    await look(page);
  },
});

/** Every view of the page, in turn. */
export const STOPS: readonly Stop[] = [
  ...INSIDE_NAMES.map(inside),
  ...LABS.map(lab),
  {
    name: 'share',
    async visit(page) {
      await button(page, 'Share').click();
      const dialog = page.getByRole('dialog', { name: 'Share this run' });
      for (const view of ['Presenter', 'Embed', 'Full'])
        await dialog.getByText(view, { exact: true }).click();
      await button(dialog, 'Enlarge the code').click();
      await look(page);
      await button(dialog, 'Smaller').click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        button(dialog, /^Save/).first().click(),
      ]);
      await file.delete();
    },
  },
  { name: 'files', visit: (page) => saveAll(page, button(page, 'Save comparison')) },
  {
    name: 'settings',
    async visit(page) {
      await button(page, 'more…').click();
      await page.locator('#settings').waitFor();
      const draft = page.locator('#settings').getByRole('textbox').first();
      await draft.fill('x');
      await draft.press('Escape');
      await look(page);
    },
  },
  {
    name: 'help',
    async visit(page) {
      await button(page, 'Help and keys').click();
      await look(page);
    },
  },
  {
    name: 'themes',
    async visit(page) {
      for (let n = 0; n < 2; n++) {
        await button(page, /^(Dark|Light) theme$/).click();
        await look(page);
      }
    },
  },
  {
    name: 'lanes',
    async visit(page) {
      for (const shown of ['surfaces + truth', 'surfaces', 'maps + truth', 'maps']) {
        await page.getByLabel('Lanes show').selectOption(shown);
        await look(page);
      }
      for (const axis of ['passes', 'time', 'steps'])
        await page.getByRole('radiogroup', { name: 'Curves over' }).getByText(axis, { exact: true }).click();
      await button(page, 'Lane B: change it').click();
      await button(page, 'Fill the window').click();
      await look(page);
      await page.keyboard.press('Escape');
      await button(page, 'Hide the names').click();
      await look(page);
      await button(page, 'Reveal the names').click();
    },
  },
  {
    name: 'changes',
    async visit(page) {
      for (const gradient of ['RFG', 'BP']) {
        await page.getByRole('radiogroup', { name: 'Gradient' }).getByText(gradient, { exact: true }).click();
        await look(page);
      }
      const moment = page.getByRole('slider', { name: 'Moment of the run' });
      await moment.focus();
      for (const key of ['Home', 'PageUp', 'End']) await page.keyboard.press(key);
      await button(page, 'Reset').click();
      await look(page);
    },
  },
  {
    name: 'a phone',
    async visit(page) {
      await page.setViewportSize(PHONE);
      await look(page);
    },
  },
  {
    name: 'presenter',
    async visit(page) {
      await followAlso(page, 'view=presenter');
      await look(page);
    },
  },
  ...Array.from({ length: LESSONS }, (_, k) => lesson(k + 1)),
  ...(Object.keys(EXPERIMENTS) as (keyof typeof EXPERIMENTS)[]).map(experiment),
];

import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { violationsOn } from './axe.ts';
import { dropFile, expect, open, PATIENCE, PHONE, test } from './playground.ts';

// The long ones run beside each other.
test.describe.configure({ mode: 'parallel' });

const scene = (page: Page) => page.getByTestId('scene');
const tasks = (page: Page) => scene(page).getByTestId('task');
const isAt = (page: Page, place: string) =>
  expect(
    scene(page).and(page.locator(`[data-place="${place}"][data-phase="open"][data-checked="true"]`)),
  ).toBeVisible(PATIENCE);

/** Presses a control as a hand or a key does. */
type Press = (control: Locator) => Promise<void>;
const byKey: Press = async (control) => {
  await control.focus();
  await control.press('Enter');
};
const byPointer: Press = (control) => control.click();
const byFinger: Press = (control) => control.tap();

/** Answers, does what is to be done, and finds everything that is said true. */
async function playScene(page: Page, press: Press, choose: Press): Promise<void> {
  const column = scene(page);
  const answers = column.getByRole('radio');
  if ((await answers.count()) > 0) await choose(answers.first());
  for (let i = 0; i < (await tasks(page).count()); i++) {
    const task = tasks(page).nth(i);
    if ((await task.getAttribute('data-done')) !== null) continue;
    const shown = task.getByRole('button', { name: 'Show me' });
    if ((await shown.count()) > 0) await press(shown);
    const done = task.and(page.locator('[data-done]'));
    await expect(async () => {
      // What is shown may be done by it already, or may have to be played.
      const play = page.getByRole('button', { name: 'Play', exact: true });
      if ((await done.count()) === 0 && (await play.count()) > 0) {
        const full = page.getByRole('radio', { name: 'full', exact: true });
        if ((await full.count()) > 0) await choose(full);
        await press(play);
      }
      await expect(done).toHaveCount(1, { timeout: 5000 });
    }).toPass(PATIENCE);
  }
  await expect(column).toHaveAttribute('data-done', 'true', PATIENCE);
  // The scene says so itself; nothing covers its figures then.
  await expect(page.getByTestId('notices')).not.toContainText('finished after');
  await expect(column.locator('[data-holds="false"]')).toHaveCount(0, PATIENCE);
  if ((await answers.count()) > 0)
    await expect(column.locator('[data-right="true"]')).toHaveCount(1, PATIENCE);
}

/** A unit test plays every lesson; here the first is played by pointer and by finger, two by keys, and the others are opened. */
const BY_KEYS = [2, 8];

/** Plays a lesson from the scene that is open to its last one. */
async function playLesson(
  page: Page,
  lesson: number,
  press: Press,
  choose: Press,
  inScene?: () => Promise<void>,
) {
  const scenes = await scene(page).getByRole('navigation', { name: 'Scenes' }).getByRole('listitem').count();
  for (let number = 1; number <= scenes; number++) {
    await isAt(page, `${lesson}.${number}`);
    await inScene?.();
    await playScene(page, press, choose);
    const next = scene(page).getByRole('button', { name: 'Next' });
    if (number === scenes) break;
    if (press === byKey) await page.keyboard.press('PageDown');
    else await press(next);
  }
  return scenes;
}

test('lessons are walked by keys alone, and what they say is true', async ({ page }) => {
  test.setTimeout(400_000);
  await open(page, '#pace=full');
  await byKey(page.getByRole('button', { name: /^Learn/ }));
  const lessons = page.getByRole('dialog', { name: 'Lessons' }).getByRole('listitem');
  await expect(lessons.first()).toBeVisible();
  const count = await lessons.count();
  await byKey(lessons.nth(1).getByRole('button'));
  // Space chooses an answer, as it does in any group of radio buttons.
  const choose: Press = async (answer) => {
    await answer.focus();
    await answer.press(' ');
  };
  for (let lesson = 2; lesson <= count; lesson++) {
    const looked = async () => {
      expect(await violationsOn(page, '[data-testid="scene"]')).toEqual([]);
      const strips = page.getByRole('region', { name: 'Test functions by error' });
      for (const strip of await strips.all())
        expect(await strip.evaluate((it) => it.scrollWidth - it.clientWidth)).toBeLessThanOrEqual(0);
    };
    await isAt(page, `${lesson}.1`);
    if (BY_KEYS.includes(lesson)) {
      await playLesson(page, lesson, byKey, choose, looked);
      await byKey(scene(page).getByRole('link', { name: `Lesson ${lesson + 1}` }));
    } else {
      await looked();
      if (lesson < count) await page.goto(`./#lesson=${lesson + 1}`);
    }
  }
  await byKey(page.getByRole('button', { name: 'Leave the lesson' }));
  await expect(scene(page)).toHaveCount(0);
  // What was done is kept, and can be forgotten.
  await page.reload();
  await byKey(page.getByRole('button', { name: /^Learn/ }));
  await expect(page.getByText('✓ done')).toHaveCount(BY_KEYS.length);
  await byKey(page.getByRole('button', { name: /^Forget my progress/ }));
  await expect(page.getByText('✓ done')).toHaveCount(0);
});

test('two presses lead to the first spike; the lesson goes on by pointer, back by the browser', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('link', { name: 'Start with one neuron' }).click();
  await page.getByRole('slider', { name: 'Current Z' }).click();
  await expect(tasks(page).first()).toHaveAttribute('data-done', 'true');
  expect(await violationsOn(page)).toEqual([]);
  const choose: Press = (answer) => answer.check();
  const scenes = await playLesson(page, 1, byPointer, choose);
  await expect(page).toHaveURL(new RegExp(`#lesson=1\\.${scenes}$`));
  await page.reload();
  await isAt(page, `1.${scenes}`);
  // A presenter's clicker, and the keys that it blackens the screen, starts and ends the show with.
  for (const key of ['b', '.', 'Escape', 'F5']) await page.keyboard.press(key);
  await isAt(page, `1.${scenes}`);
  await page.keyboard.press('PageUp');
  await isAt(page, `1.${scenes - 1}`);
  for (let number = scenes; number >= 1; number--) {
    await page.goBack();
    await isAt(page, `1.${number}`);
  }
  await page.goBack();
  await expect(scene(page)).toHaveCount(0);

  // In a lecture hands are counted, and kept.
  await page.goto('./#view=presenter&lesson=1.2');
  await isAt(page, '1.2');
  await page.getByRole('spinbutton', { name: 'Hands for A' }).fill('3');
  await page.getByRole('spinbutton', { name: 'Hands for C' }).fill('1');
  await expect(scene(page)).toContainText('75 %');
  await page.reload();
  await expect(page.getByRole('spinbutton', { name: 'Hands for A' })).toHaveValue('3');
  expect(await violationsOn(page, '[data-testid="scene"]')).toEqual([]);
  // In a hall the answers have room for their words, and a view’s figure stands above what explains it.
  await page.setViewportSize({ width: 1366, height: 768 });
  const row = await scene(page).getByRole('group').boundingBox();
  const answer = await scene(page).locator('label').first().boundingBox();
  expect(answer?.width).toBeGreaterThan(0.8 * (row?.width ?? 0));
  await page.goto('./#view=presenter&lesson=2.5');
  await isAt(page, '2.5');
  await expect(page.getByTestId('staircase-chart')).toBeInViewport({ ratio: 1 });
});

test.describe('on a phone', () => {
  test.use(PHONE);

  test('lessons are played by finger; the text is a sheet that hides nothing of what it speaks of', async ({
    page,
  }) => {
    test.setTimeout(400_000);
    await page.goto('./#pace=full');
    await byFinger(page.getByRole('button', { name: /^Learn/ }));
    const lessons = page.getByRole('dialog', { name: 'Lessons' }).getByRole('listitem');
    await expect(lessons.first()).toBeVisible();
    await byFinger(lessons.first().getByRole('button'));
    await isAt(page, '1.1');
    const traces = page.getByTestId('lab-traces');
    await expect(page.getByRole('slider', { name: 'Current Z' })).toBeInViewport({ ratio: 1 });
    await expect(traces).toBeInViewport({ ratio: 0.9 });
    expect(await violationsOn(page)).toEqual([]);
    const heightOf = async () => (await scene(page).boundingBox())?.height ?? 0;
    const half = await heightOf();
    const handle = page.getByRole('slider', { name: /^Height/ });
    await handle.press('ArrowUp');
    await expect.poll(heightOf).toBeGreaterThan(half);
    await handle.press('ArrowDown');
    await handle.press('ArrowDown');
    await expect.poll(heightOf).toBeLessThan(half);
    await handle.press('ArrowUp');
    // Down to the row in which the spikes are counted.
    await playLesson(page, 1, byFinger, byFinger, () => expect(traces).toBeInViewport({ ratio: 0.95 }));
  });
});

test('a lesson that is made on the page, saved and opened in a new window has equal scenes', async ({
  page,
  context,
}) => {
  await open(page, '#seed=3&panels=curves,spikes');
  await page.getByRole('button', { name: /^Learn/ }).click();
  await page.getByRole('button', { name: /^Add this view as a scene/ }).click();
  const author = page.getByTestId('author');
  await page.getByRole('button', { name: 'One step', exact: true }).click();
  await expect(page.getByTestId('step')).toHaveText('1');
  await author.getByRole('button', { name: 'Add this view as a scene' }).click();
  const text = author.getByRole('textbox', { name: /Markdown/ });
  const written = await text.inputValue();
  expect(written).toContain('](#seed=3&panels=curves,spikes&trained=1)');
  await author.getByRole('button', { name: 'Scene 2 up' }).click();
  expect(await violationsOn(page, '[data-testid="author"]')).toEqual([]);

  // What cannot be used is named with its line, and cannot be played.
  const plain = await text.inputValue();
  await text.fill(`${plain}\n<b>bold</b>\n`);
  await expect(
    author.getByRole('button', { name: `Line ${plain.split('\n').length + 1}` }).first(),
  ).toBeVisible();
  await expect(author.getByRole('button', { name: 'Play it' })).toBeDisabled();
  await text.fill(`${plain}\nThe seed is 3 \`seed == 3\`.\n\n- [ ] Play. \`step >= 4\`\n`);
  await expect(author.getByRole('button', { name: 'Play it' })).toBeEnabled();

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    author.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('my-lesson.md');
  const saved = readFileSync(await file.path(), 'utf8');
  await author.getByRole('button', { name: 'Link', exact: true }).click();
  const link = await author.getByRole('textbox', { name: 'Link to this lesson' }).inputValue();
  await author.getByRole('button', { name: 'Play it' }).click();
  const seen = async (where: Page, number: number) => {
    await isAt(where, `own.${number}`);
    await expect(scene(where).locator('[data-holds="false"]')).toHaveCount(0);
    return scene(where).innerText();
  };
  const first = await seen(page, 1);
  expect(first).toContain('Scene 2');
  await expect(page.getByTestId('step')).toHaveText('1');
  await author.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Learn/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const second = await seen(page, 2);
  expect(second).toContain('✓');

  const other = await context.newPage();
  await open(other);
  await dropFile(other, 'broken.md', `${saved}\n<script>alert(1)</script>\n`);
  const refusal = other.getByRole('dialog', { name: 'broken.md was not opened' });
  await expect(refusal).toContainText(/Line \d+/);
  await refusal.getByRole('button', { name: 'Close' }).click();
  await expect(other.getByTestId('step')).toHaveText('5,000');
  await expect(scene(other)).toHaveCount(0);
  await dropFile(other, 'lesson.md', saved);
  expect(await seen(other, 1)).toBe(first);
  await other.keyboard.press('ArrowRight');
  expect(await seen(other, 2)).toBe(second);
  await other.close();

  await page.goto(link);
  // The address carries it: nothing that the browser keeps is needed.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  expect(await seen(page, 1)).toBe(first);
});

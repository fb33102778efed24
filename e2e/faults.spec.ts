import { errorOf, expect, open, PATIENCE, pause, play, stepOf, test, untilStep } from './playground.ts';
import { falseTexts, translate, translated } from './translator.ts';

test('a link with a formula that cannot be used opens with the default target and the rest kept', async ({
  page,
}) => {
  for (const formula of ['1/0', 'foo(x', '1e39*x']) {
    await page.goto('about:blank');
    await open(page, `#target=formula&formula=${encodeURIComponent(formula)}&gradient=RFG`);
    const notices = page.getByTestId('notices');
    await expect(notices).toContainText(
      formula === 'foo(x'
        ? 'formula: “foo(x” cannot be used: at character 1, there is no “foo” here: use x, y, pi, e and'
        : `formula: “${formula}” is not allowed`,
    );
    await expect(notices).toContainText('target=hat is used instead');
    await expect(notices.getByRole('button', { name: 'Start again' })).toHaveCount(0);
    await expect(page).toHaveURL(/gradient=RFG/);
    await expect(page).not.toHaveURL(/target=/);
    await expect(
      page.getByRole('radiogroup', { name: 'Gradient' }).getByRole('radio', { name: 'RFG' }),
    ).toBeChecked();
  }
  await play(page).click();
  await untilStep(page, 3);
  await pause(page).click();
  await page.getByRole('button', { name: 'Look inside' }).click();
  await page.getByTestId('inside-target').click();
  const drawer = page.getByTestId('inside');
  // The text is there to be mended.
  await expect(drawer.getByLabel('Formula in x and y')).toHaveValue('1e39*x');
  await drawer.getByTestId('target-saddle').click();
  await expect(page).toHaveURL(/target=saddle/);
  await expect(page.getByTestId('notices')).not.toContainText('not open');

  // The guard against translations lets texts go that the page itself has written over.
  const devtools = await page.context().newCDPSession(page);
  const nodes = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Memory.getDOMCounters')).nodes;
  };
  const before = await nodes();
  await page.getByTestId('live-status').evaluate(async (status) => {
    for (let n = 0; n < 1000; n++) {
      status.textContent = `Training. Step ${n}`;
      await Promise.resolve();
    }
  });
  expect(await nodes()).toBeLessThan(before + 500);
});

test('a formula beyond the data is refused in its preview and by “Learn it”', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Look inside' }).click();
  await page.getByTestId('inside-target').click();
  const drawer = page.getByTestId('inside');
  const formula = drawer.getByLabel('Formula in x and y');
  for (const text of ['exp(100*x)', '1e39*x', '1e300*x']) {
    await formula.fill(text);
    const note = drawer.getByTestId('formula-note');
    await expect(note).toContainText(/Cannot be used: at \(.*\) it is .*too large; allowed: values from/);
    await formula.press('Enter');
    await expect(formula).toHaveValue(text);
    await expect(note).toContainText('too large');
  }
  await expect(page).not.toHaveURL(/formula/);
});

test('a rate that is far too large is named, and its remedy goes on training', async ({ page }) => {
  await open(page, '#rate=1');
  const banner = page.getByTestId('diagnosis');
  await play(page).click();
  await expect(banner.getByRole('button', { name: 'Back to step 0, rate 0.02' })).toBeVisible(PATIENCE);
  await expect(banner).toContainText('learning rate 1 is too large');
  await banner.getByRole('button', { name: /Back to step/ }).click();
  await expect(pause(page)).toBeVisible();
  await expect.poll(() => errorOf(page), PATIENCE).toBeLessThan(0.3);
  await expect(banner).toBeEmpty();
});

test('a rate that moves nothing is raised after the end of the run, which goes on', async ({ page }) => {
  await open(page, '#rate=1e-7&schedule=constant&steps=410&pace=full&T=4&hidden=8&batch=16');
  const banner = page.getByTestId('diagnosis');
  await play(page).click();
  await banner.getByRole('button', { name: 'Raise the rate to 0.02' }).click(PATIENCE);
  await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(410);
  await expect.poll(() => errorOf(page), PATIENCE).toBeLessThan(0.9);
  await expect(page).toHaveURL(/then=4\d\d:rate=/);
});

test('a network whose steps take long trains, pauses at once and blocks no other', async ({ page }) => {
  await open(page, '#hidden=192-192&batch=8192&pace=full');
  const notices = page.getByTestId('notices');
  await expect(notices).toContainText(/A step of this network takes about/);
  await play(page).click();
  await untilStep(page, 1);
  await page.evaluate(() => {
    const button = document.querySelector<HTMLElement>('[aria-label="Pause"]')!;
    const begun = performance.now();
    button.click();
    const look = () => {
      if (document.querySelector('[aria-label="Play"]'))
        document.body.dataset.paused = String(performance.now() - begun);
      else requestAnimationFrame(look);
    };
    look();
  });
  await expect(play(page)).toBeVisible();
  expect(await page.evaluate(() => Number(document.body.dataset.paused))).toBeLessThan(1500);
  await expect(notices).not.toContainText('has not answered');

  await page.getByRole('button', { name: 'more…' }).click();
  const widths = page.getByRole('textbox', { name: 'Hidden widths' });
  await widths.fill('512-512-512');
  await expect(page.getByText(/A step would take about/)).toBeVisible();
  await widths.press('Enter');
  await widths.fill('8');
  await widths.press('Enter');
  await page.getByRole('textbox', { name: 'Batch', exact: true }).fill('16');
  await page.getByRole('textbox', { name: 'Batch', exact: true }).press('Enter');
  await play(page).click();
  await untilStep(page, 50);
  await expect(page).toHaveURL(/hidden=8&/);
});

test('a page that the browser translates shows nothing false', async ({ page }) => {
  await translate(page);
  const allTrue = () =>
    expect(async () => {
      await translated(page);
      expect(await falseTexts(page)).toEqual([]);
    }).toPass(PATIENCE);
  const check = (group: string, option: string) =>
    page
      .getByRole('radiogroup', { name: group })
      .getByRole('radio', { name: option, exact: true })
      .check({ force: true });
  await open(page, '#steps=40&T=6&hidden=6-6&batch=32&pace=full');
  await allTrue();
  await play(page).click();
  await untilStep(page, 40);
  await allTrue();
  const moment = page.getByRole('slider', { name: 'Moment of the run' });
  await moment.press('Home');
  await expect(page.getByTestId('step')).toHaveText('0');
  await moment.press('ArrowRight');
  await allTrue();
  await check('Gradient', 'RFG');
  await page.getByRole('button', { name: 'One step' }).click();
  await allTrue();
  await check('Experiment', 'Poisson');
  await allTrue();
  await page.goto('about:blank');
  await open(page, '#steps=40&T=6&hidden=6-6&batch=32&gradient=RFG&lanes=gradient=BP&inside=cost');
  await page.getByRole('button', { name: 'One step' }).click();
  await page.getByLabel('Energy of one multiplication in pJ').filter({ visible: true }).first().fill('5,5');
  await allTrue();
  await page.goto('./#lesson=1.1');
  await expect(page.getByTestId('scene')).toBeVisible(PATIENCE);
  await allTrue();
  expect(await page.locator('font').count()).toBeGreaterThan(20);
});

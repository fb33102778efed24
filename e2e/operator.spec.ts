import { violationsOn } from './axe.ts';
import {
  contrastOf,
  csvOf,
  dropFile,
  errorOf,
  expect,
  open,
  PATIENCE,
  PHONE,
  pause,
  play,
  stepOf,
  test,
  untilStep,
} from './playground.ts';

const label = (testId: string) => (page: import('@playwright/test').Page) =>
  page.getByTestId(testId).getAttribute('aria-label');

for (const experiment of ['antiderivative', 'poisson', 'reaction-diffusion'] as const) {
  const answer = experiment === 'reaction-diffusion' ? 'map-network' : 'solution';

  test(`${experiment}: the first prediction comes by itself, and training brings the error below 0.2`, async ({
    page,
  }) => {
    const begun = Date.now();
    await open(page, `#experiment=${experiment}&pace=full`);
    await expect.poll(() => contrastOf(page, answer), PATIENCE).toBeGreaterThan(1);
    console.log(`${experiment}: first prediction after ${Date.now() - begun} ms from an empty page`);
    await play(page).click();
    await expect
      .poll(async () => (await stepOf(page)) > 20 && (await errorOf(page)), PATIENCE)
      .toBeLessThan(0.2);
    expect(await errorOf(page)).toBeGreaterThan(0);
    for (const canvas of ['forcing', answer, 'raster'])
      expect(await contrastOf(page, canvas)).toBeGreaterThan(1);
  });

  // What follows is alike for all experiments with curves.
  if (experiment === 'antiderivative') continue;

  test(`${experiment}: a drawn forcing moves the exact and the predicted solution, the link restores it, and test functions take its place`, async ({
    page,
  }) => {
    await open(page, `#experiment=${experiment}`);
    await expect.poll(() => contrastOf(page, answer), PATIENCE).toBeGreaterThan(1);
    // The exact map of reaction-diffusion changes with the forcing alone: it is drawn while the network trains.
    if (experiment === 'reaction-diffusion') await play(page).click();
    const handle = page.getByRole('slider', { name: / at / }).nth(4);
    const before = Number(await handle.getAttribute('aria-valuenow'));
    const pictures = () =>
      Promise.all(
        (experiment === 'poisson' ? ['solution'] : ['map-exact', 'map-network']).map((id) =>
          page.getByTestId(id).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL()),
        ),
      );
    const old = await pictures();
    await handle.focus();
    for (let press = 0; press < 8; press++) await page.keyboard.press('ArrowUp');
    await expect(handle).toHaveAttribute('aria-valuenow', String(Number((before + 0.8).toFixed(3))));
    await expect
      .poll(async () => (await pictures()).every((picture, i) => picture !== old[i]), PATIENCE)
      .toBe(true);
    await expect.poll(() => page.evaluate(() => location.hash), PATIENCE).toMatch(/forcing=(-?[\d.]+\/){8}/);

    const value = await handle.getAttribute('aria-valuenow');
    await page.reload();
    await expect(page.getByRole('slider', { name: / at / }).nth(4)).toHaveAttribute(
      'aria-valuenow',
      value ?? '',
      PATIENCE,
    );

    // Test functions can be clicked through.
    const strip = page.getByRole('region', { name: 'Test functions by error' });
    await expect(strip).toBeVisible(PATIENCE);
    // Another one may be the worst a moment later, while the network trains.
    const label = await strip.getByRole('button', { name: /worst/ }).getAttribute('aria-label');
    const worst = strip.getByRole('button', { name: `${label?.split(',')[0]},` });
    await worst.click();
    await expect(worst).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/forcing=\d+$/);
    expect(await violationsOn(page)).toEqual([]);
  });
}

test('a forcing can be picked, and its points dragged; one far from the training functions is said to be so', async ({
  page,
}) => {
  await open(page, '#experiment=poisson');
  await expect.poll(() => contrastOf(page, 'solution'), PATIENCE).toBeGreaterThan(1);
  await page.getByRole('combobox', { name: 'Pick a forcing' }).selectOption('one sine');
  const handle = page.getByRole('slider', { name: 'g(y) at 0.00' });
  await expect(handle).toHaveAttribute('aria-valuenow', '1');
  const box = (await handle.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 40, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Number(await handle.getAttribute('aria-valuenow'))).toBeLessThan(0.9);
  await expect
    .poll(() => page.evaluate(() => location.hash), PATIENCE)
    .toMatch(/forcing=0\/(-?[\d.]+\/){7}0/);

  // A forcing of zero is answered with zero.
  await open(page, '#experiment=poisson&forcing=0/0/0/0/0/0/0/0/0');
  await expect.poll(() => label('solution')(page), PATIENCE).toMatch(/network's answer, 0\.00;/);
  await open(page, '#experiment=poisson&forcing=3/-3/3/-3/3/-3/3/-3/3');
  await expect(page.getByText(/Far outside the training functions/)).toBeVisible(PATIENCE);
});

test('time plays through the reaction-diffusion solution', async ({ page }) => {
  // A test function that is solved after the first ones: it is shown once it is there.
  await open(page, '#experiment=reaction-diffusion&forcing=80');
  await expect.poll(() => label('forcing')(page), PATIENCE).toContain('test function 80:');
  const slider = page.getByRole('slider', { name: 'Time t' });
  await slider.fill('0.5');
  await expect(page.getByRole('heading', { name: 'u(x, t) at t = 0.50' })).toBeVisible();
  await page.getByRole('button', { name: 'Play t' }).click();
  await expect.poll(async () => Number(await slider.inputValue()), PATIENCE).not.toBe(0.5);
  await page.getByRole('button', { name: 'Stop t' }).click();
});

test.describe('on a phone', () => {
  test.use(PHONE);
  test('operator figures fit the width', async ({ page }) => {
    await open(page, '#experiment=poisson');
    await expect(page.getByTestId('solution')).toBeVisible(PATIENCE);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

test('a table that is dropped is learned, its link leads to the same losses, and a larger one is asked for', async ({
  page,
}) => {
  const table = (rows: number) =>
    Array.from({ length: rows }, (_, i) => `${1990 + i / 8};${(20 + 6 * Math.sin(i / 9)).toFixed(4)}`);
  const csv = (rows: number) => ['Jahr;Temperatur', ...table(rows)].join('\r\n').replaceAll('.', ',');
  const form = page.getByTestId('your-data');
  const learn = form.getByRole('button', { name: 'Learn it', exact: true });
  await open(page, '#experiment=own-data&pace=full');
  await expect.poll(() => contrastOf(page, 'data-network'), PATIENCE).toBeGreaterThan(1);
  await dropFile(page, 'broken.csv', `${csv(20)}\r\n1;2;3`);
  await expect(page.getByTestId('data-fault')).toContainText(
    'broken.csv was not read: line 22: “3 cells” is not allowed; allowed: 2, as in line 1',
    PATIENCE,
  );
  await form.getByRole('textbox', { name: 'Or paste it here' }).fill('a\tb\n1\t2\n3');
  await form.getByRole('button', { name: 'Read what is pasted' }).click();
  await expect(page.getByTestId('data-fault')).toContainText('pasted was not read: line 3: “1 cell”');
  await form.getByRole('textbox', { name: 'Or paste it here' }).fill(csv(40).replaceAll(';', '\t'));
  await form.getByRole('button', { name: 'Read what is pasted' }).click();
  await expect(page.getByTestId('data-fault')).toHaveCount(0);
  await expect(page.getByTestId('data-columns')).toContainText('pasted: 40 rows');
  await dropFile(page, 'weather.csv', csv(90));
  await expect(page.getByTestId('data-columns')).toContainText('weather.csv: 90 rows', PATIENCE);
  await learn.click(PATIENCE);
  await expect(page.getByTestId('data-in-use')).toContainText('weather.csv, 90 rows', PATIENCE);
  await expect(page.getByTestId('data-in-use')).toContainText('Jahr');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(form).toHaveCount(0);
  await play(page).click();
  await expect.poll(() => errorOf(page), PATIENCE).toBeLessThan(0.5);
  await untilStep(page, 60);
  await pause(page).click();
  const losses = (lines: string[][]) => lines.slice(1, 50).map((line) => line.slice(0, 3).join());
  const before = losses(await csvOf(page));
  const link = page.url();
  expect(link.length).toBeLessThan(8000);

  await page.goto('about:blank');
  await page.goto(link);
  await play(page).click(PATIENCE);
  await untilStep(page, 60);
  await pause(page).click();
  expect(losses(await csvOf(page))).toEqual(before);

  await dropFile(page, 'large.csv', csv(2000));
  await learn.click(PATIENCE);
  await expect(page.getByTestId('data-link')).toContainText(
    'names the table and does not carry it',
    PATIENCE,
  );
  const named = page.url();
  expect(named).toMatch(/large\.csv/);
  expect(named.length).toBeLessThan(500);
  await page.goto('about:blank');
  await page.goto(named);
  await expect(page.getByTestId('data-missing')).toContainText('large.csv', PATIENCE);
  await dropFile(page, 'large.csv', csv(2000));
  await expect(page.getByTestId('data-other')).toHaveCount(0);
  await learn.click(PATIENCE);
  await expect.poll(() => contrastOf(page, 'data-network'), PATIENCE).toBeGreaterThan(1);
  await expect(play(page)).toBeEnabled(PATIENCE);
  expect(await page.getByTestId('data-points').getAttribute('aria-label')).toContain('Temperatur over Jahr');
});

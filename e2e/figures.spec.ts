import type { Page } from '@playwright/test';
import { CONTROL_NAMES, type ControlName } from '../src/state/presentation.ts';
import {
  contrastOf,
  csvOf,
  errorOf,
  expect,
  open,
  PATIENCE,
  pause,
  play,
  test,
  untilStep,
} from './playground.ts';

/** Number that stands under a map. */
async function readingOf(page: Page, part: string): Promise<number> {
  const reading = page.getByTestId(`prediction-${part}-value`);
  await expect(reading).toHaveText(/at \(/, PATIENCE);
  return Number((await reading.innerText()).split(' ')[0].replace('\u2212', '-'));
}

test('a neuron shows its rate over the input domain; silenced, the prediction gets worse', async ({
  page,
}) => {
  await open(page);
  const whole = await errorOf(page);
  expect(whole).toBeLessThan(0.1);
  // Target, output and error at the probe agree to the last digit.
  const [target, network, error] = await Promise.all(
    ['target', 'network', 'error'].map((part) => readingOf(page, part)),
  );
  expect(network - target).toBeCloseTo(error, 9);
  // On the target's scale a small error is pale, which stands out more from where nothing is drawn.
  const own = await contrastOf(page, 'prediction-error');
  await page.getByRole('button', { name: 'Same scale for the whole run' }).click();
  await expect.poll(() => contrastOf(page, 'prediction-error'), PATIENCE).toBeGreaterThan(1.04 * own);
  await page.getByRole('button', { name: 'Same scale for the whole run' }).click();
  await page.getByRole('button', { name: 'layer 2, neuron 3', exact: true }).click();
  await expect.poll(() => contrastOf(page, 'rate-map'), PATIENCE).toBeGreaterThan(1);
  await page.getByTestId('silence').click();
  await expect(page.getByTestId('grid')).toContainText('1 silenced', PATIENCE);
  await expect.poll(() => errorOf(page)).not.toBe(whole);

  // Training keeps all neurons, and so does its curve.
  await page.keyboard.press('Escape');
  await play(page).click();
  await untilStep(page, 20);
  await pause(page).click();
  await expect(page.getByTestId('grid')).toContainText('1 silenced', PATIENCE);
  const [head, ...rows] = await csvOf(page);
  const live = head.findIndex((name) => name.startsWith('relative_l2'));
  expect(rows.filter((row) => Number(row[live]) > 0).length).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'restore 1 silenced' }).click();
  await expect(page.getByTestId('grid')).not.toContainText('silenced', PATIENCE);
});

/** What each hidden control is found by. */
const FOUND_BY: Partial<Record<ControlName, string>> = {
  play: 'Play',
  step: 'One step',
  reset: 'Reset',
  seed: 'New seed',
  more: 'more…',
  share: 'Share',
  inside: 'Look inside',
  compare: 'Compare',
};

test('a link can hide every control and no result', async ({ page }) => {
  await open(page);
  for (const name of Object.values(FOUND_BY))
    await expect(page.getByRole('button', { name: new RegExp(`^${name}`) }).first()).toBeVisible();
  await page.goto(`./#hide=${CONTROL_NAMES.join(',')}`);
  for (const name of Object.values(FOUND_BY))
    await expect(page.getByRole('button', { name: new RegExp(`^${name}`) })).toHaveCount(0);
  await expect(page.getByRole('radiogroup')).toHaveCount(0);
  await expect(page.getByRole('slider', { name: 'Moment of the run' })).toHaveCount(0);
  for (const result of ['prediction-network', 'curves', 'raster', 'error'])
    await expect(page.getByTestId(result)).toBeVisible();
});

test('where reduced motion is preferred, time does not move by itself', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, '#pace=full');
  const time = page.getByRole('slider', { name: 'Time step', exact: true });
  const before = Number(await time.inputValue());
  await page.getByRole('button', { name: 'Next time step' }).click();
  await expect(time).toHaveValue(String(before + 1));
  await play(page).click();
  await untilStep(page, 50);
  await expect(time).toHaveValue(String(before + 1));
});

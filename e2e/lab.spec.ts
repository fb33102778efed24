import type { Page } from '@playwright/test';
import { violationsOn } from './axe.ts';
import { expect, open, PHONE, test } from './playground.ts';

const numbers = (page: Page) => page.getByTestId('lab-numbers');
const current = (page: Page) => page.getByTestId('lab-current');

test('the first spike by keyboard, then a current drawn by keys', async ({ page }) => {
  await open(page, '#lab=neuron:current=0');
  await expect(numbers(page)).toContainText('0 spikes in 32 time steps');
  const slider = page.getByRole('slider', { name: 'Current Z' });
  await slider.focus();
  for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowRight');
  await expect(numbers(page)).toContainText('1 spike in 32 time steps');
  await expect(page).toHaveURL(/lab=neuron:current=0\.04$/);

  await current(page).focus();
  for (const key of ['End', 'ArrowUp', 'ArrowLeft', 'Delete']) await page.keyboard.press(key);
  await expect(current(page)).toHaveAttribute('aria-valuetext', '0.00 at time step 31 of 32');
  await expect(page).toHaveURL(/drawn=0\.04x30\/0\/0\.1$/);

  // Space lets the neuron run, not the training behind it.
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  await expect(page.getByTestId('lab-step')).toContainText('Step 2 ');
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Go on', exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Close the lab' }).click();
  await expect(page.getByTestId('prediction-network')).toBeVisible();
  await expect(page.getByTestId('step')).toHaveText('5,000');
  await expect(page).not.toHaveURL(/lab=/);
});

test('a current drawn by pointer, challenges, the curve; every lab passes axe', async ({ page }) => {
  await open(page, '#lab=neuron:current=0');
  const box = (await current(page).boundingBox())!;
  await page.mouse.move(box.x + 2, box.y + box.height * 0.4);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height * 0.4, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/drawn=0\.\d+x32$/);
  await expect(numbers(page)).not.toContainText('0 spikes');

  const challenge = page.getByRole('region', { name: 'Challenges' }).getByRole('listitem').first();
  await expect(challenge).not.toContainText('done');
  await page.getByRole('button', { name: 'Steady' }).click();
  await page.getByRole('slider', { name: 'Current Z' }).fill('0.26');
  await expect(challenge).toContainText('done');
  await page.getByTestId('lab-sweep').click();
  await expect(page.getByTestId('lab-curve')).toHaveAttribute(
    'aria-label',
    /151 currents tried, rates from 0 to 1/,
  );
  expect(await violationsOn(page)).toEqual([]);

  const kind = page.getByRole('radiogroup', { name: 'Neuron', exact: true });
  await kind.getByText('CuBa').click();
  await expect(page).toHaveURL(/kind=CuBa/);
  await expect(numbers(page)).toContainText(/8\.32 flowed in, 16\.\d+ came through the synapse/);
  await kind.getByText('SRM').click();
  await page.getByRole('slider', { name: 'Delay d' }).fill('6');
  await expect(page).toHaveURL(/kind=SRM:delay=6$/);
  await expect(page.getByTestId('lab-traces')).toHaveAttribute(
    'aria-label',
    /^Current and what comes of it through the synapse of SRM, membrane/,
  );
  await expect(page.getByRole('slider', { name: 'Leak' })).toBeHidden();
  expect(await violationsOn(page)).toEqual([]);

  await page.evaluate(() => {
    location.hash = '#lab=samples';
  });
  await page.getByRole('button', { name: '100 more' }).click();
  await expect(numbers(page)).toContainText('100 shifts');
  await page.getByRole('slider', { name: 'Membrane potential U, on the figure' }).press('ArrowRight');
  await expect(page).toHaveURL(/lab=samples:membrane=0\.85:drawn=100$/);
  expect(await violationsOn(page)).toEqual([]);

  await page.evaluate(() => {
    location.hash = '#lab=guesses';
  });
  await page.getByRole('button', { name: 'ten more' }).click();
  await expect(numbers(page)).toContainText('10 guesses');
  await page.getByTestId('lab-learn').click();
  await expect(page).not.toHaveURL(/drawn=10/);
  await expect(page).toHaveURL(/lab=guesses:a=/);
  expect(await violationsOn(page)).toEqual([]);

  // Where figures are drawn larger, what takes the pointer is as much larger.
  for (const lab of ['neuron', 'samples', 'guesses']) {
    await page.goto(`./#view=presenter&lab=${lab}`);
    const layer = page
      .locator('[data-testid="lab"] canvas ~ div')
      .locator('[role="slider"], [role="application"]');
    await expect(layer.first()).toBeVisible();
    const scaleOf = () =>
      layer.first().evaluate((it) => it.getBoundingClientRect().width / (it as HTMLElement).offsetWidth);
    await expect.poll(scaleOf).toBeCloseTo(1.4, 1);
  }

  await page.evaluate(() => {
    location.hash = '#lab=neuron:volume=3';
  });
  await expect(page.getByTestId('notices')).toContainText('lab=neuron: “volume=3” is not allowed');
});

test.describe('on a phone', () => {
  test.use(PHONE);

  test('nothing sticks out, a finger draws on the current and scrolls elsewhere', async ({ page }) => {
    for (const lab of ['neuron', 'neuron:kind=SRM:neurons=2', 'samples:drawn=20', 'guesses:drawn=20']) {
      await open(page, `#lab=${lab}`);
      await expect(page.getByTestId('lab')).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      expect(await violationsOn(page)).toEqual([]);
    }
    await open(page, '#lab=neuron:current=0');
    await expect(current(page)).toHaveCSS('touch-action', 'none');
    await expect(page.getByRole('slider', { name: 'Time step, on the membrane' })).toHaveCSS(
      'touch-action',
      'pan-y pinch-zoom',
    );
    const box = (await current(page).boundingBox())!;
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height * 0.1);
    await expect(page).toHaveURL(/drawn=0x1\d\/0\.\d+$/);

    // Another finger draws no line from or to the first one.
    const devtools = await page.context().newCDPSession(page);
    const touch = (
      type: string,
      ...points: readonly (readonly [id: number, across: number, down: number])[]
    ) =>
      devtools.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints: points.map(([id, across, down]) => ({
          id,
          x: box.x + box.width * across,
          y: box.y + box.height * down,
        })),
      });
    await open(page, '#lab=neuron:current=0');
    await touch('touchStart', [0, 0.1, 0.2]);
    for (let i = 0; i < 6; i++) {
      const first = [0, 0.1 + 0.02 * i, 0.2] as const;
      await touch(i === 0 ? 'touchStart' : 'touchMove', first, [1, 0.9, 0.9 - 0.02 * i]);
    }
    await touch('touchEnd');
    await expect(page).toHaveURL(/drawn=/);
    const [, drawn] = /drawn=([^:&]*)/.exec(page.url())!;
    // Time steps before and after the stroke of the first finger are as they were.
    expect(drawn).toMatch(/^0x\d\/0\.\d+x\d$/);
  });
});

import { expect, test } from '@playwright/test';
import { contrastOf, engineBadge, open, PATIENCE, pause, play, stepOf } from './playground.ts';

test('a part that does not arrive says so, and the run goes on', async ({ page }) => {
  await page.route(/MorePanel/, (route) => route.abort());
  await open(page);
  await play(page).click();
  await page.getByRole('button', { name: 'more…' }).click();
  await expect(page.getByRole('alert')).toContainText('The settings failed');
  const step = await stepOf(page);
  await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(step);
  await pause(page).click();
  await expect(play(page)).toBeVisible();
});

test('a worker whose file does not arrive is named and not asked for without end; mended, it starts', async ({
  page,
}) => {
  let broken = true;
  let asked = 0;
  await page.route(/trainer\.worker/, (route) => {
    asked++;
    return broken ? route.fulfill({ status: 404 }) : route.continue();
  });
  await page.goto('./');
  const notices = page.getByTestId('notices');
  await expect(notices).toContainText(
    /trainer\.worker.*\.js did not arrive: the server answers 404/,
    PATIENCE,
  );
  // It is asked for three times and looked at as often, ever later, and left alone then.
  await expect.poll(() => asked, PATIENCE).toBe(6);
  await page.waitForTimeout(2000);
  expect(asked).toBe(6);
  broken = false;
  await notices.getByRole('button', { name: 'Start again' }).click();
  await expect(engineBadge(page)).toContainText('WebAssembly', PATIENCE);
  await expect(notices).toBeEmpty();
  await play(page).click();
  await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(0);
});

test('without the kernels’ file, WebGL and storage the page trains and draws, and says why', async ({
  page,
}) => {
  await page.route(/snn.*\.wasm/, (route) => route.fulfill({ status: 404 }));
  await page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.getContext = function (
      this: HTMLCanvasElement,
      kind: string,
      options?: object,
    ) {
      return kind.includes('webgl') ? null : Reflect.apply(getContext, this, [kind, options]);
    } as typeof getContext;
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
    indexedDB.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });
  await open(page, '#inside=surface&T=8');
  await expect(engineBadge(page)).toContainText('Reference');
  await expect(engineBadge(page)).toContainText(/snn.*\.wasm did not arrive: the server answers 404/);
  const surface = page.getByTestId('surface');
  await expect(surface).toContainText('Drawn without 3-D graphics: this browser gives no WebGL');
  await expect.poll(() => contrastOf(page, 'surface-drawn'), PATIENCE).toBeGreaterThan(5);
  const seen = () =>
    page.getByTestId('surface-drawn').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const before = await seen();
  await surface.getByRole('button', { name: 'Turn right' }).click();
  await expect.poll(seen, PATIENCE).not.toBe(before);
  await page
    .getByRole('button', { name: /theme|dark|light/i })
    .first()
    .click();
  await expect(page.getByTestId('notices')).toContainText('keeps nothing for this page');
  await play(page).click();
  await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(0);
});

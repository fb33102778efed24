import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  contrastOf,
  engineBadge,
  expect,
  open,
  PATIENCE,
  pause,
  play,
  stepOf,
  loud as test,
} from './playground.ts';

test('a part that does not arrive says so and why, the run goes on, and “Try again” fetches it again', async ({
  page,
}) => {
  let broken = true;
  // Script and style alike: no connection, a page in place of the file, a deployment that took the old files away.
  await page.route(/MorePanel/, (route) => (broken ? route.abort() : route.continue()));
  await page.route(/ShareDialog/, (route) =>
    broken ? route.fulfill({ contentType: 'text/html', body: '<h1>Sign in</h1>' }) : route.continue(),
  );
  await page.route(/InsideDrawer|Slice/, (route) =>
    broken ? route.fulfill({ status: 404 }) : route.continue(),
  );
  await open(page);
  await play(page).click();
  const alert = page.getByRole('alert');
  const again = alert.getByRole('button', { name: 'Try again' });
  await page.getByRole('button', { name: 'more…' }).click();
  await expect(alert).toContainText('The settings did not arrive');
  await expect(alert).toContainText('offline');
  // Asked for again in vain, it is still there to be asked for.
  await again.click();
  await expect(alert).toContainText('offline');
  broken = false;
  await again.click();
  await expect(page.getByRole('textbox', { name: 'Hidden widths' })).toBeVisible();
  const styles = () =>
    [...document.styleSheets].filter((sheet) => /MorePanel.*again=/.test(sheet.href ?? ''));
  expect(await page.evaluate(styles)).toHaveLength(1);
  await page.keyboard.press('Escape');

  broken = true;
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(alert).toContainText('The share dialog did not arrive');
  await expect(alert).toContainText('sends a page (text/html) in its place');
  await alert.getByRole('button', { name: 'Close' }).click();
  await expect(alert).toHaveCount(0);
  broken = false;
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('dialog', { name: /share/i })).toBeVisible();
  await page.keyboard.press('Escape');

  broken = true;
  await page.route(
    ({ pathname }) => pathname === '/',
    async (route) => {
      if (!broken) return route.continue();
      const response = await route.fetch();
      await route.fulfill({
        response,
        body: (await response.text()).replaceAll(/index-[\w-]+\.js/g, 'index-new.js'),
      });
    },
  );
  await page.getByRole('button', { name: 'Look inside' }).click();
  await page.getByTestId('inside-slice').click();
  await expect(alert).toContainText('The view did not arrive');
  await expect(alert).toContainText('A new version of this page is there. Reload the page: your run is kept');
  await expect(alert.getByRole('button', { name: 'Reload' })).toBeVisible();
  // The file that arrives first lets the one after it say what it lacks.
  await page.unroute(/InsideDrawer|Slice/);
  await page.route(/Slice/, (route) => (broken ? route.fulfill({ status: 404 }) : route.continue()));
  await again.click();
  await expect(page.getByTestId('inside').getByRole('alert')).toContainText('did not arrive');
  broken = false;
  await page.getByTestId('inside').getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('inside').getByRole('alert')).toHaveCount(0);
  const step = await stepOf(page);
  await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(step);
  await pause(page).click();
  await expect(play(page)).toBeVisible();

  // Reloading keeps the run.
  broken = true;
  const kept = await stepOf(page);
  await page.getByTestId('inside').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Look inside' }).click();
  await page.route(/StepCost/, (route) => (broken ? route.fulfill({ status: 404 }) : route.continue()));
  await page.getByTestId('inside-cost').click();
  await expect(alert.getByRole('button', { name: 'Reload' })).toBeVisible();
  broken = false;
  await alert.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByTestId('step')).toHaveText(kept.toLocaleString('en'), PATIENCE);
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

test('a page that cannot start says why and what helps, and the recorded picture stays', async ({ page }) => {
  const message = page.locator('#not-started');
  const picture = page.getByRole('heading', { name: 'Target ψ(x, y)' });
  const soon = { timeout: 5000 };
  let answer: { status?: number; contentType?: string; body?: string } = { status: 404 };
  await page.route(/assets\/(main|index)-.*\.js/, (route) => route.fulfill(answer));
  await page.goto('./');
  await expect(message).toContainText(/index-.*\.js did not arrive: the server answers 404/, soon);
  await expect(picture).toBeVisible();
  await expect(page.getByText('not started', { exact: true })).toBeVisible();
  // A link with settings has no recorded picture: the message stands alone.
  answer = { contentType: 'text/plain', body: 'export {}' };
  await page.goto('about:blank');
  await page.goto('./#gradient=RFG');
  await expect(message).toContainText('is not run: the server calls it text/plain', soon);
  await expect(message).toContainText('set the type of .js files to text/javascript');
  await expect(picture).toHaveCount(0);
  // A module that is asked for by another one.
  await page.unroute(/assets\/(main|index)-.*\.js/);
  await page.route(/assets\/main-.*\.js/, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>Sign in</h1>' }),
  );
  await page.goto('about:blank');
  await page.goto('./');
  await expect(message).toContainText(/main-.*\.js did not arrive: the server sends a page/, soon);

  await page.goto(pathToFileURL(resolve('dist/index.html')).href);
  await expect(message).toContainText('opened as a file', soon);
  await expect(message).toContainText('npm start');
  await expect(picture).toBeVisible();

  await page.unroute(/assets\/main-.*\.js/);
  await page.route(/frame\.html/, (route) => {
    const { sandbox, hash } = JSON.parse(decodeURIComponent(new URL(route.request().url()).search.slice(1)));
    return route.fulfill({
      contentType: 'text/html',
      body: `<iframe sandbox="${sandbox}" src="./${hash}" width="1300" height="700"></iframe>`,
    });
  });
  const frame = (sandbox: string, hash = '') =>
    page.goto(`./frame.html?${encodeURIComponent(JSON.stringify({ sandbox, hash }))}`);
  const inner = page.frameLocator('iframe');
  const notices = inner.getByTestId('notices');
  await page.route(/assets\/index-.*\.js/, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      headers: { 'access-control-allow-origin': 'https://elsewhere.org' },
    }),
  );
  await frame('allow-scripts');
  await expect(inner.getByRole('alert')).toContainText(
    'allow-scripts allow-same-origin allow-downloads',
    soon,
  );
  await expect(inner.getByRole('alert')).toContainText('Access-Control-Allow-Origin: *');
  await page.unroute(/assets\/index-.*\.js/);
  // A page without an origin may store nothing, start no worker from an address, send no form, open no window and save no file.
  await frame('allow-scripts', '#gradient=RFG&inside=target');
  await expect(engineBadge(inner)).toContainText('WebAssembly', PATIENCE);
  const formula = inner.getByRole('textbox', { name: 'Formula in x and y' });
  await formula.fill('x*y');
  await formula.press('Enter');
  await expect(inner.getByRole('button', { name: 'In use' })).toBeVisible(PATIENCE);
  await play(inner).click();
  await expect(notices).toContainText('The frame around it keeps nothing for this page', PATIENCE);
  await expect.poll(() => stepOf(inner), PATIENCE).toBeGreaterThan(0);
  await pause(inner).click();
  await inner.getByTestId('inside').getByRole('button', { name: 'Close' }).click();
  await inner.getByRole('button', { name: 'Save Signed error' }).click();
  await inner.getByRole('button', { name: 'Data (CSV)' }).click();
  await expect(notices).toContainText('may forbid downloads');
  await inner.getByRole('button', { name: 'Help' }).click();
  await expect(inner.getByTestId('this-place')).toContainText('runs and progress in lessons last until');
  // With this one it may run, but save nothing.
  await frame('allow-scripts allow-same-origin');
  await expect(inner.getByText('starting…')).toHaveCount(0, PATIENCE);
  await inner.getByRole('button', { name: 'Save Signed error' }).click();
  await inner.getByRole('button', { name: 'Data (CSV)' }).click();
  await expect(notices).toContainText('Its sandbox needs allow-downloads');
});

test('a link whose # was lost on its way opens as it was meant', async ({ page }) => {
  // Slow is no fault.
  await page.route(/assets\/main-.*\.js/, async (route) => {
    await expect(page.getByText('Still loading…')).toBeVisible();
    await route.continue();
  });
  await page.goto('./?gradient=RFG&K=4');
  await expect(engineBadge(page)).toContainText('WebAssembly', PATIENCE);
  await expect(page.locator('#not-started')).toHaveCount(0);
  await expect(page).toHaveURL(/\/#gradient=RFG&K=4$/);
  await expect(
    page.getByRole('radiogroup', { name: 'Gradient' }).getByRole('radio', { name: 'RFG' }),
  ).toBeChecked();
});

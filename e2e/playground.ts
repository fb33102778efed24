import { readFileSync } from 'node:fs';
import {
  type BrowserContextOptions,
  test as base,
  type Download,
  expect,
  type FrameLocator,
  type Page,
} from '@playwright/test';
import { Profiles } from './profile.ts';

/** Playwright says so of what it was told to block. */
const BLOCKED = /^Service Worker registration blocked/;

/**
 * A page in a browser that other tests used before, whose errors may be what is tested. All tests of the page are extended from
 * this one: tests of other kinds take a process, and a browser, of their own.
 */
export const loud = base.extend<object, { profiles: Profiles }>({
  profiles: [
    // Playwright reads a fixture's needs from its parameters: they have to be destructured.
    // biome-ignore lint/correctness/noEmptyPattern: see above.
    async ({}, use) => {
      const profiles = new Profiles();
      await use(profiles);
      await profiles.close();
    },
    { scope: 'worker' },
  ],
  context: async (
    {
      profiles,
      playwright,
      launchOptions,
      baseURL,
      viewport,
      isMobile,
      hasTouch,
      deviceScaleFactor,
      serviceWorkers,
    },
    use,
  ) => {
    const options = { baseURL, viewport, isMobile, hasTouch, deviceScaleFactor, serviceWorkers };
    await use(await profiles.context(playwright.chromium, launchOptions, options));
  },
});

/** Words of warnings that are not the page's. */
type Quiet = { quiet: undefined; warned: RegExp | undefined };

/** A page whose errors, warnings and violations of its policy fail the test that they come up in. */
export const test = loud.extend<Quiet>({
  warned: [undefined, { option: true }],
  quiet: [
    async ({ page, warned }, use) => {
      const problems: string[] = [];
      page.on('console', (message) => {
        const [type, text] = [message.type(), message.text()];
        const warning = type === 'warning' && !warned?.test(text);
        if ((warning || type === 'error') && !BLOCKED.test(text)) problems.push(text);
      });
      page.on('pageerror', (error) => problems.push(String(error)));
      await page.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) =>
          console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`),
        );
      });
      await use(undefined);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

/** For `test.use` where plotly draws: WebGL in software warns of its own read-backs, the browser of those for plotly's letters. */
export const IN_3D = { warned: /WebGL|Canvas2D/ };

/** A phone's screen, for `test.use`. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};

/** Training takes as long as the machine needs; a test waits for what has to happen, not for a time. */
export const PATIENCE = { timeout: 100_000 };

export async function open(page: Page, hash = ''): Promise<void> {
  await page.goto(`./${hash}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(engineBadge(page)).not.toContainText('starting', PATIENCE);
}

/** The page in a window or in a frame. */
type Place = Page | FrameLocator;

export const engineBadge = (page: Place) =>
  page.getByRole('button', { name: /^(starting|Reference|WebAssembly|WebGPU)/ });
export const play = (page: Place) => page.getByRole('button', { name: 'Play', exact: true });
export const pause = (page: Place) => page.getByRole('button', { name: 'Pause', exact: true });
export const choose = (page: Page, group: string, option: string) =>
  page.getByRole('radiogroup', { name: group }).getByText(option, { exact: true }).click();

/** A number that the page shows. */
async function numberIn(page: Place, id: 'step' | 'error'): Promise<number> {
  const text = (await page.getByTestId(id).textContent()) ?? '';
  return Number(text.replaceAll(',', ''));
}
export const stepOf = (page: Place) => numberIn(page, 'step');
export const errorOf = (page: Page) => numberIn(page, 'error');

/** Of a run that is trained here: the recorded one stands at its last step until the first is done. */
export const untilStep = (page: Page, step: number) => {
  const trained = () =>
    page.evaluate(() => {
      const text = (id: string) => document.querySelector(`[data-testid="${id}"]`)?.textContent ?? '';
      return text('grid').includes('recorded') ? 0 : Number(text('step').replaceAll(',', ''));
    });
  return expect.poll(trained, PATIENCE).toBeGreaterThanOrEqual(step);
};

/** Rows of the CSV file behind the curves' “Data” button. */
export async function csvOf(page: Page): Promise<string[][]> {
  await page.getByRole('button', { name: 'Data', exact: true }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Download all/ }).click(),
  ]);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  return rowsOf(readFileSync(await file.path(), 'utf8')).map((line) => line.split(','));
}

/** Lines of a CSV file without the notes at its head, which say where it comes from. */
export function rowsOf(csv: string): string[] {
  const lines = csv.trim().split('\n');
  const notes = lines.filter((line) => line.startsWith('# '));
  expect(notes[0]).toContain('Spiking Playground: ');
  expect(notes[notes.length - 1]).toMatch(/^# http/);
  return lines.slice(notes.length);
}

/** Drops a text file on the page. */
export async function dropFile(page: Page, name: string, content: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([name, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], name));
      return transfer;
    },
    [name, content],
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer });
}

/** Saves a figure from its menu. */
export async function save(page: Page, figure: string, kind: string): Promise<Download> {
  await page.getByRole('button', { name: `Save ${figure}` }).click();
  // The menu of the figure before may still be fading out.
  const menu = page.getByRole('dialog', { name: `Save ${figure}`, exact: true });
  const [download] = await Promise.all([
    page.waitForEvent('download', PATIENCE),
    menu.getByRole('button', { name: kind }).click(),
  ]);
  await expect(menu).toHaveCount(0);
  return download;
}

/** Standard deviation of a canvas's brightness, 0 to 255: 0 is blank. */
export function contrastOf(page: Page, testId: string): Promise<number> {
  return page.getByTestId(testId).evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    // A copy, so that reading it often does not slow the page's own canvas down.
    const copy = document.createElement('canvas');
    copy.width = canvas.width;
    copy.height = canvas.height;
    const context = copy.getContext('2d', { willReadFrequently: true })!;
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < data.length; i += 4) {
      const brightness = ((data[i] + data[i + 1] + data[i + 2]) / 3) * (data[i + 3] / 255);
      sum += brightness;
      squares += brightness * brightness;
    }
    const n = data.length / 4;
    return Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
  });
}

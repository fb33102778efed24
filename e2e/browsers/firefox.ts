import process from 'node:process';
import puppeteer, { type KeyInput } from 'puppeteer-core';
import { Downloads } from './downloads.ts';
import { type Driver, LAPTOP, type Tab } from './driver.ts';

/** A stock Firefox, driven by puppeteer over WebDriver BiDi. */
export async function launchFirefox(executablePath: string): Promise<Driver> {
  const downloads = new Downloads();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    protocol: 'webDriverBiDi',
    executablePath,
    headless: true,
    timeout: 120_000,
    protocolTimeout: 120_000,
    env: { ...process.env, MOZ_HEADLESS_WIDTH: '1400', MOZ_HEADLESS_HEIGHT: '1000' },
    extraPrefsFirefox: {
      'browser.download.folderList': 2,
      'browser.download.dir': downloads.folder,
      'browser.download.useDownloadDir': true,
      'browser.download.alwaysOpenPanel': false,
    },
  });
  return {
    title: `${(await browser.version()).replace(/^firefox\//i, 'Firefox ')}, puppeteer over WebDriver BiDi`,
    async open(): Promise<Tab> {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      page.on('pageerror', (error) => problems.push(String(error)));
      await page.setViewport(LAPTOP);
      return {
        goto: async (address) => void (await page.goto(address)),
        reload: async () => void (await page.reload()),
        evaluate: (code, ...args) =>
          page.evaluate(code as (...given: unknown[]) => unknown, ...args) as Promise<never>,
        async drag(first, ...others) {
          await page.mouse.move(first.x, first.y);
          await page.mouse.down();
          for (const { x, y } of others) await page.mouse.move(x, y);
          await page.mouse.up();
        },
        press: (key) => page.keyboard.press(key as KeyInput),
        resize: (width, height) => page.setViewport({ width, height }),
        screenshot: async () => Buffer.from(await page.screenshot()),
        download: (act) => downloads.during(act),
        problems: async () => problems,
        close: () => context.close(),
      };
    },
    async close() {
      await browser.close();
      downloads.remove();
    },
  };
}

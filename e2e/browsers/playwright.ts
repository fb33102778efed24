import { readFileSync } from 'node:fs';
import { type BrowserType, chromium, firefox, webkit } from '@playwright/test';
import { type Driver, LAPTOP, type Tab } from './driver.ts';

const TYPES: Record<'chromium' | 'firefox' | 'webkit', BrowserType> = { chromium, firefox, webkit };

/** One of Playwright's own browsers. */
export async function launchPlaywright(name: keyof typeof TYPES, executablePath: string): Promise<Driver> {
  const browser = await TYPES[name].launch({ executablePath });
  return {
    title: `${name} ${browser.version()}, Playwright`,
    async open(): Promise<Tab> {
      const context = await browser.newContext({ viewport: LAPTOP });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      page.on('pageerror', (error) => problems.push(String(error)));
      return {
        goto: async (address) => void (await page.goto(address)),
        reload: async () => void (await page.reload()),
        // Playwright hands over one argument.
        evaluate: (code, ...args) => page.evaluate(`(${code})(...${JSON.stringify(args)})`) as Promise<never>,
        async drag(first, ...others) {
          await page.mouse.move(first.x, first.y);
          await page.mouse.down();
          for (const { x, y } of others) await page.mouse.move(x, y);
          await page.mouse.up();
        },
        press: (key) => page.keyboard.press(key),
        resize: (width, height) => page.setViewportSize({ width, height }),
        screenshot: () => page.screenshot(),
        async download(act) {
          const [download] = await Promise.all([page.waitForEvent('download'), act()]);
          return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
        },
        problems: async () => problems,
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

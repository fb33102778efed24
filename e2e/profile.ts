// Browsers whose profile the tests of one worker share: the code compiled for one test opens the page of the next
// in half the time. What a page keeps is cleared between tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, BrowserContextOptions, BrowserType, LaunchOptions } from '@playwright/test';

const KEPT = 'cookies,file_systems,indexeddb,local_storage,service_workers,cache_storage';

export class Profiles {
  readonly #opened = new Map<string, { context: BrowserContext; folder: string }>();

  /** A context with nothing stored in it; one is kept for each set of options, which have to be plain data. */
  async context(
    browser: BrowserType,
    launch: LaunchOptions,
    options: BrowserContextOptions,
  ): Promise<BrowserContext> {
    const key = JSON.stringify(options);
    let opened = this.#opened.get(key);
    if (!opened) {
      const folder = mkdtempSync(join(tmpdir(), 'playground-profile-'));
      const context = await browser.launchPersistentContext(folder, { ...launch, ...options });
      opened = { context, folder };
      this.#opened.set(key, opened);
    }
    await clear(opened.context, options.baseURL);
    return opened.context;
  }

  async close(): Promise<void> {
    for (const { context, folder } of this.#opened.values()) {
      await context.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

/** Leaves one blank page, no permission and nothing stored. */
async function clear(context: BrowserContext, baseURL = ''): Promise<void> {
  const blank = await context.newPage();
  for (const page of context.pages()) if (page !== blank) await page.close();
  await context.unrouteAll();
  await context.clearPermissions();
  const session = await context.newCDPSession(blank);
  await session.send('Storage.clearDataForOrigin', { origin: new URL(baseURL).origin, storageTypes: KEPT });
  await session.detach();
}

import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import type { Subject } from './subjects.mts';

/** One visit to a page, in ms. */
export interface Measures {
  readonly firstPaint: number;
  readonly largestPaint: number;
  readonly blocking: number;
  readonly p75: number;
  readonly worst: number;
}

const CLICKS = 24;
const LONG_TASK_MS = 50;

/** What observe.js collects. */
export type Seen = {
  paints: Record<string, number>;
  largest: number;
  tasks: number[];
  clicks: number[];
  lags: number[];
};
export const seenBy = (page: Page): Promise<Seen> =>
  page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);

/** A new window of 1366×768 on a CPU slowed `slowdown` times, observed from its first moment; nothing comes from elsewhere. */
export async function openObserved(browser: Browser, slowdown: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.route(
    (url) => url.hostname !== 'localhost',
    (route) => route.abort(),
  );
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.addInitScript({ path: fileURLToPath(new URL('observe.js', import.meta.url)) });
  return page;
}

/** The value below which `share` of the values lie; sorts them. */
export function quantile(values: number[], share: number): number {
  values.sort((a, b) => a - b);
  return values[Math.floor(share * (values.length - 1))];
}

/** Opens the page, lets it load for three seconds, then trains at full speed and presses a control four times a second. */
export async function visit(
  browser: Browser,
  subject: Subject,
  address: string,
  slowdown: number,
): Promise<Measures> {
  const page = await openObserved(browser, slowdown);
  await page.goto(address);
  await subject.ready(page);
  await page.waitForTimeout(3000);
  const loaded = await seenBy(page);

  await subject.train(page);
  await page.waitForTimeout(2000);
  await page.evaluate(() => {
    (globalThis as unknown as { seen: Seen }).seen.clicks.length = 0;
  });
  for (let i = 0; i < CLICKS; i++) {
    await subject.press(page, i);
    await page.waitForTimeout(250);
  }
  await page.waitForTimeout(500);
  const { clicks } = await seenBy(page);
  await page.context().close();
  if (!(loaded.largest > 0) || clicks.length === 0)
    throw new Error(`${subject.name}: the page was not observed: nothing was measured.`);
  return {
    firstPaint: loaded.paints['first-contentful-paint'],
    largestPaint: loaded.largest,
    blocking: loaded.tasks.reduce((sum, task) => sum + Math.max(0, task - LONG_TASK_MS), 0),
    p75: quantile(clicks, 0.75),
    worst: quantile(clicks, 1),
  };
}

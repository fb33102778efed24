import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';

/** Six lanes of the hat at full speed: how fast controls answer and how late the views are, in ms. */
export interface LaneMeasures {
  readonly answerWorst: number;
  readonly answerP75: number;
  readonly lagWorst: number;
  readonly lagP75: number;
  /** Steps of the first lane meanwhile: it trains, whatever the page does. */
  readonly steps: number;
}

const SIX =
  '#pace=full&lanes=gradient=RFG:scope=G,gradient=RFG:scope=L,surrogate=WSG,surrogate=WSG:gradient=RFG:scope=G,surrogate=WSG:gradient=RFG:scope=L';
const CLICKS = 24;
type Seen = { clicks: number[]; lags: number[] };

/** @param slowdown factor by which the page's CPU is throttled */
export async function measureLanes(
  browser: Browser,
  address: string,
  slowdown: number,
): Promise<LaneMeasures> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.addInitScript({ path: fileURLToPath(new URL('observe.js', import.meta.url)) });
  await page.goto(address + SIX);
  await page.getByTestId('lane').nth(5).waitFor();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForTimeout(4000);
  await page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: Seen };
    seen.clicks.length = 0;
    seen.lags.length = 0;
  });
  const axis = page.getByRole('radiogroup', { name: 'Curves over' });
  for (let i = 0; i < CLICKS; i++) {
    await axis.getByText(['passes', 'time', 'steps'][i % 3], { exact: true }).click();
    await page.waitForTimeout(250);
  }
  await page.waitForTimeout(500);
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  const steps = Number(await page.getByTestId('lane-step').first().getAttribute('data-step'));
  await context.close();
  if (seen.clicks.length === 0 || seen.lags.length === 0 || steps === 0)
    throw new Error('The lanes were not observed: nothing was measured.');
  const sorted = (values: number[]) => values.sort((a, b) => a - b);
  const at = (values: number[], share: number) => values[Math.floor(share * (values.length - 1))];
  const [clicks, lags] = [sorted(seen.clicks), sorted(seen.lags)];
  return {
    answerWorst: at(clicks, 1),
    answerP75: at(clicks, 0.75),
    lagWorst: at(lags, 1),
    lagP75: at(lags, 0.75),
    steps,
  };
}

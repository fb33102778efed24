import type { Browser } from '@playwright/test';
import { openObserved, quantile, type Seen, seenBy } from './visit.mts';

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

/** @param slowdown factor by which the page's CPU is throttled */
export async function measureLanes(
  browser: Browser,
  address: string,
  slowdown: number,
): Promise<LaneMeasures> {
  const page = await openObserved(browser, slowdown);
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
  const { clicks, lags } = await seenBy(page);
  const steps = Number(await page.getByTestId('lane-step').first().getAttribute('data-step'));
  await page.context().close();
  if (clicks.length === 0 || lags.length === 0 || steps === 0)
    throw new Error('The lanes were not observed: nothing was measured.');
  return {
    answerWorst: quantile(clicks, 1),
    answerP75: quantile(clicks, 0.75),
    lagWorst: quantile(lags, 1),
    lagP75: quantile(lags, 0.75),
    steps,
  };
}

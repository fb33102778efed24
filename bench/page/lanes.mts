import { type Chromium, wait } from './chromium.mts';
import { option, PLAY } from './subjects.mts';
import { OBSERVER, quantile, seenBy } from './visit.mts';

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
  browser: Chromium,
  address: string,
  slowdown: number,
): Promise<LaneMeasures> {
  const tab = await browser.open(slowdown, OBSERVER);
  await tab.goto(address + SIX);
  await tab.until(`document.querySelectorAll('[data-testid=lane]').length === 6`);
  await tab.click(PLAY);
  await wait(4000);
  await tab.evaluate('seen.clicks.length = seen.lags.length = 0');
  for (let i = 0; i < CLICKS; i++) {
    await tab.click(option('Curves over', ['passes', 'time', 'steps'][i % 3]));
    await wait(250);
  }
  await wait(500);
  const { clicks, lags } = await seenBy(tab);
  const steps = await tab.evaluate<number>(
    `Number(document.querySelector('[data-testid=lane-step]').dataset.step)`,
  );
  await tab.close();
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

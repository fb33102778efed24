import { readFileSync } from 'node:fs';
import { type Chromium, type Tab, wait } from './chromium.mts';
import type { Subject } from './subjects.mts';

/** One visit to a page, in ms. */
export interface Measures {
  readonly firstPaint: number;
  readonly largestPaint: number;
  /** Total blocking time as web.dev defines it: of tasks over 50 ms, what is over 50 ms, from the first contentful paint on. */
  readonly blocking: number;
  /** The same from navigation on. */
  readonly blockingFromStart: number;
  readonly p75: number;
  readonly worst: number;
}

const LOAD_MS = 5000;
const REST_MS = 1500;
const CLICKS = 24;
const LONG_TASK_MS = 50;

/** What observe.js collects. */
type Observations = {
  paints: Record<string, number>;
  largest: number;
  tasks: { start: number; ms: number }[];
  clicks: number[];
  lags: number[];
};
export const seenBy = (tab: Tab) => tab.evaluate<Observations>('seen');
export const OBSERVER = readFileSync(new URL('observe.js', import.meta.url), 'utf8');

/** The value below which `share` of the values lie; sorts them. */
export function quantile(values: number[], share: number): number {
  values.sort((a, b) => a - b);
  return values[Math.floor(share * (values.length - 1))];
}

/** What tasks have over 50 ms, counted from `from` on: a task that runs across it counts with what lies after. */
function blockingTime(tasks: Observations['tasks'], from: number): number {
  return tasks.reduce((sum, { start, ms }) => {
    const after = Math.min(ms, start + ms - from);
    return sum + Math.max(0, after - LONG_TASK_MS);
  }, 0);
}

/** Opens the page, lets it load for five seconds, then trains at full speed and presses a control four times a second. */
export async function visit(
  browser: Chromium,
  subject: Subject,
  address: string,
  slowdown: number,
): Promise<Measures> {
  const tab = await browser.open(slowdown, OBSERVER);
  await tab.goto(address);
  // Nobody asks the page anything while it loads: an answer would take its time too.
  await wait(LOAD_MS);
  await subject.ready(tab);
  const loaded = await seenBy(tab);

  await subject.train(tab);
  await wait(2000);
  await tab.evaluate('seen.clicks.length = 0');
  for (let i = 0; i < CLICKS; i++) {
    await subject.press(tab, i);
    await wait(250);
  }
  await wait(500);
  const { clicks } = await seenBy(tab);
  await tab.close();
  // What was trained ends before the next page is visited.
  await wait(REST_MS);
  if (!(loaded.largest > 0) || clicks.length === 0)
    throw new Error(`${subject.name}: the page was not observed: nothing was measured.`);
  return {
    firstPaint: loaded.paints['first-contentful-paint'],
    largestPaint: loaded.largest,
    blocking: blockingTime(loaded.tasks, loaded.paints['first-contentful-paint']),
    blockingFromStart: blockingTime(loaded.tasks, 0),
    p75: quantile(clicks, 0.75),
    worst: quantile(clicks, 1),
  };
}

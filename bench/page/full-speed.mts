import { type Chromium, wait } from './chromium.mts';
import type { Subject } from './subjects.mts';
import { OBSERVER, seenBy } from './visit.mts';

/** Training at full speed for five seconds on a CPU that is not slowed. */
export interface FullSpeedMeasures {
  /** Longest task of the main thread in ms; 0 when none was longer than 50. */
  readonly longest: number;
  /** Tasks longer than 50 ms. */
  readonly tasks: number;
}

/** Trains for two seconds, in which everything is loaded and compiled, then observes the main thread for five. */
export async function measureFullSpeed(
  browser: Chromium,
  subject: Subject,
  address: string,
): Promise<FullSpeedMeasures> {
  const tab = await browser.open(1, OBSERVER);
  await tab.goto(address);
  await subject.ready(tab);
  await subject.train(tab);
  await wait(2000);
  await tab.evaluate('seen.tasks.length = 0');
  await wait(5000);
  const { tasks } = await seenBy(tab);
  await tab.close();
  return { longest: Math.max(0, ...tasks.map(({ ms }) => ms)), tasks: tasks.length };
}

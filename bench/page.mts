// `npm run bench:page`: how fast the built page is on a slow machine. Chromium's CPU is throttled four times; the page comes
// from a plain static server on localhost. Prints each measure beside its goal. With `--against FOLDER`, a build of TensorFlow
// Playground (its `dist`), that page is visited in turn with this one, and the ratio of the two does not depend on the machine.
import { join } from 'node:path';
import { optionsOf } from '../scripts/npm-options.mjs';
import { ROOT } from '../scripts/setup.mjs';
import { Chromium } from './page/chromium.mts';
import { type FullSpeedMeasures, measureFullSpeed } from './page/full-speed.mts';
import { type LaneMeasures, measureLanes } from './page/lanes.mts';
import { serve } from './page/server.mts';
import { here, type Subject, tensorFlowPlayground } from './page/subjects.mts';
import { type Measures, quantile, visit } from './page/visit.mts';

const OPTIONS = {
  dist: { type: 'string', default: join(ROOT, 'dist') },
  against: { type: 'string' },
  runs: { type: 'string', default: '5' },
  part: { type: 'string', default: '' },
} as const;
const values = optionsOf('bench:page', OPTIONS);
const SLOWDOWN = 4;
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1)
  throw new Error(`--runs ${values.runs}: a whole number from 1 is needed`);
if (!['', 'page', 'lanes'].includes(values.part))
  throw new Error(`--part ${values.part}: "page" or "lanes" is needed`);

/** Key, name and goal in ms; goals are for a machine on which TensorFlow Playground's largest paint comes after 600 to 800 ms. */
type Row<Key> = readonly [key: Key, name: string, goal?: number];
const ROWS: readonly Row<keyof Measures>[] = [
  ['firstPaint', 'first contentful paint'],
  ['largestPaint', 'largest contentful paint', 700],
  ['blocking', 'total blocking time (from first contentful paint on)', 200],
  ['blockingFromStart', 'blocking time from navigation on', 200],
  ['p75', 'interaction while training, 75th percentile', 100],
  ['worst', 'interaction while training, worst of 24', 200],
];
const FULL_SPEED_ROWS: readonly Row<keyof FullSpeedMeasures>[] = [
  ['longest', 'longest task, 0 when none is over 50', 50],
  ['tasks', 'tasks over 50 in 5 s (a number)', 0],
];
const LANE_ROWS: readonly Row<keyof LaneMeasures>[] = [
  ['answerP75', 'control answers, 75th percentile'],
  ['answerWorst', 'control answers, worst of 24', 200],
  ['lagP75', 'result on screen after it was sent, 75th percentile'],
  ['lagWorst', 'result on screen after it was sent, worst', 250],
  ['steps', 'steps of each lane in about 11 s (a number)'],
];

/** Prints medians in a column for each subject; with two, the ratio of the first to the second. */
function report<Key extends string>(
  rows: readonly Row<Key>[],
  columns: readonly { readonly name: string; readonly visits: readonly Record<Key, number>[] }[],
): void {
  const names = [...columns.map(({ name }) => name), 'goal', ...(columns.length > 1 ? ['ratio'] : [])];
  console.log(`${''.padEnd(54)}${names.map((name) => name.padStart(15)).join('')}`);
  for (const [key, name, goal] of rows) {
    const medians = columns.map(({ visits }) =>
      quantile(
        visits.map((one) => one[key]),
        0.5,
      ),
    );
    const cells: (number | string)[] = [...medians.map(Math.round), goal ?? ''];
    if (medians.length > 1) cells.push(medians[1] > 0 ? (medians[0] / medians[1]).toFixed(2) : '');
    const verdict = goal === undefined ? '' : medians[0] <= goal ? '  met' : '  missed';
    console.log(`${name.padEnd(54)}${cells.map((cell) => String(cell).padStart(15)).join('')}${verdict}`);
  }
}

async function visits(browser: Chromium, subjects: readonly (readonly [Subject, string])[]): Promise<void> {
  const served = await Promise.all(
    subjects.map(async ([subject, folder]) => ({
      subject,
      server: await serve(folder),
      visits: [] as Measures[],
    })),
  );
  for (let i = 0; i < runs; i++)
    for (const { subject, server, visits } of served)
      visits.push(await visit(browser, subject, server.address, SLOWDOWN));
  for (const { server } of served) server.close();
  console.log(`CPU slowed ${SLOWDOWN} times, median of ${runs} visits, in ms`);
  report(
    ROWS,
    served.map(({ subject, visits }) => ({ name: subject.name, visits })),
  );
}

async function fullSpeed(
  browser: Chromium,
  subjects: readonly (readonly [Subject, string])[],
): Promise<void> {
  const columns: { name: string; visits: FullSpeedMeasures[] }[] = [];
  for (const [subject, folder] of subjects) {
    const server = await serve(folder);
    const visits: FullSpeedMeasures[] = [];
    for (let i = 0; i < runs; i++) visits.push(await measureFullSpeed(browser, subject, server.address));
    server.close();
    columns.push({ name: subject.name, visits });
  }
  console.log(`\ntraining at full speed, CPU not slowed, median of ${runs} visits, in ms`);
  report(FULL_SPEED_ROWS, columns);
}

async function lanes(browser: Chromium): Promise<void> {
  const server = await serve(values.dist);
  const visits: LaneMeasures[] = [];
  for (let i = 0; i < runs; i++) visits.push(await measureLanes(browser, server.address, SLOWDOWN));
  server.close();
  console.log(
    `\nsix lanes of the hat at full speed, CPU slowed ${SLOWDOWN} times, median of ${runs} visits, in ms`,
  );
  report(LANE_ROWS, [{ name: here.name, visits }]);
}

const browser = new Chromium();
const subjects: (readonly [Subject, string])[] = [[here, values.dist]];
if (values.against !== undefined) subjects.push([tensorFlowPlayground, values.against]);
if (values.part !== 'lanes') {
  await visits(browser, subjects);
  await fullSpeed(browser, subjects);
}
if (values.part !== 'page') await lanes(browser);
await browser.close();

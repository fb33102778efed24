// `npm run bench:page`: how fast the built page is on a slow machine. Chromium's CPU is throttled four times; the page comes
// from a plain static server on localhost. Prints each measure beside its goal and TensorFlow Playground's, which was
// measured in the same way on two cores.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from '../scripts/chromium.mjs';
import { ROOT } from '../scripts/setup.mjs';
import { type LaneMeasures, measureLanes } from './lanes.mts';

const { values } = parseArgs({
  options: { dist: { type: 'string', default: join(ROOT, 'dist') }, runs: { type: 'string', default: '3' } },
});
const SLOWDOWN = 4;
const CLICKS = 24;
const LONG_TASK_MS = 50;

interface Measures {
  firstPaint: number;
  largestPaint: number;
  blocking: number;
  p75: number;
  worst: number;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
  try {
    const file = path.endsWith('/') ? `${path}index.html` : path;
    const body = await readFile(join(values.dist, file));
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});

/** What bench/observe.js collects. */
type Seen = { paints: Record<string, number>; largest: number; tasks: number[]; clicks: number[] };
const seenBy = (page: Page) => page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);

async function measure(browser: Browser, address: string): Promise<Measures> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await page.addInitScript({ path: fileURLToPath(new URL('observe.js', import.meta.url)) });
  await page.goto(address);
  await page.getByRole('button', { name: /^(Reference|WebAssembly|WebGPU)/ }).waitFor();
  await page.waitForTimeout(3000);
  const loaded = await seenBy(page);

  await page.getByRole('radiogroup', { name: 'Pace' }).getByText('full', { exact: true }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForTimeout(2000);
  await page.evaluate(() => {
    (globalThis as unknown as { seen: Seen }).seen.clicks.length = 0;
  });
  const surrogate = page.getByRole('radiogroup', { name: 'Surrogate' });
  for (let i = 0; i < CLICKS; i++) {
    await surrogate.getByText(i % 2 === 0 ? 'WSG' : 'SG', { exact: true }).click();
    await page.waitForTimeout(250);
  }
  await page.waitForTimeout(500);
  const clicks = (await seenBy(page)).clicks.sort((a, b) => a - b);
  await context.close();
  if (!(loaded.largest > 0) || clicks.length === 0)
    throw new Error('The page was not observed: nothing was measured.');
  return {
    firstPaint: loaded.paints['first-contentful-paint'],
    largestPaint: loaded.largest,
    blocking: loaded.tasks.reduce((sum, task) => sum + Math.max(0, task - LONG_TASK_MS), 0),
    p75: clicks[Math.floor(0.75 * (clicks.length - 1))],
    worst: clicks[clicks.length - 1],
  };
}

const ROWS: readonly (readonly [keyof Measures, string, string, number | undefined])[] = [
  ['firstPaint', 'first contentful paint', '-', undefined],
  ['largestPaint', 'largest contentful paint', '600-800', 700],
  ['blocking', 'total blocking time', '1000', 200],
  ['p75', 'interaction while training, 75th percentile', '370', 100],
  ['worst', 'interaction while training, worst', '450', 200],
];

await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
const port = (server.address() as { port: number }).port;
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
});
const runs: Measures[] = [];
for (let i = 0; i < Number(values.runs); i++) runs.push(await measure(browser, `http://localhost:${port}/`));
const laneRuns: LaneMeasures[] = [];
for (let i = 0; i < Number(values.runs); i++)
  laneRuns.push(await measureLanes(browser, `http://localhost:${port}/`, SLOWDOWN));
await browser.close();
server.close();

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
console.log(`CPU slowed ${SLOWDOWN} times, median of ${runs.length} visits, in ms`);
console.log(`${''.padEnd(46)}${'here'.padStart(8)}${'goal'.padStart(8)}${'TF Playground'.padStart(16)}`);
for (const [key, name, theirs, goal] of ROWS) {
  const here = Math.round(median(runs.map((run) => run[key])));
  const verdict = goal === undefined ? '' : here <= goal ? '  met' : '  missed';
  console.log(
    `${name.padEnd(46)}${String(here).padStart(8)}${String(goal ?? '').padStart(8)}${theirs.padStart(16)}${verdict}`,
  );
}

console.log(
  `\nsix lanes of the hat at full speed, CPU slowed ${SLOWDOWN} times, median of ${laneRuns.length} visits, in ms`,
);
const LANE_ROWS: readonly (readonly [keyof LaneMeasures, string, number | undefined])[] = [
  ['answerP75', 'control answers, 75th percentile', undefined],
  ['answerWorst', 'control answers, worst of 24', 200],
  ['lagP75', 'result on screen after it was sent, 75th percentile', undefined],
  ['lagWorst', 'result on screen after it was sent, worst', 250],
  ['steps', 'steps of each lane in about 11 s', undefined],
];
for (const [key, name, goal] of LANE_ROWS) {
  const here = Math.round(median(laneRuns.map((run) => run[key])));
  const verdict = goal === undefined ? '' : here <= goal ? '  met' : '  missed';
  console.log(`${name.padEnd(52)}${String(here).padStart(8)}${String(goal ?? '').padStart(8)}${verdict}`);
}

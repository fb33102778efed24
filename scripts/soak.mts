// `npm run soak`: two hours of a comparison of six lanes in the built page, every view opened in turn, and after each what page and
// workers take once their garbage was collected. Ends with code 1 where something grows after the first tour, an error came up or a
// view was never reached. `--minutes 60` is shorter; the numbers stand in .cache/soak.json.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { chromium } from '@playwright/test';
import { serve } from '../bench/page/server.mts';
import { findChromium } from './chromium.mjs';
import { optionsOf } from './npm-options.mjs';
import { ROOT } from './setup.mjs';
import { type Measure, type Sample, Scales } from './soak/measure.ts';
import { goHome, STOPS, stepsOf } from './soak/tour.ts';
import { trendOf } from './soak/trend.ts';

const OPTIONS = {
  minutes: { type: 'string', default: '120' },
  dist: { type: 'string', default: join(ROOT, 'dist') },
  out: { type: 'string', default: join(ROOT, '.cache', 'soak.json') },
} as const;
const values = optionsOf('soak', OPTIONS);
const minutes = Number(values.minutes);
if (!(minutes >= 10)) throw new Error(`--minutes ${values.minutes}: a number from 10 on is needed`);
const MINUTE_MS = 60_000;
const ACTION_MS = 60_000;

/** Name, and what one unit of it is. */
const MEASURES: Record<Measure, readonly [name: string, unit: number]> = {
  pageHeap: ['page heap MB', 1e6],
  workerHeap: ['worker heap MB', 1e6],
  buffers: ['buffers MB', 1e6],
  wasm: ['wasm MB', 1e6],
  workers: ['workers', 1],
  nodes: ['nodes', 1],
  documents: ['documents', 1],
  listeners: ['listeners', 1],
  indexedDb: ['IndexedDB MB', 1e6],
  localStorage: ['localStorage kB', 1e3],
  resident: ['resident MB', 1e6],
};
/** The system's own figure: pages that were freed are given back when it likes. It is told, and decides nothing. */
const TOLD_ONLY: readonly Measure[] = ['resident'];
const KEYS = Object.keys(MEASURES) as Measure[];

const executablePath = findChromium();
if (!executablePath) throw new Error('No Chromium was found: `node scripts/chromium.mjs` installs one.');
const server = await serve(resolve(values.dist));
const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
  executablePath,
  downloadsPath: join(folder, 'downloads'),
  viewport: null,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
});
const faults: string[] = [];
const page = context.pages()[0] ?? (await context.newPage());
page.setDefaultTimeout(ACTION_MS);
page.on('pageerror', (error) => faults.push(String(error)));
page.on('crash', () => faults.push('the page crashed'));
page.on('console', (message) => {
  if (message.type() === 'error') faults.push(message.text());
});

const samples: Sample[] = [];
const visits = new Map(STOPS.map(({ name }) => [name, 0]));
const misses: string[] = [];
let steps = 0;
let last = 0;
const began = Date.now();
const elapsed = () => (Date.now() - began) / MINUTE_MS;

/** Steps of a run that began anew count from 0. */
async function count(): Promise<void> {
  const now = await stepsOf(page);
  steps += now >= last ? now - last : now;
  last = now;
}

const cell = (key: Measure, value: number | undefined) =>
  value === undefined ? '–' : (value / MEASURES[key][1]).toFixed(MEASURES[key][1] === 1 ? 0 : 2);
const row = (cells: readonly string[]) => console.log(cells.map((text) => text.padStart(15)).join(' '));

function write(): void {
  mkdirSync(resolve(values.out, '..'), { recursive: true });
  const [{ model }] = cpus();
  const machine = { cores: cpus().length, model, browser: context.browser()?.version() };
  const report = {
    began: new Date(began).toISOString(),
    machine,
    steps,
    visits: [...visits],
    misses,
    faults,
    samples,
  };
  writeFileSync(values.out, `${JSON.stringify(report, null, 1)}\n`);
}

console.log(`${minutes} minutes, ${STOPS.length} stops; numbers in ${values.out}`);
row(['minute', 'steps', ...KEYS.map((key) => MEASURES[key][0])]);
await page.goto(server.address);
await goHome(page);
const scales = await Scales.of(page);
for (let n = 0; elapsed() < minutes; n++) {
  const { name, visit } = STOPS[n % STOPS.length];
  try {
    await visit(page);
    visits.set(name, (visits.get(name) ?? 0) + 1);
  } catch (error) {
    misses.push(`minute ${elapsed().toFixed(1)}, ${name}: ${String(error).slice(0, 600)}`);
    console.error(misses.at(-1));
  }
  await count();
  await goHome(page).catch((error) => {
    misses.push(`minute ${elapsed().toFixed(1)}, back from ${name}: ${String(error).slice(0, 600)}`);
    console.error(misses.at(-1));
  });
  await count();
  try {
    const sample = await scales.measure(elapsed(), name);
    samples.push(sample);
    row([sample.minutes.toFixed(1), String(steps), ...KEYS.map((key) => cell(key, sample[key]))]);
  } catch (error) {
    console.error(`minute ${elapsed().toFixed(1)}: not measured: ${String(error).slice(0, 300)}`);
  }
  write();
}
await context.close();
server.close();
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

// In its first tour the page loads its parts.
const settled = samples.slice(STOPS.length);
const tours = samples.length / STOPS.length;
console.log(`\n${tours.toFixed(1)} tours, ${steps} steps in all; from the second tour on:`);
const grown: string[] = [];
const long = tours >= 3;
if (!long)
  console.log('Too short to say what grows: every stop has to be measured twice after the first tour.');
else row(['', 'median', 'per hour', 'at least', '']);
for (const key of long ? KEYS : []) {
  const taken = settled.filter((sample) => sample[key] !== undefined);
  if (taken.length === 0) continue;
  const { level, perHour, least, grows } = trendOf(
    taken.map((sample) => sample.minutes / 60),
    taken.map((sample) => sample[key] as number),
    taken.map((sample) => sample.after),
  );
  if (grows && !TOLD_ONLY.includes(key)) grown.push(MEASURES[key][0]);
  row([MEASURES[key][0], cell(key, level), cell(key, perHour), cell(key, least), grows ? 'grows' : 'flat']);
}
const missed = [...visits].filter(([, times]) => times === 0).map(([name]) => name);
if (missed.length > 0) console.log(`Never reached: ${missed.join(', ')}`);
for (const fault of new Set(faults)) console.log(`Error: ${fault}`);
const fine = grown.length === 0 && missed.length === 0 && faults.length === 0 && long;
console.log(fine ? 'Flat.' : `Not fine: ${grown.length > 0 ? `${grown.join(', ')} grow` : 'see above'}.`);
process.exit(fine ? 0 : 1);

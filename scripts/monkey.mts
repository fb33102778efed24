// `npm run monkey -- --actions 5000 --seed 7`: a monkey in the built page, half of its time at a laptop and half on a phone, in
// visits of 250 actions each. Ends with code 1 where the page said an error, lost a control or no longer trained.
import { randomInt } from 'node:crypto';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { chromium } from '@playwright/test';
import { serve } from '../bench/page/server.mts';
import { Monkey } from '../e2e/monkey/monkey.ts';
import { findChromium } from './chromium.mjs';
import { optionsOf } from './npm-options.mjs';
import { ROOT } from './setup.mjs';

const OPTIONS = {
  actions: { type: 'string', default: '5000' },
  seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  dist: { type: 'string', default: join(ROOT, 'dist') },
} as const;
const values = optionsOf('monkey', OPTIONS);
const actions = Number(values.actions);
const seed = Number(values.seed);
if (!Number.isInteger(actions) || actions < 1)
  throw new Error(`--actions ${values.actions}: a whole number from 1 is needed`);
if (!Number.isInteger(seed) || seed < 0)
  throw new Error(`--seed ${values.seed}: a whole number from 0 is needed`);
const VISIT = 250;
const PATIENCE_MS = 120_000;

const executablePath = findChromium();
if (!executablePath) throw new Error('No Chromium was found: `node scripts/chromium.mjs` installs one.');
const server = await serve(resolve(values.dist));
const browser = await chromium.launch({
  executablePath,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
});
const LAPTOP = { viewport: { width: 1366, height: 768 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

let faults = 0;
for (let visit = 0; visit * VISIT < actions; visit++) {
  const count = Math.min(VISIT, actions - visit * VISIT);
  const touch = visit % 2 === 1;
  const own = seed + visit;
  const context = await browser.newContext({ ...(touch ? PHONE : LAPTOP), baseURL: server.address });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const monkey = new Monkey(page, own, touch);
  try {
    await monkey.open();
    await monkey.act(count);
    await monkey.expectAlive();
  } catch (error) {
    monkey.faults.push(`${error}\n  after ${monkey.done.slice(-25).join('\n        ')}`);
    await page.screenshot({ path: join(ROOT, '.cache', `monkey-${own}.png`) }).catch(() => undefined);
  }
  console.log(
    `seed ${own}, ${touch ? 'phone' : 'laptop'}: ${monkey.done.length} actions, ${monkey.faults.length} faults`,
  );
  for (const fault of monkey.faults) console.log(fault);
  faults += monkey.faults.length;
  await context.close();
}
await browser.close();
server.close();
console.log(`${faults} faults; again: npm run monkey -- --actions ${actions} --seed ${seed}`);
process.exit(faults === 0 ? 0 : 1);

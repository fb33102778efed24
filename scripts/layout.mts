// `npm run layout -- --shots DIR`: measures the page with everything that opens over it in many windows, as e2e/layout.spec.ts does in
// some, and keeps pictures of them if asked. Ends with code 1 where something is cut, small, off the edge or over something else.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { chromium, type Page } from '@playwright/test';
import { serve } from '../bench/page/server.mts';
import { layoutFaults, recordCanvasText, settled } from '../e2e/measure-layout.ts';
import { INSIDE_NAMES } from '../src/state/presentation.ts';
import { findChromium } from './chromium.mjs';
import { optionsOf } from './npm-options.mjs';
import { ROOT } from './setup.mjs';

const OPTIONS = {
  dist: { type: 'string', default: join(ROOT, 'dist') },
  /** A folder for pictures. */
  shots: { type: 'string' },
  /** Of the states only those whose name has this in it. */
  state: { type: 'string', default: '' },
} as const;
const values = optionsOf('layout', OPTIONS);

const WINDOWS = [
  [1366, 768],
  [1180, 820],
  [820, 1180],
  [1024, 768],
  [1440, 900],
  [1920, 1080],
  [1280, 720],
  [390, 844],
  [320, 256],
] as const;

interface State {
  readonly name: string;
  readonly hash: string;
  readonly open?: (page: Page) => Promise<void>;
  /** What is there then. */
  readonly there: string;
}

const press = (name: string | RegExp) => (page: Page) =>
  page
    .getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
    .first()
    .click();

const LANES = {
  two: 'gradient=RFG&lanes=gradient=BP',
  three: 'gradient=RFG&lanes=gradient=BP,scope=G',
  six: 'gradient=RFG&lanes=gradient=BP,scope=G,scope=A,surrogate=WSG,localLosses=true',
  ten: 'gradient=RFG&lanes=gradient=BP,scope=G,scope=A,surrogate=WSG,surrogate=WSG:gradient=BP,surrogate=WSG:scope=G,gradient=BP:localLosses=true,localLosses=true,surrogate=WSG:localLosses=true',
};

function statesOf(experiment: string): State[] {
  const at = (more: string) => `#experiment=${experiment}${more && `&${more}`}`;
  const over = (name: string, open: State['open'], there: string): State => ({
    name: `${experiment} ${name}`,
    hash: at(''),
    open,
    there,
  });
  return [
    { name: `${experiment} page`, hash: at(''), there: '[data-testid=raster]' },
    ...['prediction,spikes,network,curves,surrogate', 'network,curves,prediction,surrogate,spikes'].map(
      (panels) => ({
        name: `${experiment} panels ${panels}`,
        hash: at(`panels=${panels}`),
        there: '[data-testid=raster]',
      }),
    ),
    over('settings', press('more…'), '#settings'),
    over('share', press('Share'), 'dialog[open]'),
    over('help', press('Help and keys'), 'dialog[open]'),
    over('learn', press(/^Learn/), '[role=dialog], [popover]:popover-open'),
    over('compare', press(/^Compare/), '[popover]:popover-open'),
    over('look inside', press(/^Look inside/), '[popover]:popover-open'),
    ...INSIDE_NAMES.map((view) => ({
      name: `${experiment} inside ${view}`,
      hash: at(`inside=${view}`),
      there: '[data-testid=inside]',
    })),
    ...Object.entries(LANES).map(([count, lanes]) => ({
      name: `${experiment} ${count} lanes`,
      hash: at(lanes),
      there: '[data-testid=lane]',
    })),
  ];
}

const states = ['hat', 'antiderivative', 'poisson', 'reaction-diffusion', 'own-data']
  .flatMap(statesOf)
  .filter(({ name }) => name.includes(values.state));
const executablePath = findChromium();
if (!executablePath) throw new Error('No Chromium was found: `node scripts/chromium.mjs` installs one.');
const server = await serve(resolve(values.dist));
const browser = await chromium.launch({
  executablePath,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
});
if (values.shots) mkdirSync(values.shots, { recursive: true });

let faults = 0;
try {
  for (const { name, hash, open, there } of states) {
    const [first] = WINDOWS;
    const context = await browser.newContext({
      baseURL: server.address,
      viewport: { width: first[0], height: first[1] },
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    // What tsx compiles names its functions by a helper, which the page has to have.
    await page.addInitScript('globalThis.__name = (named) => named');
    await recordCanvasText(page);
    await page.goto(`./${hash}`);
    await page.locator('main canvas').first().waitFor();
    for (const [width, height] of WINDOWS) {
      await page.setViewportSize({ width, height });
      await settled(page);
      // A change of the layout may close what lay over it.
      if (open && (await page.locator(there).filter({ visible: true }).count()) === 0)
        await open(page).catch((error: unknown) => console.log(`${name} ${width} × ${height}: ${error}`));
      await page
        .locator(there)
        .filter({ visible: true })
        .first()
        .waitFor({ timeout: 60_000 })
        .catch(() => console.log(`${name} ${width} × ${height}: ${there} is not there`));
      await settled(page);
      // What follows a size a frame later is given its time.
      let found: string[] = [];
      for (let tries = 0; tries < 8; tries++) {
        found = await layoutFaults(page);
        if (found.length === 0) break;
        await page.waitForTimeout(250);
      }
      faults += found.length;
      for (const fault of found) console.log(`${name} ${width} × ${height}: ${fault}`);
      if (values.shots)
        await page.screenshot({
          path: join(values.shots, `${name.replaceAll(' ', '-')}-${width}x${height}.png`),
        });
    }
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(`${states.length} states in ${WINDOWS.length} windows: ${faults} faults`);
process.exit(faults > 0 ? 1 : 0);

// `npm run bench:reach`: seconds from pressing play until the error on the screen is first at or below some errors, experiment by
// experiment and method by method, in Chromium at full speed with the page's own settings. Looked at in every animation frame. Each run
// is the only one on the machine; seeds take turns over all methods, so that what else the machine does falls on all alike.
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../scripts/chromium.mjs';
import { optionsOf } from '../scripts/npm-options.mjs';
import { ROOT } from '../scripts/setup.mjs';
import { EXPERIMENTS } from '../src/experiments/table.ts';
import { median } from '../src/snn/statistics.ts';
import type { ExperimentName } from '../src/training/config.ts';
import { serve } from './page/server.mts';

const OPTIONS = {
  dist: { type: 'string', default: join(ROOT, 'dist') },
  /** Runs of each method, with seeds 21, 22, … */
  runs: { type: 'string', default: '3' },
  /** Longest time of a run in seconds. */
  limit: { type: 'string', default: '60' },
  /** Of the experiments only those whose name has this in it. */
  experiment: { type: 'string', default: '' },
} as const;
const values = optionsOf('bench:reach', OPTIONS);
const [runs, limit] = (['runs', 'limit'] as const).map((name) => {
  const value = Number(values[name]);
  if (!(value >= 1)) throw new Error(`--${name} ${values[name]}: a number from 1 on is needed`);
  return value;
});

const METHODS = [
  ['SG-BP', ''],
  ['WP-A', 'gradient=WP&scope=A'],
  ['SG-RFG-A', 'gradient=RFG&scope=A'],
  ['SG-RFG-L', 'gradient=RFG&scope=L'],
  ['SG-RFG-G', 'gradient=RFG&scope=G'],
  ['SG-RFG-L-flipout', 'gradient=RFG&scope=L&flipout=true'],
  ['WP-L', 'gradient=WP&scope=L'],
] as const;
const COMMON = [0.1, 0.05];

const experiments = (['hat', 'poisson', 'reaction-diffusion'] as const).filter((name) =>
  name.includes(values.experiment),
);
if (experiments.length === 0)
  throw new Error(`--experiment ${values.experiment}: no experiment is called so`);

/** What the paper reports for the methods that have a row here, largest first. */
function paperErrors(experiment: ExperimentName): [string, number][] {
  const figures = EXPERIMENTS[experiment].paper?.figures ?? {};
  return METHODS.flatMap(([name]): [string, number][] =>
    name in figures ? [[name, figures[name]]] : [],
  ).sort((a, b) => b[1] - a[1]);
}

/** Runs in the page: ms from the press until each of the errors, as far as they are reached. */
function pressAndWatch([errors, limitMs]: readonly [readonly number[], number]): Promise<(number | null)[]> {
  const text = (id: string) => document.querySelector(`[data-testid="${id}"]`)?.textContent ?? '';
  const button = [...document.querySelectorAll('button')].find(
    (b) => b.getAttribute('aria-label') === 'Play',
  );
  if (!button) throw new Error('no play button');
  const reached: (number | null)[] = errors.map(() => null);
  return new Promise((done) => {
    button.click();
    const begun = performance.now();
    const look = () => {
      const passed = performance.now() - begun;
      const step = Number(text('step').replaceAll(',', ''));
      const error = Number(text('error'));
      if (step > 0)
        errors.forEach((goal, i) => {
          if (reached[i] === null && error <= goal) reached[i] = passed;
        });
      const over = passed > limitMs || document.querySelector('button[aria-label="Play"]') !== null;
      if (reached.every((ms) => ms !== null) || (over && passed > 1000)) done(reached);
      else requestAnimationFrame(look);
    };
    look();
  });
}

async function oneRun(page: Page, hash: string, errors: readonly number[]): Promise<(number | null)[]> {
  await page.goto('about:blank');
  await page.goto(`./${hash}`);
  await page.locator('button[aria-label="Play"]:not([aria-disabled])').waitFor();
  // What is fetched and compiled once is no part of training.
  await page.waitForTimeout(2500);
  return page.evaluate(pressAndWatch, [errors, 1000 * limit] as const);
}

/** “1.2 s”; of runs that did not all come there, how many did. */
function said(times: readonly (number | null)[]): string {
  const there = times.filter((ms): ms is number => ms !== null);
  if (there.length === 0) return '–';
  const seconds = `${(median(there) / 1000).toFixed(1)} s`;
  return there.length === times.length ? seconds : `${seconds} (${there.length} of ${times.length})`;
}

const executablePath = findChromium();
if (!executablePath) throw new Error('No Chromium was found: `node scripts/chromium.mjs` installs one.');
const server = await serve(resolve(values.dist));
const browser = await chromium.launch({
  executablePath,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
});
try {
  const page = await browser.newPage({ baseURL: server.address, viewport: { width: 1366, height: 768 } });
  // What tsx compiles names its functions by a helper, which the page has to have.
  await page.addInitScript('globalThis.__name = (named) => named');
  const cores = cpus();
  const date = new Date().toISOString().slice(0, 10);
  console.log(
    `${date}, ${cores.length} cores of ${cores[0].model.trim()}, Chromium ${browser.version()}, ` +
      `load before ${loadavg()[0].toFixed(1)}; medians of ${runs} runs, at most ${limit} s each\n`,
  );
  for (const experiment of experiments) {
    const paper = paperErrors(experiment);
    const errors = [...COMMON, ...paper.map(([, error]) => error)];
    const times = METHODS.map((): (number | null)[][] => []);
    for (let run = 0; run < runs; run++)
      for (const [i, [, hash]] of METHODS.entries()) {
        const seed = 21 + run;
        const link = `#experiment=${experiment}&engine=wasm&pace=full&seed=${seed}&dataSeed=${seed}${hash && `&${hash}`}`;
        times[i].push(await oneRun(page, link, errors));
      }
    const heads = [
      ...COMMON.map((error) => `to ${error}`),
      ...paper.map(([name, error]) => `to ${error} (paper’s ${name})`),
    ];
    console.log(`| ${experiment} | ${heads.join(' | ')} |\n| --- |${heads.map(() => ' ---: |').join('')}`);
    METHODS.forEach(([name], i) => {
      const cells = errors.map((_, e) => said(times[i].map((one) => one[e])));
      console.log(`| ${name} | ${cells.join(' | ')} |`);
    });
    console.log('');
  }
} finally {
  await browser.close();
  server.close();
}

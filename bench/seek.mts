// `npm run bench:seek`: how soon any moment of a run is on the page, from the press to its figures. The built page comes from a plain
// static server on localhost; nothing is throttled. Each place is gone to from the end of the run; the first one of the recorded run
// includes fetching the states that it is replayed from.
import { join } from 'node:path';
import process from 'node:process';
import { chromium, type Page } from '@playwright/test';
import { ensureChromium } from '../scripts/chromium.mjs';
import { ROOT } from '../scripts/setup.mjs';
import { serve } from './page/server.mts';

const STEPS = 5000;
/** Places along the run, as shares of it. */
const PLACES = [0.98, 0.31, 0.9, 0.05, 0.63, 0.5, 0.77, 0.002];
const RUNS: readonly { readonly name: string; readonly hash: string; readonly isRecorded?: true }[] = [
  { name: 'hat, recorded', hash: '', isRecorded: true },
  { name: 'hat, own run', hash: '#pace=full' },
  { name: 'Poisson, own run', hash: `#experiment=poisson&steps=${STEPS}&pace=full` },
];

/** Time in ms from moving the scrubber to a step until the page shows that step's figures; and until it says that it replays. */
function goTo(page: Page, step: number): Promise<{ shown: number; told?: number }> {
  return page.evaluate(async (target) => {
    const slider = document.querySelector<HTMLInputElement>('input[aria-label="Moment of the run"]')!;
    const read = (id: string) =>
      document.querySelector(`[data-testid="${id}"]`)?.textContent?.replaceAll(',', '');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
    const last = Number(read('moment')!.split('/')[1]);
    const notches = Number(slider.max);
    const begun = performance.now();
    set.call(slider, Math.round((Math.log1p(target) / Math.log1p(last)) * notches));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    const wanted = () => Number(slider.getAttribute('aria-valuetext')!.match(/[\d]+/)![0]);
    let told: number | undefined;
    for (;;) {
      await new Promise(requestAnimationFrame);
      if (read('replay') !== undefined) told ??= performance.now() - begun;
      else if (Number(read('step')) === wanted()) return { shown: performance.now() - begun, told };
    }
  }, step);
}

const { address, close } = await serve(join(ROOT, 'dist'));
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  for (const { name, hash, isRecorded } of RUNS) {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    page.setDefaultTimeout(0);
    // What tsx puts around functions that have a name.
    await page.addInitScript('globalThis.__name = (work) => work');
    await page.goto(`${address}${hash}`);
    await page.getByRole('button', { name: /^(Reference|WebAssembly|WebGPU)/ }).waitFor();
    if (!isRecorded) {
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      await page.waitForFunction(
        (end) =>
          document.querySelector('[data-testid="step"]')?.textContent?.replaceAll(',', '') === `${end}` &&
          document.querySelector('button[aria-label="Play"]'),
        STEPS,
      );
    }
    const times: string[] = [];
    const all: number[] = [];
    for (const place of PLACES) {
      const { shown, told } = await goTo(page, Math.round(place * STEPS));
      all.push(shown);
      times.push(`${Math.round(shown)}${told === undefined ? '' : ` (told after ${Math.round(told)})`}`);
      await goTo(page, STEPS);
    }
    console.log(`${name.padEnd(18)} worst ${Math.round(Math.max(...all))} ms: ${times.join(', ')}`);
    await page.close();
  }
} finally {
  await browser.close();
  close();
}

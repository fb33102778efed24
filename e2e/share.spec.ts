import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Download, Page, Response } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import {
  choose,
  contrastOf,
  csvOf,
  dropFile,
  expect,
  open,
  PATIENCE,
  pause,
  play,
  rowsOf,
  save,
  stepOf,
  test,
  untilStep,
} from './playground.ts';

const SMALL = '#T=6&hidden=6-6&batch=8&steps=40&pace=full';

const share = (page: Page) => page.getByRole('button', { name: 'Share', exact: true }).click();
const linkIn = (page: Page) => page.getByRole('textbox', { name: 'Link', exact: true }).inputValue();
const finished = (page: Page) => expect(page.getByTestId('notices')).toContainText('finished', PATIENCE);
const textOf = async (download: Download) => readFileSync(await download.path(), 'utf8');

test('a recorded run is painted before the worker answers, and gives way without a shift', async ({
  page,
}) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/trainer\.worker/, async (route) => {
    await held;
    await route.continue();
  });
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('./');
  await expect(page.getByTestId('grid')).toContainText('recorded');
  await expect.poll(() => contrastOf(page, 'prediction-network')).toBeGreaterThan(10);
  await expect.poll(() => contrastOf(page, 'raster')).toBeGreaterThan(1);
  await expect.poll(() => contrastOf(page, 'curves')).toBeGreaterThan(1);
  await expect(page.getByTestId('step')).toHaveText('5,000');
  release();
  await play(page).click();
  await expect(page.getByTestId('grid')).not.toContainText('recorded', PATIENCE);
  await untilStep(page, 5);
  expect(await stepOf(page)).toBeLessThan(5000);
  const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.02);
});

test('the first view is painted without the page’s scripts, and what is pressed meanwhile acts later', async ({
  page,
}) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/assets\/main-.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await page.addInitScript(() => {
    const shown: number[] = [];
    Object.assign(globalThis, { shown });
    new MutationObserver(() => {
      const figures = [...document.querySelectorAll('#root [id^="figure-"]')];
      shown.push(figures.filter((figure) => figure.checkVisibility()).length);
    }).observe(document, { subtree: true, attributeFilter: ['data-waits'] });
  });
  await page.goto('./', { waitUntil: 'commit' });
  await expect(page.getByTestId('intro')).toContainText('press play');
  await expect(page.getByTestId('error')).not.toHaveText('–');
  // Figures are laid out group by group, a frame each.
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { shown: number[] }).shown))
    .toEqual([0, 1, 3, 5]);
  await choose(page, 'Gradient', 'RFG');
  await play(page).click();
  await expect(play(page)).toBeVisible();
  await dropFile(page, 'broken.md', 'No heading');
  release();
  await page
    .getByRole('dialog', { name: 'broken.md was not opened' })
    .getByRole('button', { name: 'Close' })
    .click(PATIENCE);
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible(PATIENCE);
  await untilStep(page, 1);
  await expect(page.getByTestId('method')).toContainText('SG-RFG-L');
});

test('the same link gives the identical losses, changes in mid-run included', async ({ page, context }) => {
  await open(page, SMALL);
  for (let i = 1; i <= 5; i++) {
    await page.getByRole('button', { name: 'One step' }).click();
    await untilStep(page, i);
  }
  await choose(page, 'Gradient', 'RFG');
  await expect(page.getByTestId('method')).toHaveText('SG-BP → SG-RFG-L since 5');
  await play(page).click();
  await finished(page);
  const first = await csvOf(page);
  expect(first.filter((row) => row[1] === 'SG-RFG-L').length).toBeGreaterThan(30);
  await expect(page).toHaveURL(/then=5:gradient=RFG/);

  await share(page);
  const link = await linkIn(page);
  await expect(page).toHaveURL(link);
  const second = await context.newPage();
  await second.goto(link);
  await expect(second.getByTestId('method')).toHaveText('SG-BP');
  await play(second).click();
  await finished(second);
  await expect(second.getByTestId('method')).toHaveText('SG-BP → SG-RFG-L since 5');
  const losses = (rows: string[][]) => rows.map((row) => row.slice(0, 3));
  expect(losses(await csvOf(second))).toEqual(losses(first));
  await expect(second).toHaveURL(link);
});

test('share: copy, QR code, what to leave out, presenter and embed', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '#T=6&gradient=RFG');
  await share(page);
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  // Explanations lie above the dialog, and Escape closes them alone.
  await page.getByText('Presenter', { exact: true }).hover();
  const tip = page.getByRole('tooltip');
  await expect(tip).toContainText('for a projector');
  await tip.hover();
  await page.keyboard.press('Escape');
  await expect(tip).toHaveCount(0);
  await page.getByText('Presenter', { exact: true }).click();
  await page.getByText(/Controls to leave out/).click();
  await page.getByRole('checkbox', { name: 'Scrubber' }).uncheck();
  await page.getByRole('button', { name: 'Copy: Link' }).click();
  await expect(page.getByText('Copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#gradient=RFG&T=6&view=presenter&hide=scrubber$/);
  await page.getByText('Embed', { exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'HTML to embed it' })).toHaveValue(
    /<iframe src=".*view=embed/,
  );
  await expect(page.getByRole('textbox', { name: /^For a course system/ })).toHaveValue(
    /<iframe src=".*view=embed.* sandbox="allow-scripts allow-same-origin allow-downloads"/,
  );

  const presenter = await context.newPage();
  await presenter.emulateMedia({ colorScheme: 'dark' });
  await presenter.goto(link);
  await expect(presenter.getByTestId('method')).toHaveText('Forward guess, layer by layer');
  await expect(presenter.getByRole('slider', { name: 'Moment of the run' })).toHaveCount(0);
  await expect(presenter.getByRole('button', { name: 'more…' })).toHaveCount(0);
  const style = await presenter.evaluate(() => ({
    scheme: document.documentElement.getAttribute('data-scheme'),
    size: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  }));
  expect(style.scheme).toBe('light');
  expect(style.size).toBeGreaterThanOrEqual(18);
  const embedded = await context.newPage();
  await embedded.goto(link.replace('view=presenter', 'view=embed'));
  await expect(embedded.getByTestId('method')).toBeVisible();
  await expect(embedded.getByRole('banner').getByRole('button')).toHaveCount(0);
  await expect(embedded.getByRole('radio', { name: 'Poisson' })).toHaveCount(0);
  await expect(embedded.getByRole('contentinfo')).toHaveCount(0);
});

test('figures are saved as picture, drawing and data', async ({ page }) => {
  // What is saved is the same in the dark.
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page);
  const png = readFileSync(await (await save(page, 'Spiking network', 'Picture (PNG)')).path());
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBeGreaterThan(500);

  for (const figure of [
    'Signed error',
    'error and loss',
    'spikes and membranes',
    'network',
    'surrogate and membranes',
  ]) {
    const svg = await textOf(await save(page, figure, 'Drawing (SVG)'));
    expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
    const parsed = await page.evaluate((text) => {
      const file = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        wrong:
          file.querySelector('parsererror') !== null || text.replace(/"data:[^"]*"/g, '').includes('NaN'),
        marks: file.querySelectorAll('path').length,
        texts: file.querySelectorAll('text').length,
      };
    }, svg);
    expect(parsed.wrong).toBe(false);
    expect(parsed.marks).toBeGreaterThan(3);
    expect(parsed.texts).toBeGreaterThan(3);
    // Black on white, named fonts, forms of SVG 1.1, and nothing that asks for a press.
    expect(svg).toMatch(/<rect width="\d+" height="\d+" fill="#ffffff"\/>/);
    expect(svg).toContain('fill="#000000"');
    expect(svg).not.toMatch(/system-ui|font:|rgb\(\d+ |[^:]href=|press a neuron/);
  }

  const data = rowsOf(await textOf(await save(page, 'Signed error', 'Data (CSV)')));
  expect(data[0]).toBe('x,y,error');
  expect(data.length).toBeGreaterThan(33 * 33);

  await share(page);
  const dialog = page.getByRole('dialog', { name: 'Share this run' });
  await dialog.getByText('How to cite').click();
  await expect(dialog.getByRole('textbox', { name: 'BibTeX of the paper' })).toHaveValue(
    /eprint +=.*2411\.07057[\s\S]*@software/,
  );
  await dialog.getByLabel('CSV with decimal comma').check();
  const [archive] = await Promise.all([
    page.waitForEvent('download', PATIENCE),
    dialog.getByRole('button', { name: 'All figures (.zip)' }).click(),
  ]);
  const files = unzipSync(readFileSync(await archive.path()));
  const readme = strFromU8(files['README.txt']);
  for (const path of Object.keys(files)) if (path !== 'README.txt') expect(readme).toContain(path);
  expect(readme).not.toContain('Left out');
  expect(readme).toMatch(/Seeds: .* 1[\s\S]*Link: +http[\s\S]*Mexican hat, SG-BP, step 5,000 \(recorded\)/);
  for (const figure of ['network', 'signed-error', 'error-and-loss', 'spikes-and-membranes']) {
    expect(files[`figures/${figure}.png`].length).toBeGreaterThan(1000);
    expect(strFromU8(files[`figures/${figure}.svg`])).toMatch(/^<svg [\s\S]*<path/);
    const csv = files[`data/${figure}.csv`];
    // The byte order mark, by which spreadsheets know UTF-8.
    expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(strFromU8(csv)).toMatch(/^# Spiking Playground: .*\n(# .*\n)+[\w;]+;\w+\n/);
  }
  expect(strFromU8(files['data/signed-error.csv'])).toMatch(/\n-1;-1;-?0,\d+\n/);
});

test('a run is saved as a file and goes on from it; a file that is none is named', async ({ page }) => {
  await open(page, SMALL);
  await page.getByRole('button', { name: 'One step' }).click();
  await untilStep(page, 1);
  await play(page).click();
  await finished(page);
  await share(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save run' }).click(),
  ]);
  const file = JSON.parse(await textOf(download));
  expect(file).toMatchObject({ format: 'spiking-playground-run', version: 1, state: { step: 40 } });
  expect(file.about.join('\n')).toMatch(/step 40\n.*T \d+[\s\S]*\nhttp/);
  expect(file.metrics[0].step).toBe(0);
  const upload = (content: unknown) =>
    page.getByTestId('run-file').setInputFiles({
      name: 'run.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(content)),
    });

  await page.goto('about:blank');
  await open(page, '#seed=4');
  await share(page);
  await upload({ ...file, checksum: undefined, config: { ...file.config, K: 99 } });
  // What a browser says when a file picker is left without a file: the dialog stays.
  await page
    .getByTestId('run-file')
    .evaluate((input) => input.dispatchEvent(new Event('cancel', { bubbles: true })));
  await expect(page.getByRole('alert')).toContainText('run.json was not opened. config.K: 99 is not allowed');
  await expect(page.getByTestId('method')).toHaveText('SG-BP');
  await upload(file);
  await expect(page.getByTestId('step')).toHaveText('40', PATIENCE);
  await expect(page).toHaveURL(/hidden=6-6/);

  // The network alone, as NIR: damaged, its graph's place is named and the page stays; whole, its weights are the start of a run.
  await share(page);
  await page.getByRole('button', { name: 'NIR (.nir)…' }).click();
  await expect(page.getByRole('row', { name: /^Spikes/ })).toContainText(/\d+\s*[\d,]+/);
  const [saved] = await Promise.all([
    page.waitForEvent('download', PATIENCE),
    page.getByRole('button', { name: 'Save as NIR' }).click(),
  ]);
  const nir = readFileSync(await saved.path());
  const [script] = await Promise.all([
    page.waitForEvent('download', PATIENCE),
    page.getByRole('button', { name: 'PyTorch (.py)' }).click(),
  ]);
  expect(script.suggestedFilename()).toBe('spiking-network-sg-bp-step-40.py');
  expect(await textOf(script)).toContain(`"theta": "${file.state.theta}"`);
  const choose = (name: string, buffer: Buffer) =>
    page.getByTestId('run-file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await choose('cut.nir', nir.subarray(0, 2000));
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('cut.nir was not opened. file: “2000 bytes, cut off', PATIENCE);
  const shuffled = Buffer.from(nir);
  for (let at = 600; at < shuffled.length; at += 7) shuffled[at] ^= 255;
  await choose('shuffled.nir', shuffled);
  await expect(alert).toContainText('shuffled.nir was not opened. ', PATIENCE);
  await choose('whole.nir', nir);
  await page.getByRole('button', { name: 'Open as a run' }).click(PATIENCE);
  await expect(page.getByTestId('notices')).toContainText('The weights of whole.nir are the start', PATIENCE);
  await expect(page.getByTestId('step')).toHaveText('0');
  await share(page);
  await expect(page.getByText('It cannot hold the weights that came from a file')).toBeVisible();
  const [again] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save run' }).click(),
  ]);
  const { start, state } = JSON.parse(await textOf(again));
  expect(state.theta).toBe(file.state.theta);
  expect(start).toBe(file.state.theta);
});

test('a run outlives a tab that crashed and a reload: it is offered beside a link’s run, and goes on with equal losses', async ({
  page,
  context,
}) => {
  await open(page, '#T=6&hidden=6-6&batch=8&steps=4000&pace=steady&seed=3');
  await play(page).click();
  await untilStep(page, 50);
  // No event tells the page that it crashes: what was kept before is there.
  await expect.poll(() => page.evaluate(keptSteps), PATIENCE).toContainEqual(expect.any(Number));
  const crashed = page.waitForEvent('crash');
  const devtools = await context.newCDPSession(page);
  void devtools.send('Page.crash').catch(() => undefined);
  await crashed;

  const again = await context.newPage();
  await open(again, '#seed=4');
  const offer = again.getByTestId('kept-run');
  await expect(offer).toContainText('Your run of a moment ago is kept: Mexican hat, SG-BP');
  await expect(again).toHaveURL(/#seed=4$/);
  // At a zoom of 400 % its buttons are beneath each other.
  await again.setViewportSize({ width: 320, height: 256 });
  const sidewards = () =>
    again.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(sidewards).toBe(0);
  await again.setViewportSize({ width: 1366, height: 768 });
  const step = Number(
    (await offer.getByRole('button', { name: /^Go on at step/ }).textContent())?.replace(/\D/g, ''),
  );
  expect(step).toBeGreaterThan(0);
  await offer.getByRole('button', { name: /^Go on/ }).click();
  await expect(again).toHaveURL(/hidden=6-6.*seed=3|seed=3.*hidden=6-6/);
  // It was training, and trains again.
  await untilStep(again, step + 50);
  await pause(again).click();
  await expect(play(again)).toBeVisible(PATIENCE);
  await expect(offer).toHaveCount(0);
  const goneOn = lossesIn(await csvOf(again));
  expect(goneOn.length).toBeGreaterThan(step + 50);

  await again.getByRole('button', { name: 'Reset' }).click();
  await expect(again.getByTestId('step')).toHaveText('0');
  await play(again).click();
  await untilStep(again, goneOn.length);
  await pause(again).click();
  await expect(play(again)).toBeVisible(PATIENCE);
  const undisturbed = lossesIn(await csvOf(again));
  expect(goneOn).toEqual(undisturbed.slice(0, goneOn.length));

  // The page that is loaded again, as by a clicker's F5, is there as it was.
  const rested = await again.getByTestId('step').textContent();
  await again.reload();
  await expect(again.getByTestId('step')).toHaveText(rested ?? '', PATIENCE);
  await expect(again.getByTestId('grid')).not.toContainText('recorded');
  await expect(offer).toHaveCount(0);
  await again.goto('about:blank');
  await open(again);
  await expect(offer).toContainText(/Go on at step [\d,]+/);
  await offer.getByRole('button', { name: 'Forget it' }).click();
  await expect(offer).toHaveCount(0);
  await expect.poll(() => again.evaluate(keptSteps)).toEqual([]);
});

/** Steps at which runs are kept. */
async function keptSteps(): Promise<number[]> {
  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const runs = await answer(indexedDB.open('spiking-playground-runs'));
  const notes = runs.transaction('runs').objectStore('runs').getAll(IDBKeyRange.bound('note:', 'note;'));
  const steps = (await answer(notes)).map((note: { step: number }) => note.step);
  runs.close();
  return steps;
}

const lossesIn = ([header, ...rows]: string[][]) =>
  rows.map((row) => row[header.indexOf('loss')]).filter((loss) => loss !== '');

test('terms are explained on hover and focus, and Escape closes the explanation', async ({ page }) => {
  await open(page);
  const term = page.getByRole('button', { name: 'Surrogate', exact: true });
  const tip = page.getByRole('tooltip').filter({ hasText: 'surrogate derivative' });
  await term.hover();
  await expect(tip).toBeVisible();
  await page.mouse.move(600, 700);
  await expect(tip).toHaveCount(0);
  await term.focus();
  await expect(tip).toBeVisible();
  await expect(term).toHaveAccessibleDescription(/Stands in for the derivative of the spike/);
  await page.keyboard.press('Escape');
  await expect(tip).toHaveCount(0);
  const box = await term.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);

  await page.getByRole('button', { name: 'Help and keys' }).click();
  await page.getByText('How to cite').click();
  await expect(page.getByRole('textbox', { name: 'BibTeX of the paper' })).toHaveValue(
    /@article[\s\S]*@software/,
  );
  await page.getByText('Terms and symbols').click();
  await expect(page.getByRole('term').filter({ hasText: 'membrane potential' })).toBeVisible();
  await expect(page.locator('dd math').first()).toBeVisible();
});

test('all that loads without asking is within its budget', async ({ page }) => {
  const responses = new Map<string, Response>();
  page.on('response', (response) => responses.set(response.url(), response));
  await open(page);
  await play(page).click();
  await untilStep(page, 20);
  await page.waitForLoadState('networkidle');
  const sizes = [...responses.values()].map(async (response) => gzipSync(await response.body()).length);
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(100_000);
  expect(total).toBeLessThan(1_000_000);
});

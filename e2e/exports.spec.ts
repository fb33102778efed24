import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';
import { violationsOn } from './axe.ts';
import { expect, IN_3D, open, PATIENCE, rowsOf, save, test } from './playground.ts';

const bytesOf = async (download: Download) => readFileSync(await download.path());

async function expectPicture(page: Page, figure: string) {
  const png = await save(page, figure, 'Picture (PNG)');
  expect(png.suggestedFilename()).toMatch(/\.png$/);
  const bytes = await bytesOf(png);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  // Its own texts say where it comes from.
  expect(bytes.toString('utf8')).toMatch(/iTXtDescription[\s\S]*, step [\d,]+[\s\S]*http/);
  expect(Math.min(bytes.readUInt32BE(16), bytes.readUInt32BE(20))).toBeGreaterThan(90);

  const svg = (await bytesOf(await save(page, figure, 'Drawing (SVG)'))).toString('utf8');
  const drawing = await page.evaluate((text) => {
    const file = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      root: file.documentElement.nodeName,
      width: Number.parseFloat(file.documentElement.getAttribute('width') ?? '0'),
      source: file.querySelector('desc')?.textContent ?? '',
      faults: file.querySelectorAll('parsererror').length,
      nan: /NaN|undefined|Infinity/.test(text.replace(/"data:[^"]*"/g, '')),
      marks: file.querySelectorAll('path, image, text').length,
    };
  }, svg);
  expect(drawing).toMatchObject({ root: 'svg', faults: 0, nan: false });
  expect(drawing.source).toMatch(/, step [\d,]+[\s\S]*T \d+, σ [\s\S]*http/);
  expect(drawing.width).toBeGreaterThan(30);
  expect(drawing.marks).toBeGreaterThan(3);
}

async function expectData(page: Page, figure: string) {
  const text = (await bytesOf(await save(page, figure, 'Data (CSV)'))).toString('utf8');
  const [header, ...rows] = rowsOf(text).map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
  expect(header.length).toBeGreaterThan(1);
  for (const name of header) expect(name).toMatch(/^[A-Za-z][\w.]*$/);
  expect(rows.length).toBeGreaterThan(2);
  for (const row of rows) expect(row).toHaveLength(header.length);
  expect(rows.flat().some((cell) => cell !== '' && Number.isFinite(Number(cell)))).toBe(true);
}

async function expectFiles(page: Page, figure: string) {
  await expectPicture(page, figure);
  await expectData(page, figure);
}

test.describe('every figure inside is saved as picture, drawing and data', () => {
  test('slice, staircase, cost and microscope', async ({ page }) => {
    for (const { id, figures } of [
      { id: 'slice', figures: ['slice'] },
      { id: 'staircase', figures: ['precision staircase'] },
      { id: 'cost', figures: ['Memory for the gradient'] },
      {
        id: 'microscope',
        figures: [
          'One estimate against BP’s gradient',
          'The mean of the estimates turns into BP’s gradient',
          'The loss around the weights',
          'The staircase along the direction',
        ],
      },
    ])
      await test.step(id, async () => {
        await open(page, `#gradient=RFG&T=6&hidden=6-6&batch=16&inside=${id}`);
        const drawer = page.getByTestId('inside');
        if (id === 'microscope')
          await expect(drawer.getByTestId('microscope-status')).toContainText('200 of 200 draws', PATIENCE);
        // A figure without numbers is not saved.
        if (id === 'staircase') await expect(drawer).toContainText('Squares: measured', PATIENCE);
        for (const figure of figures) {
          await expect(drawer.getByRole('button', { name: `Save ${figure}` })).toBeVisible(PATIENCE);
          await expectFiles(page, figure);
        }
        if (id === 'cost') await expectData(page, 'step cost');
      });
  });

  test('the stages of a step', async ({ page }) => {
    await open(page, '#gradient=RFG&inside=step');
    const drawer = page.getByTestId('inside');
    for (const [stage, figure] of [
      ['Draw', 'Direction δθ'],
      ['Scale', 'Estimate g of the gradient'],
      ['Update', 'Change Δθ of the weights'],
    ]) {
      await drawer.getByRole('button', { name: stage }).click();
      await expectFiles(page, figure);
    }
  });

  test('a neuron’s rate map, and the paper’s table', async ({ page }) => {
    await open(page, '#inside=table');
    const table = page.getByTestId('paper-table').getByRole('table');
    for (const group of ['Methods of the paper', 'Beyond the paper', 'Without spikes, for comparison'])
      await expect(table.getByRole('rowheader', { name: group })).toBeVisible();
    await table.getByRole('button', { name: 'Choose WP-L' }).click();
    await expect(page.getByTestId('readout')).toContainText('WP-L');
    await expectData(page, 'paper table');
    await page.getByTestId('inside').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'layer 2, neuron 3', exact: true }).click();
    await expect(page.getByTestId('neuron-card')).toContainText(/Rate over all inputs: mean/, PATIENCE);
    await expectFiles(page, 'rate map');
  });

  test.describe('in 3-D', () => {
    test.use(IN_3D);
    test('the surfaces, which say that they are being saved', async ({ page }) => {
      test.slow();
      await open(page, '#inside=surface');
      await expect(page.locator('.gl-container canvas').first()).toBeVisible(PATIENCE);
      await page.evaluate(() => {
        const said: string[] = [];
        Object.assign(globalThis, { said });
        new MutationObserver((changes) => {
          for (const { addedNodes } of changes)
            for (const node of addedNodes) said.push(node.textContent ?? '');
        }).observe(document.body, { childList: true, subtree: true });
      });
      await expectFiles(page, 'surfaces');
      expect(await page.evaluate(() => (globalThis as unknown as { said: string[] }).said)).toContain(
        'saving…',
      );
      await expect(page.getByText('saving…')).toHaveCount(0);
    });
  });
});

test.describe('the data behind a figure stand in a table', () => {
  test('a page of rows at a time, beside the files', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'Save Spiking network' }).click();
    await page.getByRole('button', { name: 'Show data' }).click();
    const dialog = page.getByRole('dialog', { name: 'Data: Spiking network' });
    await expect(dialog.getByRole('columnheader')).toHaveText(['x', 'y', 'network']);
    await expect(dialog.getByRole('row')).toHaveCount(201);
    await expect(dialog).toContainText(/Rows 1 to 200 of [\d,]+/);
    await dialog.getByRole('button', { name: 'Next rows' }).click();
    await expect(dialog).toContainText('Rows 201 to 400 of');
    expect(await violationsOn(page, 'dialog')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Save Spiking network' })).toBeFocused();
  });

  test('also where a link leaves exports out; closing it leaves the view open', async ({ page }) => {
    await open(page, '#hide=export&gradient=RFG&inside=step');
    await expect(page.getByRole('button', { name: /^Save / })).toHaveCount(0);
    const drawer = page.getByTestId('inside');
    await drawer.getByRole('button', { name: 'Show data: Direction δθ' }).click();
    const dialog = page.getByRole('dialog', { name: 'Data: Direction δθ' });
    await expect(dialog.getByRole('row')).toHaveCount(201);
    await expect(dialog).toContainText('of 337');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(drawer).toBeVisible();
    for (const figure of ['network', 'spikes and membranes', 'surrogate and membranes'])
      await expect(page.getByRole('button', { name: `Show data: ${figure}` })).toBeVisible();
  });
});

const TEN_LANES =
  '#T=6&hidden=6-6&batch=16&gradient=RFG&lanes=gradient=BP,scope=G,surrogate=WSG,localLosses=true,scope=A,surrogate=WSG:gradient=BP,surrogate=WSG:scope=G,gradient=BP:localLosses=true,surrogate=WSG:localLosses=true';

test('the page is printed as a handout, black on white, with nothing cut', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 720, height: 1000 });
  for (const hash of [
    '',
    '#panels=prediction,spikes&inside=table',
    TEN_LANES,
    '#experiment=poisson',
    '#lesson=3.2',
    '#view=presenter',
    '#gradient=RFG&inside=step',
  ]) {
    await page.goto('about:blank');
    await page.goto(`./${hash}`);
    await expect(page.locator('main canvas').first()).toBeVisible(PATIENCE);
    // What lies over the page is not printed on every sheet.
    if (hash === '') await page.getByRole('button', { name: 'Help and keys' }).click();
    if (hash === '#experiment=poisson') await page.getByRole('button', { name: 'more…' }).click();
    const scheme = hash === '#view=presenter' ? 'light' : 'dark';
    await expect(page.locator('html')).toHaveAttribute('data-scheme', scheme);
    // Made ready when the page is idle.
    await expect
      .poll(async () => {
        await page.emulateMedia({ colorScheme: 'dark', media: 'screen' });
        await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
        return page.locator('[data-print]').count();
      }, PATIENCE)
      .toBe(1);
    await expect(page.locator('html')).toHaveAttribute('data-scheme', 'light');
    const note = page.locator('[data-print]');
    await expect(note).toContainText('seed 1');
    await expect(note).toContainText('http');
    if (hash === '')
      await expect(note).toContainText(`Relative L2 error ${await page.getByTestId('error').textContent()}`);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    // A choice is seen without its ground, which printers leave out.
    if (!/lesson|presenter/.test(hash))
      await expect(page.locator('[aria-label="Run"] label:has(input:checked)').first()).toHaveCSS(
        'text-decoration-line',
        'underline',
      );
    const faults = () =>
      page.evaluate(() => {
        const room = document.documentElement.clientWidth + 0.5;
        const shown = [...document.querySelectorAll<HTMLElement>('#root *, aside *')].filter(
          (element) => element.checkVisibility({ visibilityProperty: true }) && element.clientWidth > 2,
        );
        const wide = shown.filter((element) => element.getBoundingClientRect().right > room);
        // Text of its own that is longer than its box.
        const cut = shown.filter(
          (element) =>
            (/figure-(inside|comparison)/.test(element.closest('[id^=figure]')?.id ?? '') ||
              element.closest('aside, [data-testid="scene"]')) &&
            getComputedStyle(element).overflowY !== 'visible' &&
            element.scrollHeight > element.clientHeight + 2,
        );
        const stretched = [...document.querySelectorAll('canvas')].filter((canvas) => {
          const { width, height } = canvas.getBoundingClientRect();
          const fits = Math.abs(canvas.width / canvas.height / (width / height) - 1) < 0.05;
          const small =
            canvas.dataset.testid === undefined && getComputedStyle(canvas).objectFit === 'contain';
          return width > 0 && !fits && !small;
        });
        const flat = [...document.querySelectorAll('canvas')].filter((canvas) => {
          const { width, height } = canvas.getBoundingClientRect();
          return width > 0 && height < 30 && canvas.dataset.testid !== undefined;
        });
        const over = [...document.querySelectorAll<HTMLElement>('body *')].filter(
          (element) =>
            element.checkVisibility() &&
            (element.matches('dialog, [role=dialog], [role=tooltip], footer, #settings') ||
              getComputedStyle(element).position === 'fixed'),
        );
        return Object.entries({ wide, cut, stretched, flat, over }).flatMap(([what, elements]) =>
          elements.map((element) => `${what}: ${element.outerHTML.slice(0, 120)}`),
        );
      });
    await expect.poll(faults, { message: hash }).toEqual([]);
    if (hash === TEN_LANES) {
      // What belongs to the lanes is not left to a sheet of its own.
      for (const format of ['A4', 'Letter']) {
        const file = (await page.pdf({ format })).toString('latin1');
        expect(file.match(/\/Type\s*\/Page\b/g), format).toHaveLength(2);
      }
    }
    await page.emulateMedia({ colorScheme: 'dark', media: 'screen' });
    await expect(page.locator('[data-print]')).toHaveCount(0);
    await expect(page.locator('html')).toHaveAttribute('data-scheme', scheme);
  }
});

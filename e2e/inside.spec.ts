import type { Locator, Page } from '@playwright/test';
import { violationsOn } from './axe.ts';
import { contrastOf, errorOf, expect, IN_3D, open, PATIENCE, PHONE, stepOf, test } from './playground.ts';

async function inside(page: Page, id: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Look inside' }).click();
  await page.getByTestId(`inside-${id}`).click();
  const drawer = page.getByTestId('inside');
  await expect(drawer).toBeVisible();
  return drawer;
}

/** How many different colours a canvas shows. */
const colours = (canvas: Locator) =>
  canvas.evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    // A copy, so that reading it often does not slow the page's own canvas down.
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = copy.getContext('2d', { willReadFrequently: true })!;
    context.drawImage(canvas, 0, 0);
    return new Set(new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer)).size;
  });

const train = async (page: Page, steps: number) => {
  for (let n = 0; n < steps; n++) await page.getByRole('button', { name: 'One step' }).click();
  await expect(page.getByTestId('step')).toHaveText(String(steps), PATIENCE);
};

test.describe('target', () => {
  test('a formula is refused beside it or learned on request; painting with the keyboard alone', async ({
    page,
  }) => {
    await open(page);
    const drawer = await inside(page, 'target');
    const formula = drawer.getByLabel('Formula in x and y');
    const note = drawer.getByTestId('formula-note');
    for (const [text, reason] of [
      ['import("fs")', 'Cannot be used'],
      ['1/x', 'no finite number'],
      ['x + z', 'at character 5, there is no “z” here: use x and y'],
      ['x +', 'something is missing at the end'],
      ['', 'empty'],
      [`x${'+x'.repeat(120)}`, 'up to 200 characters'],
    ]) {
      await formula.fill(text);
      await expect(note).toContainText(reason);
      await formula.press('Enter');
      await expect(formula).toHaveValue(text);
      await expect(formula).toHaveAttribute('aria-invalid', 'true');
    }
    await expect(page).not.toHaveURL(/formula/);
    expect(await violationsOn(page, '[data-testid="inside"]')).toEqual([]);

    const easel = drawer.getByTestId('painting');
    await easel.focus();
    await easel.press('ArrowRight');
    await expect(drawer.getByRole('status').last()).toContainText('Brush at x');
    await easel.press('+');
    await expect(drawer.getByRole('status').last()).toHaveText('Brush paints +0.9');
    await easel.press('Enter');
    await expect(drawer.getByText('there now: 0.90')).toBeVisible();
    await expect(drawer.getByRole('button', { name: 'Undo' })).toBeEnabled();
    await expect(page.getByTestId('grid')).toContainText('recorded');

    // Read in two ways: it waits for one of them.
    await formula.fill('max(x, 0,5)');
    await expect(note).toContainText('decimal comma. Choose what is meant');
    await formula.press('Enter');
    const readings = drawer.getByTestId('formula-readings');
    await expect(readings.getByRole('button')).toHaveCount(2);
    await expect(readings.locator('math').first()).toContainText('max');
    expect(await violationsOn(page, '[data-testid="inside"]')).toEqual([]);
    await readings.getByRole('button', { name: 'It means max(x, 0.5)' }).click();
    await expect(formula).toHaveValue('max(x, 0.5)');
    await expect(note).toContainText('From 0.500 to 1.000');
    await expect(page).not.toHaveURL(/formula/);
    await formula.fill('f(x,y) = x² − ½y');
    await expect(note).toContainText('From −0.500 to 1.500');
    await expect(drawer.getByTestId('formula-reading').locator('msup')).toBeVisible();
    await formula.press('Enter');
    await expect(page).toHaveURL(/target=formula/);
    await expect(page).toHaveURL(/formula=x(\^|%5E)2/);
    await expect(drawer.getByRole('button', { name: 'In use' })).toBeDisabled();
    await expect(page.getByTestId('notices')).not.toContainText('not allowed');
  });

  test('another function starts the run anew, and so does one that is painted with the pointer', async ({
    page,
  }) => {
    await open(page);
    await train(page, 2);
    const drawer = await inside(page, 'target');
    await expect(drawer.getByTestId('target-hat')).toHaveAttribute('aria-pressed', 'true');
    await drawer.getByTestId('target-saddle').click();
    await expect(drawer.getByTestId('target-saddle')).toHaveAttribute('aria-pressed', 'true');
    await expect(page).toHaveURL(/target=saddle/);
    await expect(page.getByTestId('step')).toHaveText('0');
    expect(await violationsOn(page, '[data-testid="inside"]')).toEqual([]);

    await train(page, 1);
    const easel = drawer.getByTestId('painting');
    await easel.scrollIntoViewIfNeeded();
    await expect(drawer.getByRole('button', { name: 'Learn it' }).last()).toBeDisabled();
    const box = await easel.boundingBox();
    if (!box) throw new Error('the painting has no place');
    const stroke = async (from: number, to: number) => {
      await page.mouse.move(box.x + from * box.width, box.y + from * box.height);
      await page.mouse.down();
      await page.mouse.move(box.x + to * box.width, box.y + from * box.height, { steps: 5 });
      await page.mouse.up();
    };
    await stroke(0.3, 0.7);
    await expect.poll(() => colours(easel.locator('canvas'))).toBeGreaterThan(20);
    await drawer.getByRole('button', { name: 'Clear' }).click();
    await expect(drawer.getByRole('button', { name: 'Clear' })).toBeDisabled();
    await drawer.getByRole('button', { name: 'Undo' }).click();
    await expect(drawer.getByRole('button', { name: 'Clear' })).toBeEnabled();
    await drawer.getByRole('button', { name: 'Learn it' }).last().click();
    await expect(page).toHaveURL(/target=painted/);
    await expect(page).toHaveURL(/painting=/);
    await expect(page.getByTestId('step')).toHaveText('0');
  });
});

test.describe('one step in slow motion', () => {
  for (const { hash, titles, numbers, edges } of [
    {
      hash: '#batch=64',
      titles: ['Forward', 'Loss', 'Reverse scan', 'Gradient', 'Update'],
      numbers: 1,
      edges: ['mean over time', 'the read-out adds up', 'reverse scan carries back', '∇L', 'Δθ'],
    },
    {
      hash: '#gradient=RFG&scope=G',
      titles: ['Draw', 'Simulate', 'One number', 'Scale', 'Update'],
      numbers: 1,
      edges: ['the direction δθ', 'the tangent of the current', 'one number for all', 'the estimate g', 'Δθ'],
    },
    {
      hash: '#gradient=RFG',
      titles: ['Draw', 'Simulate', 'One number a layer', 'Scale', 'Update'],
      numbers: 3,
    },
    { hash: '#gradient=WP', titles: ['Draw', 'Simulate', 'Difference', 'Scale', 'Update'], numbers: 3 },
  ])
    test(`five stages, which the diagram’s edges show, then the step is done: ${hash}`, async ({ page }) => {
      await open(page, hash);
      const diagram = page.getByTestId('network');
      const picture = () => diagram.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
      // The read-out starts at zero, where nothing would come back from the loss.
      if (edges) await train(page, 2);
      let last = '';
      const settled = async () => {
        const before = last;
        last = await picture();
        return before === last;
      };
      await expect(diagram).toHaveAttribute('aria-label', /^Network 2–16–16–1/);
      const begun = await stepOf(page);
      await expect.poll(settled).toBe(true);
      const seen = [last];
      const drawer = await inside(page, 'step');
      const stages = drawer.getByRole('listitem').getByRole('button');
      await expect(stages).toHaveCount(5);
      for (const [i, title] of titles.entries()) {
        if (i > 0) await drawer.getByRole('button', { name: 'Next', exact: true }).click();
        await expect(stages.nth(i)).toHaveAttribute('aria-current', 'step');
        await expect(stages.nth(i)).toContainText(title);
        await expect(drawer.locator('.katex').first()).toBeVisible();
        if (i === titles.findIndex((name) => /number|Loss|Difference/.test(name)))
          await expect(drawer.getByTestId('numbers').getByRole('listitem')).toHaveCount(numbers);
        if (i === 3) {
          await expect
            .poll(() => colours(drawer.getByTestId('parameters').locator('canvas')))
            .toBeGreaterThan(3);
          expect(await violationsOn(page, '[data-testid="inside"]')).toEqual([]);
        }
        if (!edges) continue;
        await expect(diagram).toHaveAttribute('aria-label', new RegExp(`its edges show .*${edges[i]}`));
        await expect.poll(picture).not.toBe(seen[seen.length - 1]);
        seen.push(await picture());
      }
      expect(new Set(seen).size).toBe(edges ? 6 : 1);
      await drawer.getByRole('button', { name: 'Do this step' }).click();
      await expect(page.getByTestId('step')).toHaveText(String(begun + 1));
      await expect(drawer).toContainText(`Step ${begun + 2} by`);
      await expect(stages.first()).toHaveAttribute('aria-current', 'step');
      // Back to the step before: its weights are on the diagram again once the view is closed.
      await drawer.getByRole('button', { name: 'Close' }).click();
      await expect(diagram).not.toHaveAttribute('aria-label', /its edges show/);
      await page.getByRole('button', { name: 'step back' }).click();
      await expect(page.getByTestId('step')).toHaveText(String(begun));
      if (edges) await expect.poll(picture).toBe(seen[0]);
    });

  test('of a recorded run starts with its first step; it waits for training to rest, and plays by itself', async ({
    page,
  }) => {
    await open(page);
    const drawer = await inside(page, 'step');
    await drawer.getByRole('button', { name: 'Take the first step apart' }).click();
    await expect(drawer).toContainText('Step 1 by SG-BP');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await drawer.getByRole('button', { name: 'Pause and look' }).click();
    await drawer.getByRole('button', { name: 'Play the stages' }).click();
    await expect(drawer.locator('[aria-current="step"]')).toContainText('Loss');
    await drawer.getByRole('button', { name: 'Stop' }).click();
  });
});

test('a diverging run is named and mended at a click, keeping its history', async ({ page }) => {
  await open(page, '#optimiser=sgd&rate=100&schedule=constant');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const banner = page.getByTestId('diagnosis');
  await expect(banner).toContainText('Diverged');
  await expect(banner).toContainText('rate 100 is too large');
  expect(await violationsOn(page, '[data-testid="diagnosis"]')).toEqual([]);
  await banner.getByRole('button', { name: /Back to step/ }).click();
  await expect(banner).not.toContainText('Diverged');
  // The rate is another from the last sound step on, or from the start if that is it.
  await expect(page).toHaveURL(/then=\d+:rate=|^(?!.*rate=100)/);
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(12);
  expect(await errorOf(page)).toBeLessThan(2);
});

test.describe('in 3-D', () => {
  test.use(IN_3D);
  test('the surfaces turn together, are drawn once WebGL is lost, and leave no WebGL context behind', async ({
    page,
  }) => {
    await open(page);
    const drawer = await inside(page, 'surface');
    const scenes = drawer.locator('.gl-container canvas');
    await expect(scenes.first()).toBeVisible();
    const eyes = () =>
      drawer.getByTestId('surface-plot').evaluate((element) => {
        const layout = (element as unknown as { layout: Record<string, { camera: { eye: unknown } }> })
          .layout;
        return [layout.scene.camera.eye, layout.scene2.camera.eye].map((eye) => JSON.stringify(eye));
      });
    const [before] = await eyes();
    await drawer.getByRole('button', { name: 'Turn left' }).click();
    await expect.poll(async () => (await eyes())[0]).not.toBe(before);
    const [first, second] = await eyes();
    expect(second).toBe(first);
    await expect(drawer.getByRole('img', { name: /Target: highest 0.777 at \(0.00, 0.00\)/ })).toBeVisible();
    expect(await violationsOn(page, '[data-testid="inside"]')).toEqual([]);
    // A browser may take WebGL away at any moment: the surfaces are drawn then.
    await scenes.first().evaluate((canvas) => {
      for (const kind of ['webgl', 'webgl2'] as const)
        ((canvas as HTMLCanvasElement).getContext(kind) as WebGLRenderingContext | null)
          ?.getExtension('WEBGL_lose_context')
          ?.loseContext();
    });
    await expect(page.getByTestId('surface')).toContainText(
      'Drawn without 3-D graphics: the browser took WebGL away',
    );
    await expect.poll(() => contrastOf(page, 'surface-drawn'), PATIENCE).toBeGreaterThan(5);
    await drawer.getByRole('button', { name: 'Close' }).click();
    await expect(page.locator('.gl-container')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Look inside' })).toBeFocused();
  });
});

test('a slice follows its ends, by key and by pointer', async ({ page }) => {
  await open(page);
  const drawer = await inside(page, 'slice');
  await expect.poll(() => colours(drawer.getByTestId('slice-chart'))).toBeGreaterThan(3);
  const line = drawer.getByTestId('slice-line');
  await expect(line).toHaveText('A (−1.00, 0.00), B (1.00, 0.00)');
  const end = drawer.getByRole('slider', { name: 'End A of the line' });
  await end.focus();
  await end.press('ArrowUp');
  await end.press('Shift+ArrowRight');
  await expect(line).toHaveText('A (−0.99, 0.10), B (1.00, 0.00)');
  const box = await drawer.getByRole('slider', { name: 'End B of the line' }).boundingBox();
  if (!box) throw new Error('the end has no place');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x - 40, box.y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(line).not.toContainText('B (1.00, 0.00)');
  await drawer.getByRole('button', { name: 'x = 0' }).click();
  await drawer.getByText('Numbers').click();
  await expect(drawer.getByRole('row')).toHaveCount(22);
  await expect(drawer.getByRole('row').nth(11)).toContainText('0.7771');
  expect(await violationsOn(page, '[data-testid="inside"]')).toEqual([]);
});

test('another T is shown everywhere and given up when its view closes', async ({ page }) => {
  await open(page);
  await train(page, 3);
  const shown = page.getByTestId('error');
  await expect(page.getByTestId('grid')).toContainText('101 × 101', PATIENCE);
  const trained = await shown.textContent();
  const drawer = await inside(page, 'staircase');
  await expect(drawer).toContainText('measured at step 3, at rest, 101 × 101 points');
  await drawer.getByRole('slider', { name: 'Time steps T' }).fill('1');
  await expect(drawer.getByTestId('staircase-error')).toContainText('at T = 1');
  await expect(drawer.getByTestId('staircase-chart')).toHaveAccessibleName(
    /by the number of time steps: .* at T = 64/,
  );
  await expect(shown).not.toHaveText(trained ?? '');
  await drawer.getByText('Numbers').click();
  await expect(drawer.getByRole('row')).toHaveCount(10);
  await expect(drawer.getByRole('row').nth(1)).toContainText((await shown.textContent()) ?? '');
  expect(await violationsOn(page, '[data-testid="inside"]')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(drawer).toHaveCount(0);
  await expect(shown).toHaveText(trained ?? '');
});

test('on a phone every view fits the width, light and dark', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await open(page, '#gradient=RFG');
    for (const id of ['target', 'step', 'slice', 'staircase']) {
      const drawer = await inside(page, id);
      await expect(drawer.locator('h2')).toBeVisible();
      await expect(drawer.getByText('Loading…')).toHaveCount(0);
      const wide = await drawer.evaluate((element) =>
        [...element.querySelectorAll('*')].some((child) => child.scrollWidth > element.clientWidth + 1),
      );
      expect(wide, `${id} is wider than the phone`).toBe(false);
      expect(await violationsOn(page, '[data-testid="inside"]')).toEqual([]);
      await drawer.getByRole('button', { name: 'Close' }).click();
    }
  }
});

test('what a step costs: parts, the paper’s claim, an energy that can be changed', async ({ page }) => {
  await open(page, '#gradient=RFG&K=1&inside=cost');
  const drawer = page.getByTestId('inside');
  const table = drawer.getByTestId('step-cost');
  await expect(table).toContainText('Tangents of forward mode', PATIENCE);
  const said = drawer.getByTestId('cost-sentence');
  await expect(said).toHaveText(
    /^With K = 1 direction a step of SG-RFG-L costs \d\.\d\d forward passes, one of SG-BP \d\.\d\d; the paper counts 1 and 3\.$/,
    PATIENCE,
  );
  // It is the count of the run's own step.
  await expect(said).toContainText(`costs ${await drawer.getByTestId('cost-passes').innerText()} forward`);
  await expect(drawer.getByTestId('cost-methods').getByRole('row')).toHaveCount(5);
  await expect(drawer.getByTestId('cost-readings')).toContainText('weight perturbation (WP-G) 3.0');
  const total = table.getByRole('row', { name: /^One step/ });
  const before = await total.innerText();
  const figure = drawer.getByLabel('Energy of one multiplication in pJ');
  await figure.fill('37');
  await expect(total).not.toHaveText(before);
  const dearer = await total.innerText();
  await figure.fill('1e400');
  await expect(drawer.getByRole('alert')).toContainText(
    'energy of one multiplication: “1e400” is not allowed; allowed: 0 to 1000 pJ',
  );
  await expect(total).toHaveText(dearer, { useInnerText: true });
  await drawer.getByRole('button', { name: 'Close', exact: true }).click();
  await inside(page, 'cost');
  await expect(figure).toHaveValue('37', PATIENCE);
  await expect(drawer.getByRole('alert')).toHaveCount(0);
  expect(await violationsOn(page, '[data-testid="inside"]')).toEqual([]);
});

test.describe('microscope', () => {
  test('a link opens it; it draws while the run trains', async ({ page }) => {
    await open(page, '#gradient=RFG&inside=microscope&pace=full&steps=100000');
    const drawer = page.getByTestId('inside');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(drawer.getByTestId('microscope-status')).toContainText('200 of 200 draws', PATIENCE);
    await expect(drawer.getByTestId('microscope-words')).toContainText('Cosine of SG-RFG-L with K = 8');
    await page.getByRole('button', { name: 'Pause' }).click();
    await drawer.getByRole('button', { name: 'Look again' }).click();
    await expect(drawer.getByTestId('microscope-line')).toBeVisible(PATIENCE);
    expect(await violationsOn(page, '[data-testid="inside"]')).toEqual([]);
    await drawer.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(page).not.toHaveURL(/inside=/);
  });

  test('what it draws is in the link; its figures are drawn', async ({ page }) => {
    await open(page, '#T=6&hidden=6-6&batch=16&inside=microscope&estimates=RFG-G:8');
    const drawer = page.getByTestId('inside');
    const words = drawer.getByTestId('microscope-words');
    await expect(words).toContainText('Cosine of SG-RFG-G with K = 8', PATIENCE);
    await expect(words).toContainText(/mean by theory 0\.\d+/);
    await drawer.getByLabel('Directions K').selectOption('1');
    await expect(page).toHaveURL(/estimates=RFG-G:1/);
    await drawer.getByRole('combobox', { name: /^Estimates/ }).selectOption({ label: 'WP, layer-wise' });
    await expect(page).toHaveURL(/estimates=WP-L:1/);
    await expect(words).toContainText(/Cosine of \S*WP-L with K = 1/, PATIENCE);
    await expect(words).toContainText('no mean by theory');
    await expect(drawer.getByTestId('microscope-status')).toContainText('200 of 200 draws', PATIENCE);
    await drawer.getByRole('button', { name: 'Measure the noise of WSG' }).click();
    for (const [id, most] of [
      ['cosines', 3],
      ['mean', 3],
      ['line', 3],
      ['plane', 100],
      ['noise', 3],
    ] as const) {
      const canvas = drawer.getByTestId(`microscope-${id}`);
      await canvas.scrollIntoViewIfNeeded(PATIENCE);
      await expect.poll(() => colours(canvas), PATIENCE).toBeGreaterThan(most);
    }
    const spoken = (id: string) => drawer.getByTestId(`microscope-${id}`).getAttribute('aria-label');
    expect(await spoken('plane')).toMatch(/whose cosine with −BP’s gradient is −?0\.\d+/);
    const [, slope, secant] = (await spoken('line'))?.match(/slope is (\S+), the secant .* (\S+)$/) ?? [];
    expect(secant).not.toBe(slope);
    await expect.poll(() => spoken('noise'), PATIENCE).toMatch(/σ = 0\.25, 1 samples; .*, 16 samples$/);
    // In a hall methods are named in words.
    const view = page.getByTestId('microscope');
    await expect(view).toContainText('BP');
    await page.evaluate(() => {
      location.hash += '&view=presenter';
    });
    await expect(view).toContainText('Back-propagation’s gradient', PATIENCE);
    const labels = await view
      .locator('[aria-label]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    const said = [await view.innerText(), ...labels].join('; ');
    expect(said.match(/\b(BP|RFG|WP)\b/g)).toBeNull();
  });

  test('says of node perturbation what it estimates, beside its cosines by layer', async ({ page }) => {
    await open(page, '#T=6&hidden=6-6&batch=16&steps=200&pace=full&gradient=WP&scope=A&inside=microscope');
    const drawer = page.getByTestId('inside');
    const words = drawer.getByTestId('microscope-words');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(page.getByTestId('notices')).toContainText('finished', PATIENCE);
    await drawer.getByRole('button', { name: 'Look again' }).click();
    await expect(drawer.getByTestId('microscope-status')).toContainText('200 of 200 draws', PATIENCE);
    await expect(words).toContainText(/Cosine of WP-A with K = 4: mean 0\.\d+/);
    const theory = drawer.getByTestId('microscope-theory');
    await expect(theory).toContainText('slope of the true loss');
    await expect(theory).toContainText('blurred by ±ε = 0.015');
    await expect(theory).toContainText('all signs are averaged at once');
    await expect(theory.locator('.katex-display')).toHaveCount(3, PATIENCE);
    expect(await violationsOn(page, '[data-testid="inside"]')).toEqual([]);
    // Every draw is the same in the layer before the read-out, and not in the one below.
    await drawer
      .getByRole('region', { name: 'One estimate against BP’s gradient' })
      .getByText('Numbers')
      .first()
      .click();
    const cells = async (column: number) =>
      new Set(
        await drawer
          .getByRole('table', { name: 'One estimate against BP’s gradient' })
          .locator(`tbody tr td:nth-of-type(${column})`)
          .allTextContents(),
      ).size;
    expect(await cells(4)).toBe(1);
    expect(await cells(3)).toBeGreaterThan(1);
    // Other runs can be looked at by it, and other estimates have no such theory.
    await drawer.getByRole('combobox', { name: /^Estimates/ }).selectOption({ label: 'WP, layer-wise' });
    await expect(theory).toHaveCount(0);
    await drawer.getByRole('combobox', { name: /^Estimates/ }).selectOption('WP-A');
    await expect(page).toHaveURL(/estimates=WP-A:1/);
    await expect(theory).toContainText('K = 1');
  });

  test('follows the run: cosines by layer as training goes on', async ({ page }) => {
    await open(
      page,
      '#T=6&hidden=6-6&batch=16&gradient=WP&scope=A&inside=microscope&pace=full&steps=1000000',
    );
    const drawer = page.getByTestId('inside');
    const words = drawer.getByTestId('microscope-looks-words');
    await expect(drawer.getByTestId('microscope-status')).toContainText('200 of 200 draws', PATIENCE);
    await expect(words).toHaveCount(0);
    await drawer.getByRole('checkbox', { name: 'Follow the run' }).check();
    await expect(drawer.getByTestId('microscope-status')).toContainText('32 of 32 draws', PATIENCE);
    await expect(drawer.getByTestId('microscope-plane')).toHaveCount(0);
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(words).toHaveText(
      /Mean cosine with BP’s gradient at \d+ looks from step 0 on; at step [\d,]+: hidden 1 −?0\.\d+, hidden 2 −?0\.\d+, read-out 1\.00\./,
      PATIENCE,
    );
    const looked = async () => Number(/at (\d+) looks/.exec(await words.innerText())?.[1]);
    await expect.poll(looked, PATIENCE).toBeGreaterThan(4);
    await expect.poll(() => contrastOf(page, 'microscope-looks')).toBeGreaterThan(1);
    // At rest it waits for the next step; the controls answer meanwhile.
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect
      .poll(async () => {
        const step = await page.getByTestId('step').innerText();
        return (await words.innerText()).includes(`at step ${step}:`);
      }, PATIENCE)
      .toBe(true);
    expect(await violationsOn(page, '[data-testid="inside"]')).toEqual([]);
    // Estimates of another kind begin a chart of their own, without following all 200 draws and the loss.
    await drawer.getByRole('checkbox', { name: 'Follow the run' }).uncheck();
    await expect(drawer.getByTestId('microscope-status')).toContainText('200 of 200 draws', PATIENCE);
    await drawer.getByRole('combobox', { name: /^Estimates/ }).selectOption('RFG-L');
    await expect(words).toHaveCount(0);
    await expect(drawer.getByTestId('microscope-plane')).toBeVisible(PATIENCE);
  });

  test.describe('on a phone', () => {
    test.use(PHONE);
    test('its choices keep to the width', async ({ page }) => {
      await open(page, '#T=6&hidden=6-6&batch=16&gradient=WP&scope=A&inside=microscope');
      const drawer = page.getByTestId('inside');
      await expect(drawer.getByTestId('microscope-status')).toContainText('of 200 draws', PATIENCE);
      const within = page.viewportSize()?.width ?? 0;
      for (const one of [
        drawer.getByRole('combobox', { name: /^Estimates/ }),
        drawer.getByRole('checkbox', { name: 'Follow the run' }),
      ]) {
        const box = await one.boundingBox();
        expect((box?.x ?? within) + (box?.width ?? 1)).toBeLessThanOrEqual(within);
      }
    });
  });

  test('of several lanes one is chosen', async ({ page }) => {
    await open(page, '#T=6&hidden=6-6&batch=16&gradient=RFG&lanes=scope=G&inside=microscope');
    const drawer = page.getByTestId('inside');
    const words = drawer.getByTestId('microscope-words');
    await expect(words).toContainText('Cosine of SG-RFG-L', PATIENCE);
    await drawer.getByLabel('Weights of lane').selectOption({ label: 'B: SG-RFG-G' });
    await expect(words).toContainText('Cosine of SG-RFG-G', PATIENCE);
    await expect(words).toContainText('mean by theory');
    await expect(page).toHaveURL(/specimen=B/);
    await page.reload();
    await expect(words).toContainText('Cosine of SG-RFG-G', PATIENCE);
  });

  test('RF has no estimate to show, which is said', async ({ page }) => {
    await open(page, '#gradient=RF&inside=microscope');
    const drawer = page.getByTestId('inside');
    await expect(drawer).toContainText('RF takes no gradient: it has no estimate to show');
    await expect(drawer.getByTestId('microscope-status')).toContainText('200 of 200 draws', PATIENCE);
  });
});

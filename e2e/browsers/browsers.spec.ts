// What has to work in every browser. Run once for each that is there: `npx playwright test --project=firefox`.
import { button, expect, type Hand, id, radio, slider, test } from './hand.ts';

// A window of WebKit that never comes is asked for again by the second try, before much time is lost.
test.describe.configure({ timeout: 150_000 });

const SMALL = '#T=6&hidden=6-6&batch=8&steps=60&pace=full';
const play = button('Play');

test('the page opens, paints its figures and computes on WebAssembly', async ({ hand }) => {
  await hand.open();
  await hand.reads('grid', 'recorded');
  expect(await hand.number('error')).toBeLessThan(0.03);
  for (const figure of [
    'prediction-target',
    'prediction-network',
    'prediction-error',
    'raster',
    'curves',
    'network',
  ])
    await expect.poll(() => hand.colours(figure), { message: figure }).toBeGreaterThan(3);
  await hand.sees(button(/^WebAssembly/));
  // A panel that fills the window; a view that is loaded when it is asked for.
  await hand.click({ selector: id('prediction-target') });
  await hand.press('f');
  await hand.sees({ selector: ':popover-open[data-panel]' });
  await hand.press('Escape');
  await hand.missesSoon({ selector: ':popover-open[data-panel]' });
  await hand.click(button('Look inside'));
  await hand.click({ selector: id('inside-slice') });
  await expect.poll(() => hand.colours('slice-chart')).toBeGreaterThan(3);
  await hand.press('Escape');
  await hand.missesSoon({ selector: id('inside') });
});

test('training brings the error down, rests, and goes back by the scrubber; a map is clicked and a slider dragged', async ({
  hand,
}) => {
  await hand.open();
  await hand.click(play);
  await hand.reads('grid', 'live');
  await expect.poll(() => hand.number('step')).toBeLessThan(5000);
  await expect
    .poll(async () => (await hand.number('step')) > 20 && (await hand.number('error')), { timeout: 100_000 })
    .toBeLessThan(0.1);
  await hand.click(button('Pause'));
  await hand.reads('grid', '101 × 101 points');
  const step = await hand.number('step');
  const error = await hand.number('error');

  const moment = slider('Moment of the run');
  await hand.focus({ selector: '[aria-label="Moment of the run"]' });
  await hand.press('Home');
  await expect.poll(() => hand.number('step')).toBe(0);
  await expect.poll(() => hand.number('error')).toBeGreaterThan(0.8);
  await hand.drag(moment, 200, 0);
  await expect.poll(() => hand.number('step')).toBeGreaterThan(0);
  await hand.focus({ selector: '[aria-label="Moment of the run"]' });
  await hand.press('End');
  await expect.poll(() => hand.number('step')).toBe(step);
  await expect.poll(() => hand.number('error')).toBe(error);

  const before = await hand.text(id('prediction-network-value'));
  await hand.drag({ selector: id('prediction-network') }, 30, 20);
  await expect.poll(() => hand.text(id('prediction-network-value'))).not.toBe(before);
  await expect.poll(() => hand.url()).toContain('probe=');
});

/** Steps at which the lanes are. */
const lanes = (hand: Hand) =>
  hand.tab.evaluate(
    (selector) =>
      [...document.querySelectorAll<HTMLElement>(selector)].map(({ dataset }) => Number(dataset.step)),
    id('lane-step'),
  );

test('two lanes are compared in lockstep', async ({ hand }) => {
  await hand.open(SMALL);
  await hand.click(button(/^Compare/));
  await hand.click({ selector: id('compare-scope') });
  await expect.poll(() => lanes(hand)).toEqual([0, 0]);
  await hand.click(play);
  await hand.reads('notices', 'finished');
  await expect.poll(() => lanes(hand)).toEqual([60, 60]);
  const errors = await hand.tab.evaluate(
    (selector) => [...document.querySelectorAll(selector)].map((error) => Number(error.textContent)),
    id('lane-error'),
  );
  expect(errors).toHaveLength(2);
  expect(errors[0]).not.toBe(errors[1]);
  expect(Math.max(...errors)).toBeLessThan(1);
  await expect.poll(() => hand.colours('compare-curves')).toBeGreaterThan(3);
});

test('a figure is saved as picture, drawing and data', async ({ hand }) => {
  await hand.open();
  const png = await hand.save('Spiking network', 'Picture (PNG)');
  expect(png.name).toMatch(/\.png$/);
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(500);
  const svg = await hand.save('error and loss', 'Drawing (SVG)');
  expect(svg.name).toMatch(/\.svg$/);
  const drawing = await hand.tab.evaluate((text) => {
    const file = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      faults: file.querySelectorAll('parsererror').length,
      marks: file.querySelectorAll('path').length,
      nan: text.replace(/"data:[^"]*"/g, '').includes('NaN'),
    };
  }, svg.bytes.toString());
  expect(drawing).toMatchObject({ faults: 0, nan: false });
  expect(drawing.marks).toBeGreaterThan(3);
  const csv = await hand.save('Signed error', 'Data (CSV)');
  expect(csv.bytes.toString()).toContain('\nx,y,error\n');
  expect(csv.bytes.toString().split('\n').length).toBeGreaterThan(33 * 33);
});

test('a link repeats a run with its change in mid-run', async ({ hand }) => {
  await hand.open(SMALL);
  for (let step = 1; step <= 3; step++) {
    await hand.click(button('One step'));
    await expect.poll(() => hand.number('step')).toBe(step);
  }
  await hand.click(radio('RFG'));
  await hand.reads('method', 'SG-BP → SG-RFG-L since 3');
  await hand.click(play);
  await hand.reads('notices', 'finished');
  await hand.reads('grid', '101 × 101 points');
  const error = await hand.text(id('error'));
  await hand.click(button('Share'));
  const shared = () =>
    hand.tab.evaluate(
      () =>
        [...document.querySelectorAll('input, textarea')]
          .map((field) => (field as HTMLInputElement).value)
          .find((value) => value.startsWith('http')) ?? '',
    );
  await expect.poll(shared).toContain('then=3:gradient=RFG');
  const address = await shared();
  await hand.press('Escape');

  await hand.tab.goto('about:blank');
  await hand.tab.goto(address);
  await hand.reads('method', /^SG-BP$/);
  await hand.click(play);
  await hand.reads('notices', 'finished');
  await hand.reads('method', 'SG-BP → SG-RFG-L since 3');
  await hand.reads('grid', '101 × 101 points');
  expect(await hand.text(id('error'))).toBe(error);
  expect(await hand.url()).toBe(address);
});

/** What the open scene says of itself. */
const scene = (hand: Hand) =>
  hand.tab.evaluate(() => {
    const column = document.querySelector<HTMLElement>('[data-testid="scene"]');
    const at = (selector: string) => column?.querySelectorAll(selector).length ?? 0;
    return {
      ...column?.dataset,
      scenes: at('nav[aria-label="Scenes"] li'),
      answers: at('input[type="radio"]'),
      tasks: at('[data-testid="task"]:not([data-done])'),
      wrong: at('[data-holds="false"]'),
      right: at('[data-right="true"]'),
    };
  });

test('a lesson is walked to its end, and what it says is true', async ({ hand }) => {
  test.setTimeout(900_000);
  // Scenes train before they open.
  const patience = { timeout: 400_000 };
  const column = id('scene');
  await hand.open('#pace=full');
  await hand.click(button(/^Learn/));
  await hand.click({ selector: 'button', within: '[role="dialog"] li, dialog li' });
  for (let number = 1, last = false; !last; number++) {
    const open = { place: `1.${number}`, phase: 'open', checked: 'true' };
    await expect.poll(() => scene(hand), patience).toMatchObject(open);
    const { scenes, answers } = await scene(hand);
    if (answers > 0) await hand.click({ selector: 'input[type="radio"]', within: column });
    while ((await scene(hand)).tasks > 0) {
      const { tasks } = await scene(hand);
      const shown = {
        selector: 'button',
        name: /^Show me/,
        within: `${column} ${id('task')}:not([data-done])`,
      };
      if ((await hand.count(shown)) > 0) await hand.click(shown);
      // What is shown may be done by it already, or may have to be played.
      await expect(async () => {
        const waits = (await scene(hand)).tasks === tasks;
        if (waits && (await hand.count(play)) > 0) await hand.click(play);
        expect((await scene(hand)).tasks).toBeLessThan(tasks);
      }).toPass(patience);
    }
    const end = { done: 'true', wrong: 0, right: answers > 0 ? 1 : 0 };
    await expect.poll(() => scene(hand), patience).toMatchObject(end);
    last = number === scenes;
    if (!last) await hand.click(button('Next', column));
  }
});

import type { Page } from '@playwright/test';
import { layoutFaults, recordCanvasText, settled } from './measure-layout.ts';
import { choose, expect, open, PATIENCE, PHONE, pause, play, test } from './playground.ts';

const WIDTHS = [320, 390, 600, 700, 768, 1024, 1239, 1240, 1366, 1920];

/** Controls that stand out of the window at its right, and how far the page can be scrolled that way. */
function sidewards(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('button, input, a, select')].filter(
      (element) => element.getBoundingClientRect().right > room + 0.5,
    );
    return [
      ...out.map((element) => element.outerHTML.slice(0, 120)),
      ...(document.documentElement.scrollWidth > room ? [`${document.documentElement.scrollWidth} px`] : []),
    ];
  });
}

/** Controls of header and bar that lie on one another. The targets of explained words reach into what is around them. */
function overlapping(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parts = [
      ...document.querySelectorAll(
        '[aria-label=Run] [role=radiogroup], [aria-label=Run] button:not([data-term]), header button',
      ),
      ...document.querySelectorAll('[data-testid=method], [data-testid=grid], [data-testid=error]'),
    ].map((element) => ({ element, box: element.getBoundingClientRect() }));
    return parts.flatMap(({ element, box }, i) =>
      parts
        .slice(i + 1)
        .filter(
          (other) =>
            !element.contains(other.element) &&
            !other.element.contains(element) &&
            Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left) > 4 &&
            Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top) > 4,
        )
        .map((other) => `${element.outerHTML.slice(0, 90)} and ${other.element.outerHTML.slice(0, 90)}`),
    );
  });
}

/** Windows of laptops, tablets and phones, upright and across. */
const WINDOWS = [
  [1366, 768],
  [1180, 820],
  [820, 1180],
  [1024, 768],
  [1440, 900],
  [1920, 1080],
  [390, 844],
  [683, 384],
  [360, 640],
] as const;

/** Figures are large enough, no text lies on another, no number or control is cut, no band is blank, at every size. */
async function expectSound(page: Page, windows: readonly (readonly [number, number])[], what = '') {
  for (const [width, height] of windows) {
    await page.setViewportSize({ width, height });
    await settled(page);
    await expect
      .poll(() => layoutFaults(page), { message: `${what} ${width} × ${height}`, timeout: 5000 })
      .toEqual([]);
  }
}

/** The longest numbers that come up, written where a run's numbers stand. */
const lengthen = (page: Page) =>
  page.evaluate(() => {
    const longest = {
      step: '1,000,000',
      error: '1.25e−12',
      'lane-error': '1.25e−12',
      'lane-step': 'step 1,000,000',
    };
    for (const [id, text] of Object.entries(longest))
      for (const element of document.querySelectorAll(`[data-testid=${id}]`)) element.textContent = text;
  });

const TEN = [
  ...['gradient=BP', 'scope=G', 'scope=A', 'surrogate=WSG', 'surrogate=WSG:gradient=BP'],
  ...[
    'surrogate=WSG:scope=G',
    'gradient=BP:localLosses=true',
    'localLosses=true',
    'surrogate=WSG:localLosses=true',
  ],
];

/** For the other experiments: the rest is `npm run layout`. */
const SOME = WINDOWS.filter(([width]) => [1366, 1440, 820, 390].includes(width));
/** Windows in which three lanes are laid out in different ways. */
const OF_LANES = WINDOWS.filter(([width]) => [1366, 820, 390].includes(width));

for (const experiment of ['hat', 'antiderivative', 'poisson', 'reaction-diffusion'])
  test(`figures have their room in every window: ${experiment}`, async ({ page }) => {
    await recordCanvasText(page);
    await open(page, `#experiment=${experiment}`);
    await lengthen(page);
    await expectSound(page, experiment === 'hat' ? WINDOWS : SOME);
    // Its lanes are laid out as Poisson’s.
    if (experiment === 'antiderivative') return;
    const three = 'steps=1000000&gradient=RFG&lanes=gradient=BP,scope=G';
    await page.goto(`./#experiment=${experiment}&${three}`);
    await expect(page.getByTestId('lane')).toHaveCount(3, PATIENCE);
    await expectSound(page, OF_LANES);
    await page.goto(`./#experiment=${experiment}&gradient=RFG&lanes=${TEN}`);
    await expect(page.getByTestId('lane')).toHaveCount(10, PATIENCE);
    await lengthen(page);
    await expectSound(page, WINDOWS.slice(0, 1));
  });

test('figures have their room in every window: scenes, a presenter’s view and “Look inside”', async ({
  page,
}) => {
  await recordCanvasText(page);
  for (const [hash, shown] of [
    ['#lesson=3.2', 'raster'],
    ['#view=presenter', 'raster'],
    ['#inside=table', 'inside'],
  ] as const) {
    await page.goto(`./${hash}`);
    await page.reload();
    await expect(page.getByTestId(shown)).toBeVisible();
    const sizes = shown === 'inside' ? [1366, 390] : hash.includes('lesson') ? [1366, 683] : [1366, 820];
    await expectSound(
      page,
      WINDOWS.filter(([width]) => sizes.includes(width)),
    );
  }
  // What opens over the page, at a laptop and at a zoom of 400 %.
  await page.setViewportSize({ width: 1366, height: 768 });
  await open(page);
  for (const [button, layer] of [
    ['more…', '#settings'],
    ['Share', 'dialog[open]'],
    [/^Help/, 'dialog[open]'],
    [/^Learn/, '[role=dialog]:popover-open'],
  ] as const) {
    await page.getByRole('button', { name: button }).first().click();
    await expect(page.locator(layer)).toBeVisible();
    await expectSound(
      page,
      [
        [1366, 768],
        [320, 256],
      ],
      layer,
    );
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1366, height: 768 });
  }
});

test('nothing stands out at the side or lies on another at any width, in every view', async ({ page }) => {
  await open(page);
  for (const view of ['full', 'presenter', 'embed']) {
    await page.goto(`./#view=${view}`);
    await expect(page.locator('html')).toHaveClass(new RegExp(`view-${view}`));
    await expect(page.getByTestId('raster')).toBeVisible();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 768 });
      await expect.poll(() => sidewards(page), { message: `${view}, ${width} px` }).toEqual([]);
      expect(await overlapping(page), `${view}, ${width} px`).toEqual([]);
    }
  }
});

const sizeOf = async (page: Page, testId: string) => {
  const { width, height } = (await page.getByTestId(testId).boundingBox())!;
  return { width, height };
};

/** Sides of the squares that are left on the maps' canvases: target, network, error. */
async function mapSides(page: Page): Promise<number[]> {
  const sides: number[] = [];
  for (const name of ['target', 'network', 'error']) {
    const { width, height } = await sizeOf(page, `prediction-${name}`);
    sides.push(Math.min(width - 32, height - 60));
  }
  return sides;
}

test('a presenter’s map of the network is larger than the page’s, the others at least half as large', async ({
  page,
}) => {
  const at = async (look: (width: number) => Promise<void>) => {
    for (const [width, height] of [
      [1366, 768],
      [1240, 768],
      [1920, 1080],
    ]) {
      await page.setViewportSize({ width, height });
      await look(width);
    }
  };
  await open(page);
  const sides = new Map<number, number>();
  await at(async (width) => {
    // Figures follow the window a frame later.
    let side = 0;
    const settled = async () => {
      const before = side;
      [side] = await mapSides(page);
      return side === before;
    };
    await expect.poll(settled).toBe(true);
    sides.set(width, side);
  });
  await page.goto('./#view=presenter');
  await expect(page.locator('html')).toHaveClass(/view-presenter/);
  await at(async (width) => {
    const side = sides.get(width) ?? 0;
    await expect
      .poll(async () => (await mapSides(page))[1], { message: `${width} px` })
      .toBeGreaterThan(side);
    expect(Math.min(...(await mapSides(page))), `${width} px`).toBeGreaterThan(side / 2);
  });
});

test('messages move no figure', async ({ page }) => {
  await open(page);
  const at = () => page.getByTestId('prediction-network').boundingBox();
  const before = await at();
  await page.goto(`./#${Array.from({ length: 9 }, (_, i) => `zebra${i}=1`).join('&')}`);
  const notices = page.getByTestId('notices');
  await expect(notices).toContainText('“zebra8” is not a setting');
  expect(await at()).toEqual(before);
  await notices.getByRole('button', { name: 'show all' }).click();
  await expect(notices.getByText('“zebra8” is not a setting')).toBeInViewport();
  expect(await at()).toEqual(before);
  await notices.getByRole('button', { name: 'less' }).click();
  await page.getByRole('button', { name: 'Close this message' }).click();
  expect(await at()).toEqual(before);
});

test('a tooltip goes when its control is pressed', async ({ page }) => {
  await open(page);
  const tip = page.getByRole('tooltip');
  await play(page).hover();
  await expect(tip).toBeVisible();
  await play(page).click();
  await expect(pause(page)).toBeVisible(PATIENCE);
  await expect(tip).toBeHidden();
  await page.getByRole('radiogroup', { name: 'Pace' }).getByText('steady').hover();
  await expect(tip).toBeVisible();
  await choose(page, 'Pace', 'steady');
  await expect(tip).toBeHidden();
});

test('a tooltip is asked for: by a pointer that moves or a key, not by what appears under a pointer at rest', async ({
  page,
}) => {
  await open(page);
  const tip = page.getByRole('tooltip');
  const help = page.getByRole('button', { name: 'Help and keys' });
  const { x, y, width, height } = (await help.boundingBox())!;
  const [at, top] = [x - 200 + width / 2, y + height / 2];
  // The header's end moves under the pointer, which stays where it is.
  await page.mouse.move(at, top, { steps: 3 });
  await expect(tip).toHaveCount(0);
  await page.setViewportSize({ width: page.viewportSize()!.width - 200, height: 768 });
  await expect.poll(async () => Math.abs((await help.boundingBox())!.x - x + 200)).toBeLessThan(3);
  await page.waitForTimeout(900);
  await expect(tip).toHaveCount(0);
  await page.mouse.move(at + 2, top + 1);
  await expect(tip).toHaveText('Help and keys (?)');
  await page.mouse.move(5, 500);
  await expect(tip).toHaveCount(0);

  const menu = page.getByRole('button', { name: 'Look inside' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('inside-step')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeFocused();
  await expect(tip).toHaveCount(0);
});

test.describe('under a finger', () => {
  test.use(PHONE);
  test('a finger that scrolls over a map or begins on the probe moves no probe; a tap and a sideways drag do', async ({
    page,
  }) => {
    await open(page);
    const experiments = page.getByRole('radiogroup', { name: 'Experiment' }).locator('label');
    const rows = new Set(
      await experiments.evaluateAll((all) => all.map((one) => (one as HTMLElement).offsetTop)),
    );
    expect([await experiments.count(), rows.size]).toEqual([6, 2]);
    const devtools = await page.context().newCDPSession(page);
    const touch = (type: string, ...touchPoints: { x: number; y: number }[]) =>
      devtools.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints });
    const map = page.getByTestId('prediction-network');
    const probe = page.getByRole('slider', { name: /^Probe on the network/ });
    const scrolled = () => page.evaluate(() => scrollY);
    const toTop = () => page.evaluate(() => scrollTo(0, 0));
    const place = () => probe.getAttribute('aria-valuetext');
    const before = await place();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).overscrollBehaviorY)).toBe(
      'none',
    );
    for (const start of [map, probe]) {
      await toTop();
      // What a finger scrolls goes on for a while after it was lifted.
      const ended = page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            document.addEventListener('scrollend', () => scrollY > 0 && resolve());
          }),
      );
      const { x, y, width, height } = (await start.boundingBox())!;
      const from = { x: x + width / 2, y: y + height / 2 };
      await touch('touchStart', from);
      for (let pulled = 10; pulled <= 150; pulled += 10)
        await touch('touchMove', { x: from.x + 1, y: from.y - pulled });
      await touch('touchEnd');
      await ended;
      expect(await scrolled()).toBeGreaterThan(80);
      expect(await place()).toBe(before);
    }
    await toTop();
    const { x, y, width, height } = (await map.boundingBox())!;
    await page.touchscreen.tap(x + width * 0.3, y + height * 0.3);
    await expect.poll(place).not.toBe(before);
    const tapped = await place();
    const ring = (await probe.boundingBox())!;
    const from = { x: ring.x + ring.width / 2, y: ring.y + ring.height / 2 };
    await touch('touchStart', from);
    for (let pulled = 10; pulled <= 60; pulled += 10)
      await touch('touchMove', { x: from.x + pulled, y: from.y });
    await touch('touchMove', { x: from.x + 60, y: from.y + 30 });
    await touch('touchEnd');
    await expect.poll(place).not.toBe(tapped);
    // The page may shift by a line as the readout's text changes; the drag went down by 30 px.
    expect(await scrolled()).toBeLessThan(15);
  });

  test('a long press says what a control is, and does not press it', async ({ page }) => {
    await open(page);
    const devtools = await page.context().newCDPSession(page);
    const option = page.getByRole('radiogroup', { name: 'Gradient' }).getByText('RFG', { exact: true });
    await option.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await option.boundingBox())!;
    const touchPoints = [{ x: x + width / 2, y: y + height / 2 }];
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    const tip = page.getByRole('tooltip');
    await expect(tip).toContainText('Randomized forward-mode gradient');
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect(tip).toBeVisible();
    await expect(page.getByTestId('method')).toHaveText('SG-BP');
    await page.touchscreen.tap(touchPoints[0].x, touchPoints[0].y);
    await expect(page.getByTestId('method')).toContainText('RFG', PATIENCE);
  });
});

test('the code of the link can be enlarged', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Share' }).click();
  const code = page.getByRole('img', { name: 'QR code of the link' });
  await expect(code).toBeVisible();
  await page.getByRole('button', { name: 'Enlarge the code' }).click();
  await expect.poll(async () => (await code.boundingBox())!.height).toBeGreaterThan(600);
  await expect(code).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: 'Smaller' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Link', { exact: true })).toBeVisible();
});

/** What has the keyboard's focus, and whether a part of it can be seen where it stands. */
function focused(page: Page): Promise<{ what: string; seen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement!;
    // A radio button is its label's transparent ground.
    const box = (element.closest('label') ?? element).getBoundingClientRect();
    const seen = [0.1, 0.5, 0.9].some((across) =>
      [0.1, 0.5, 0.9].some((down) => {
        const top = document.elementFromPoint(box.left + across * box.width, box.top + down * box.height);
        return top !== null && (element.contains(top) || element.closest('label')?.contains(top));
      }),
    );
    return { what: element === document.body ? '' : element.outerHTML.slice(0, 160), seen };
  });
}

test('what has the focus can be seen in windows of every kind', async ({ page }) => {
  await open(page);
  for (const [width, height] of [
    [390, 844],
    [320, 256],
    [1024, 768],
  ]) {
    await page.setViewportSize({ width, height });
    // From the top of the page.
    await page.evaluate(() => {
      (document.activeElement as HTMLElement | null)?.blur();
      getSelection()?.setPosition(document.body);
      scrollTo(0, 0);
    });
    const visited: string[] = [];
    const unseen: string[] = [];
    for (const key of ['Tab', 'Shift+Tab'])
      for (let i = 0; i < 90; i++) {
        await page.keyboard.press(key);
        const { what, seen } = await focused(page);
        if (what === '') break;
        visited.push(what);
        if (!seen) unseen.push(`${key}: ${what}`);
      }
    expect(visited.length, `${width} × ${height}`).toBeGreaterThan(40);
    expect(unseen, `${width} × ${height}`).toEqual([]);
  }
});

/** Places of the stage, in order: what they hold and where they lie. */
function places(page: Page) {
  return page.getByTestId('stage').evaluate((stage) =>
    [...stage.children].flatMap((place) => {
      const { left, right, top, bottom } = place.getBoundingClientRect();
      return place.id ? [{ name: place.id.replace('figure-', ''), left, right, top, bottom }] : [];
    }),
  );
}

const STAGES = ['curves', 'spikes,prediction', 'prediction,spikes,curves'];

for (const view of ['full', 'presenter'])
  test(`some panels alone fill the window, beside each other: ${view}`, async ({ page }) => {
    for (const [width, height] of [
      [1366, 768],
      [1920, 1080],
    ]) {
      await page.setViewportSize({ width, height });
      for (const panels of STAGES) {
        await page.goto(`./#view=${view}&panels=${panels}`);
        await expect.poll(async () => (await places(page)).map(({ name }) => name).join()).toBe(panels);
        const shown = await places(page);
        const bar = (await page.getByRole('region', { name: 'Run' }).boundingBox())!;
        const top = bar.y + bar.height;
        let area = 0;
        for (const [i, place] of shown.entries()) {
          expect(place.left).toBeGreaterThanOrEqual(0);
          expect(place.right).toBeLessThanOrEqual(width);
          expect(place.top).toBeGreaterThanOrEqual(top);
          expect(place.bottom).toBeLessThanOrEqual(height);
          area += (place.right - place.left) * (place.bottom - place.top);
          for (const other of shown.slice(i + 1)) {
            const apart = place.right <= other.left || place.bottom <= other.top;
            expect(apart, `${place.name} and ${other.name}`).toBe(true);
          }
        }
        expect(area / (width * (height - top)), `${panels} at ${width}`).toBeGreaterThan(0.75);
        expect(await sidewards(page)).toEqual([]);
      }
    }
    if (view === 'full') {
      await page.getByRole('button', { name: 'Show all panels' }).click();
      await expect(page.getByTestId('network')).toBeVisible();
      await expect(page).not.toHaveURL(/panels=/);
      return;
    }
    // A lecturer takes one away and another in its place.
    await page.getByRole('button', { name: 'Panels' }).click();
    await expect(page.getByRole('checkbox', { name: 'Network' })).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('checkbox', { name: 'Error and loss' }).uncheck();
    await page.getByRole('checkbox', { name: 'Network' }).check();
    await expect(page).toHaveURL(/panels=prediction,spikes,network/);
    expect((await places(page)).map(({ name }) => name)).toEqual(['prediction', 'spikes', 'network']);
    await page.keyboard.press('Escape');
    // Nothing is written smaller than a hall can read.
    const small = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('body *')].flatMap((element) => {
          const text = [...element.childNodes].some(
            (node) => node.nodeType === 3 && node.textContent?.trim(),
          );
          const size = Number.parseFloat(getComputedStyle(element).fontSize);
          const shown = element.checkVisibility() && element.getBoundingClientRect().width > 1;
          return text && shown && size < 18 ? [`${size} px: ${element.textContent?.slice(0, 40)}`] : [];
        }),
      );
    for (const [width, height] of [
      [1366, 768],
      [1920, 1080],
    ]) {
      await page.setViewportSize({ width, height });
      await expect.poll(small, { message: `${width} px` }).toEqual([]);
    }
  });

test('a view of “Look inside” is one of the panels, and closed as one', async ({ page }) => {
  await open(page, '#panels=curves&inside=cost');
  await expect.poll(async () => (await places(page)).map(({ name }) => name)).toEqual(['inside', 'curves']);
  await expect(page.getByTestId('inside')).toContainText('forward-pass equivalents');
  await page
    .getByRole('region', { name: 'What a step costs' })
    .getByRole('button', { name: 'Close' })
    .click();
  await expect.poll(async () => (await places(page)).map(({ name }) => name)).toEqual(['curves']);
});

test('Back closes what lies over the page, one after another, and Escape only the innermost', async ({
  page,
}) => {
  await page.goto('about:blank');
  await open(page, '#steps=60&pace=steady');
  await page.getByRole('button', { name: 'One step' }).click();
  await expect(page.getByTestId('step')).toHaveText('1', PATIENCE);
  const help = page.getByRole('dialog', { name: 'Spiking Playground' });
  const settings = page.getByRole('region', { name: 'All settings' });
  const inside = page.getByTestId('inside');
  const enlarged = page.locator(':popover-open[data-panel]');

  // What is changed in a drawer stays.
  await page.getByRole('button', { name: 'more…' }).click();
  await settings.getByLabel('Learning rate η', { exact: true }).fill('0.5');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/rate=0\.5/);
  await page.goBack();
  await expect(page).toHaveURL(/rate=0\.5/);
  await expect(settings).toHaveCount(0);
  await expect(page.getByTestId('step')).toHaveText('1');

  // A drawer, and a dialog over it.
  await page.getByRole('button', { name: 'Look inside' }).click();
  await page.getByTestId('inside-cost').click();
  await expect(inside).toContainText('forward-pass equivalents');
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
  await page.goBack();
  await expect(help).toHaveCount(0);
  await expect(inside).toBeVisible();
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await expect(inside).toBeVisible();
  await page.goBack();
  await expect(inside).toHaveCount(0);
  await expect(page).toHaveURL(/rate=0\.5&pace=steady$/);

  // A menu that is closed in another way leaves nothing for Back to do.
  await page.getByRole('button', { name: 'Look inside' }).click();
  await page.keyboard.press('Escape');
  await page.getByTestId('curves').hover();
  await page.keyboard.press('f');
  await expect(enlarged).toHaveCount(1);
  await page.goBack();
  await expect(enlarged).toHaveCount(0);
  await expect(page.getByTestId('step')).toHaveText('1');
  await page.getByTestId('curves').hover();
  await page.keyboard.press('f');
  await expect(enlarged).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(enlarged).toHaveCount(0);
  await page.goBack();
  await expect.poll(() => page.url()).toBe('about:blank');
});

test('a panel fills the window, and arrows go on to the next', async ({ page }) => {
  const fills = (name: string) =>
    expect
      .poll(() =>
        page.evaluate(() => {
          const panel = document.querySelector(':popover-open[data-panel]');
          const box = panel?.getBoundingClientRect();
          const whole =
            box && box.width === document.documentElement.clientWidth && box.height === innerHeight;
          return whole
            ? document.getElementById(panel?.getAttribute('aria-labelledby') ?? '')?.textContent
            : '';
        }),
      )
      .toBe(name);
  const none = () => expect(page.locator(':popover-open')).toHaveCount(0);
  await open(page);
  const { width } = await sizeOf(page, 'prediction-target');
  await page.getByTestId('prediction-target').hover();
  await page.keyboard.press('f');
  await fills('Target ψ(x, y)');
  await expect.poll(async () => (await sizeOf(page, 'prediction-target')).width).toBeGreaterThan(2 * width);
  await page.keyboard.press('ArrowRight');
  await fills('Spiking network');
  // The map is clicked where it is drawn.
  const map = (await page.getByTestId('prediction-network').boundingBox())!;
  await page.mouse.click(map.x + map.width / 2, map.y + map.height / 2);
  await expect(page).toHaveURL(/probe=/);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('f');
  await none();
  const button = page.getByRole('button', { name: 'Enlarge Network' });
  await button.click();
  await fills('Network');
  for (let i = 0; i < 60; i++) await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest(':popover-open') !== null)).toBe(true);
  await page.keyboard.press('Escape');
  await none();
  await expect(button).toBeFocused();
  // One that leaves the page before what enlarges it has arrived is left alone.
  await page.evaluate(() => {
    const panel = document.createElement('section');
    panel.dataset.panel = '';
    document.body.append(panel);
    panel.dispatchEvent(new CustomEvent('enlarge-panel', { bubbles: true }));
    panel.remove();
  });
  for (const hash of ['#view=presenter', '#view=embed', '#gradient=RFG&lanes=gradient=BP']) {
    await page.goto(`./${hash}`);
    await page
      .getByTestId(hash.includes('lanes') ? 'lane' : 'prediction-error')
      .first()
      .hover();
    await page.keyboard.press('f');
    await expect(page.locator(':popover-open[data-panel]')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await none();
  }
});

import type { Page } from '@playwright/test';
import { EXPERIMENT_NAMES } from '../../src/experiments/table.ts';
import { RandomSequence, Stream } from '../../src/snn/random.ts';
import { INSIDE_NAMES, LABS, PANELS, VIEWS } from '../../src/state/presentation.ts';

const KEYS = [
  ...[
    'Tab',
    'Tab',
    'Shift+Tab',
    'Enter',
    'Space',
    'Escape',
    'ArrowUp',
    'ArrowDown',
    'ArrowLeft',
    'ArrowRight',
  ],
  ...['Home', 'End', 'PageUp', 'PageDown', 'Delete', 's', 'r', 'n', 'f', '?', 'Control+a', 'Backspace'],
];
const TEXTS = [
  '',
  '0',
  '1',
  '-1',
  '0,5',
  '1e-3',
  '99999999999',
  'x',
  'x^2 - y',
  'sin(',
  '1/x',
  'äß∞',
  '<b>',
  ' ',
  '16-16',
  '1/2/3',
];
const SIZES = [
  [1366, 768],
  [1024, 768],
  [820, 1180],
  [640, 480],
  [1920, 1080],
];
/** Parts of links; some of them contradict each other or are wrong. */
const PARTS = [
  ...EXPERIMENT_NAMES.map((name) => `experiment=${name}&trainFunctions=20&testFunctions=20`),
  ...INSIDE_NAMES.filter((name) => name !== 'board').map((name) => `inside=${name}`),
  ...LABS.map((name) => `lab=${name}`),
  ...VIEWS.map((name) => `view=${name}`),
  ...PANELS.map((name) => `panels=${name}`),
  ...['1.1', '3.2', '6.4', '8.3', '10.1'].map((place) => `lesson=${place}`),
  ...[
    'lanes=gradient=RFG,surrogate=WSG',
    'lanes=scope=L&blind=true',
    'lanes=same,same,same&show=surfaces&truth=true',
  ],
  ...[
    'gradient=RFG&K=4',
    'gradient=WP',
    'gradient=ANN',
    'gradient=RF',
    'rate=99',
    'threshold=10',
    'T=1',
    'hidden=3',
    'reset=zero',
  ],
  ...[
    'pace=full',
    'pace=steady',
    'steps=50',
    'target=formula&formula=x*y',
    'K=zebra',
    'then=20:gradient=BP',
    'engine=reference',
  ],
];

/** A place in the window, and what is there. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly what: string;
  readonly kind: string;
}

/** Everything in the window that can be pressed or moved, and that nothing lies over. */
function spotsHere(): Spot[] {
  const selector =
    'button, a[href^="#"], input, select, summary, textarea, canvas, [role=slider], [tabindex]';
  return [...document.querySelectorAll<HTMLElement>(selector)].flatMap((element) => {
    const target = element instanceof HTMLInputElement && element.labels?.[0] ? element.labels[0] : element;
    const { left, top, width, height } = target.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    if (width < 3 || height < 3 || x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return [];
    const hit = document.elementFromPoint(x, y);
    if (!hit || !(target.contains(hit) || hit.contains(target))) return [];
    const name = element.getAttribute('aria-label') ?? target.textContent ?? '';
    const kind = element instanceof HTMLInputElement ? element.type : element.localName;
    return [{ x, y, what: `${kind} “${name.trim().slice(0, 50)}”`, kind }];
  });
}

/**
 * Presses, types, drags, scrolls, resizes, follows links and reloads as its seed has it, for which a page knows no order. How fast the
 * page trains is not the seed's: what is there to be pressed differs a little from one time to the next.
 */
export class Monkey {
  private readonly random: RandomSequence;
  /** What it did, the latest last. */
  readonly done: string[] = [];
  /** Errors of the page, each with what was done before. */
  readonly faults: string[] = [];
  private followed = 0;

  constructor(
    private readonly page: Page,
    private readonly seed: number,
    /** A finger has no wheel and no hover, and its window has one size. */
    private readonly touch: boolean,
  ) {
    this.random = new RandomSequence(seed, Stream.data);
    const fault = (text: string) =>
      this.faults.push(`${text}\n  after ${this.done.slice(-12).join('\n        ')}`);
    page.on('pageerror', (error) => fault(error.stack ?? String(error)));
    page.on('crash', () => fault('the page crashed'));
    page.on('console', (message) => {
      if (message.type() === 'error') fault(message.text());
    });
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
    page.on('download', (download) => void download.delete().catch(() => undefined));
    // A file is asked for: none is chosen.
    page.on('filechooser', () => undefined);
    page.context().on('page', (other) => void other.close().catch(() => undefined));
  }

  async open(): Promise<void> {
    await this.page.addInitScript(() => {
      window.print = () => undefined;
    });
    const experiment = EXPERIMENT_NAMES[this.seed % EXPERIMENT_NAMES.length];
    await this.page.goto(`./#experiment=${experiment}&trainFunctions=20&testFunctions=20`);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  private below(n: number): number {
    return this.random.below(n);
  }
  private one<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  /** So many actions. @throws Error when the page does not answer */
  async act(count: number): Promise<void> {
    for (let n = 0; n < count; n++) await this.once();
  }

  private async once(): Promise<void> {
    const dice = this.below(100);
    if (dice < 60) await this.press();
    else if (dice < 72) await this.key();
    else if (dice < 79) await this.drag();
    else if (dice < 86) await this.scroll();
    else if (dice < 90) await this.resize();
    else if (dice < 97) await this.follow();
    else if (dice < 99) await this.goBack();
    else await this.reload();
  }

  private async press(): Promise<void> {
    const spots = await this.page.evaluate(spotsHere);
    if (spots.length === 0) return this.key('Escape');
    const { x, y, what, kind } = this.one(spots);
    this.done.push(`press ${what}`);
    if (this.touch) await this.page.touchscreen.tap(x, y);
    else await this.page.mouse.click(x, y, { clickCount: this.below(8) === 0 ? 2 : 1 });
    if (kind === 'select') await this.key(this.one(['ArrowDown', 'ArrowUp', 'End']));
    if (['text', 'number', 'search', 'textarea'].includes(kind)) await this.type();
  }

  private async type(): Promise<void> {
    const text = this.one(TEXTS);
    this.done.push(`type “${text}”`);
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.insertText(text);
    if (this.below(2) === 0) await this.page.keyboard.press(this.one(['Enter', 'Tab', 'Escape']));
  }

  private async key(key = this.one(KEYS)): Promise<void> {
    this.done.push(`key ${key}`);
    await this.page.keyboard.press(key);
  }

  private async drag(): Promise<void> {
    const { width, height } = this.page.viewportSize() ?? { width: 800, height: 600 };
    const spots = await this.page.evaluate(spotsHere);
    const movable = spots.filter(({ kind }) => ['canvas', 'range', 'div', 'span'].includes(kind));
    const from = this.one(
      movable.length > 0 ? movable : [{ x: width / 2, y: height / 2, what: 'the middle', kind: 'page' }],
    );
    const to = { x: this.below(width), y: this.below(height) };
    this.done.push(`drag ${from.what} to ${to.x}, ${to.y}`);
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, { steps: 3 });
    await this.page.mouse.up();
  }

  private async scroll(): Promise<void> {
    const by = this.below(1600) - 800;
    this.done.push(`scroll ${by}`);
    if (this.touch) await this.page.evaluate((y) => scrollBy(0, y), by);
    else await this.page.mouse.wheel(0, by);
  }

  private async resize(): Promise<void> {
    const [width, height] = this.touch
      ? this.one([
          [390, 844],
          [844, 390],
        ])
      : this.one(SIZES);
    this.done.push(`resize to ${width}×${height}`);
    await this.page.setViewportSize({ width, height });
  }

  private async follow(): Promise<void> {
    const hash = `#${Array.from({ length: 1 + this.below(3) }, () => this.one(PARTS)).join('&')}`;
    this.done.push(`follow ${hash}`);
    this.followed++;
    await this.page.evaluate((text) => {
      location.hash = text;
    }, hash);
  }

  private async goBack(): Promise<void> {
    // Before the first link there is another page.
    if (this.followed === 0) return;
    this.followed--;
    this.done.push('back');
    await this.page.evaluate(() => history.back());
  }

  private async reload(): Promise<void> {
    this.done.push('reload');
    await this.page.reload();
    await this.page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  }

  /**
   * The page as a link to nothing has it: every control is there and answers, and training trains.
   * @throws Error where something is missing
   */
  async expectAlive(): Promise<void> {
    const { page } = this;
    await page.setViewportSize(this.touch ? { width: 390, height: 844 } : { width: 1366, height: 768 });
    for (let n = 0; n < 4; n++) await page.keyboard.press('Escape');
    this.done.push('the plain page');
    await page.evaluate(() => {
      location.hash = '#pace=full';
    });
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (const name of ['Reset', 'One step', /^Share/, /^Help/, /^Look inside/, /^Compare/, /^Learn/])
      await page
        .getByRole('button', { name, exact: typeof name === 'string' })
        .first()
        .waitFor();
    await page.getByRole('radiogroup', { name: 'Experiment' }).waitFor();
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    const play = page.getByRole('button', { name: 'Play', exact: true });
    const pause = page.getByRole('button', { name: 'Pause', exact: true });
    await play.or(pause).first().waitFor();
    if (await play.isVisible()) await play.click();
    await page.waitForFunction(
      () => Number(document.querySelector('[data-testid=step]')?.textContent?.replaceAll(',', '')) > 3,
    );
    await pause.click();
    await play.waitFor();
  }
}

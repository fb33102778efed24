// What a visitor sees and does on the page, for scenarios that run in every browser.
import { test as base, expect } from '@playwright/test';
import { findBrowser, isBrowser } from '../../scripts/browsers.mjs';
import { PATIENCE } from '../playground.ts';
import type { Download, Driver, Point, Tab } from './driver.ts';
import { launchFirefox } from './firefox.ts';
import { launchPlaywright } from './playwright.ts';
import { launchWebkit } from './webkit.ts';

/** A control: its selector, and its name where the selector alone is not enough. */
export interface Target {
  readonly selector: string;
  readonly name?: string | RegExp;
  /** Selector of what it lies in. */
  readonly within?: string;
}

export const id = (testId: string) => `[data-testid="${testId}"]`;
const named = (selector: string) => (name: string | RegExp, within?: string) => ({ selector, name, within });
export const button = named('button, [role="button"]');
export const radio = named('input[type="radio"], [role="radio"]');
export const link = named('a[href]');
export const slider = named('input[type="range"], [role="slider"]');

type Place = { count: number } & ({ fault: string } | Point);

/** Runs in the page: how many controls there are in sight that fit, and where the pointer meets the first. */
function look(
  selector: string,
  within: string,
  name: string | null,
  pattern: string | null,
  show: boolean,
): Place {
  const textOf = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const nameOf = (element: Element) => {
    const by = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const labels = [...((element as HTMLInputElement).labels ?? [])];
    return (
      element.getAttribute('aria-label') ??
      ([...by.map((one) => textOf(document.getElementById(one))), ...labels.map(textOf)].join(' ') ||
        textOf(element))
    );
  };
  const fits = (element: Element) =>
    (name === null || nameOf(element) === name) &&
    (pattern === null || new RegExp(pattern).test(nameOf(element)));
  const found = [...document.querySelectorAll(within)]
    .flatMap((place) => [...place.querySelectorAll(selector)])
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && fits(element));
  const [first] = found;
  const { length: count } = found;
  if (!first) return { count, fault: 'is not there' };
  // A radio button is its label's transparent ground.
  const shape = first.closest('label') ?? first;
  if (show) shape.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const { left, top, width, height } = shape.getBoundingClientRect();
  const point = { x: left + width / 2, y: top + height / 2 };
  const hit = document.elementFromPoint(point.x, point.y);
  if (!hit) return { count, fault: 'is out of sight' };
  if (!shape.contains(hit) && !hit.contains(shape))
    return { count, fault: `is covered by ${hit.outerHTML.slice(0, 90)}` };
  return { count, ...point };
}

export class Hand {
  constructor(
    readonly tab: Tab,
    private readonly address: string,
  ) {}

  /** Opens a link of the page, and waits until an engine computes. */
  async open(hash = ''): Promise<void> {
    await this.tab.goto(this.address + hash);
    await this.sees(button(/^(Reference|WebAssembly|WebGPU)/));
  }

  private look({ selector, name, within = 'html' }: Target, show = false): Promise<Place> {
    const text = typeof name === 'string' ? name : null;
    return this.tab.evaluate(look, selector, within, text, name instanceof RegExp ? name.source : null, show);
  }

  /** Waits until a control can be met by the pointer and stands still. */
  private async meet(target: Target): Promise<Point> {
    let place: Place | undefined;
    await expect
      .poll(async () => {
        const before = place;
        place = await this.look(target, true);
        if ('fault' in place) return `${target.name ?? target.selector} ${place.fault}`;
        const still = before && 'x' in before && before.x === place.x && before.y === place.y;
        return still ? 'can be pressed' : `${target.name ?? target.selector} moves`;
      }, PATIENCE)
      .toBe('can be pressed');
    if (!place || !('x' in place)) throw new Error('it has no place');
    return place;
  }

  async click(target: Target): Promise<void> {
    await this.tab.drag(await this.meet(target));
  }

  /** Drags a control by so many pixels. */
  async drag(target: Target, across: number, down: number): Promise<void> {
    const { x, y } = await this.meet(target);
    await this.tab.drag({ x, y }, { x: x + across / 2, y: y + down / 2 }, { x: x + across, y: y + down });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.tab.press(key);
  }

  async focus({ selector, within = 'html' }: Target): Promise<void> {
    await this.tab.evaluate(
      (path) => document.querySelector<HTMLElement>(path)?.focus(),
      `${within} ${selector}`,
    );
  }

  async count(target: Target): Promise<number> {
    return (await this.look(target)).count;
  }

  text(selector: string): Promise<string> {
    return this.tab.evaluate((path) => document.querySelector(path)?.textContent ?? '', selector);
  }

  /** A number that the page shows. */
  async number(testId: 'step' | 'error'): Promise<number> {
    return Number((await this.text(id(testId))).replaceAll(',', ''));
  }

  sees(target: Target): Promise<void> {
    return expect
      .poll(() => this.count(target), { ...PATIENCE, message: String(target.name ?? target.selector) })
      .toBeGreaterThan(0);
  }

  missesSoon(target: Target): Promise<void> {
    return expect
      .poll(() => this.count(target), { ...PATIENCE, message: String(target.name ?? target.selector) })
      .toBe(0);
  }

  reads(testId: string, words: string | RegExp): Promise<void> {
    const text = expect.poll(() => this.text(id(testId)), PATIENCE);
    return typeof words === 'string' ? text.toContain(words) : text.toMatch(words);
  }

  url(): Promise<string> {
    return this.tab.evaluate(() => location.href);
  }

  save(figure: string, kind: string): Promise<Download> {
    return this.tab.download(async () => {
      await this.click(button(`Save ${figure}`));
      await this.click(button(kind, '[role="dialog"]'));
    });
  }

  /** How many colours a canvas shows. */
  colours(testId: string): Promise<number> {
    return this.tab.evaluate((selector) => {
      const canvas = document.querySelector<HTMLCanvasElement>(selector);
      if (!canvas?.width || !canvas.height) return 0;
      const copy = document.createElement('canvas');
      copy.width = canvas.width;
      copy.height = canvas.height;
      const context = copy.getContext('2d', { willReadFrequently: true })!;
      context.drawImage(canvas, 0, 0);
      return new Set(new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer)).size;
    }, id(testId));
  }
}

/** @returns the browser; or why one of Playwright's own does not start, which wants libraries that it does not bring along */
async function launch(name: string, address: string): Promise<Driver | string> {
  if (!isBrowser(name)) throw new Error(`no browser is called ${name}`);
  const browser = findBrowser(name);
  if (!browser)
    throw new Error(`There is no ${name} here: \`node scripts/browsers.mjs ${name}\` installs one.`);
  const { path, by, needs = [] } = browser;
  if (by === 'bidi') return launchFirefox(path);
  if (by === 'webdriver') return launchWebkit(path, needs, address);
  return launchPlaywright(name, path).catch(
    (error: Error) => `${path} does not start: ${error.message.split('\n')[0]}`,
  );
}

/** A visitor's hand in the browser that the project is named after; what the page throws or logs as an error fails the test. */
export const test = base.extend<{ hand: Hand }, { driver: Driver | string; address: string }>({
  address: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its parameters
    async ({}, use, { project }) => use(`${project.use.baseURL}/`),
    { scope: 'worker' },
  ],
  driver: [
    async ({ address }, use, { project }) => {
      const driver = await launch(project.name, address);
      await use(driver);
      if (typeof driver !== 'string') await driver.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  hand: async ({ driver, address }, use, info) => {
    if (typeof driver === 'string') {
      info.annotations.push({ type: 'absent', description: driver });
      return info.skip(true, driver);
    }
    info.annotations.push({ type: 'browser', description: driver.title });
    const tab = await driver.open();
    await use(new Hand(tab, address));
    if (info.status !== info.expectedStatus)
      await info.attach('screenshot', { body: await tab.screenshot(), contentType: 'image/png' });
    const problems = await tab.problems();
    await tab.close();
    expect(problems).toEqual([]);
  },
});
export { expect };

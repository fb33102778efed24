import { beforeEach, describe, expect, it } from 'vitest';
import { PageWatch } from './page-watch.ts';

let now = 0;
let page: PageWatch;
beforeEach(() => {
  now = 1000;
  page = new PageWatch(() => now);
});

/** So many results, each of which takes `ms` to come to the screen. */
function results(count: number, ms: number, seen = true): void {
  for (let i = 0; i < count; i++) {
    page.sent();
    now += ms;
    page.acknowledged(seen);
    now += ms;
  }
}

describe('PageWatch', () => {
  it('is ready once what was told stands on the screen', () => {
    expect(page.ready()).toBe(true);
    page.sent();
    page.sent();
    page.acknowledged(true);
    expect([page.draws, page.ready()]).toEqual([true, false]);
    page.acknowledged(true);
    expect([page.draws, page.ready()]).toEqual([false, true]);
  });

  it('leaves the cores to a slow page that draws, and then as long to training', () => {
    results(10, 100);
    page.sent();
    expect([page.hasTheCores(true), page.hasTheCores(false)]).toEqual([true, false]);
    now += 100;
    page.acknowledged(true);
    expect([page.hasTheCores(true), page.ready()]).toEqual([false, false]);
    now += 100;
    expect(page.ready()).toBe(true);
  });

  it('tells a slow page at once where training has not rested for it', () => {
    results(10, 100);
    page.sent();
    now += 100;
    expect(page.hasTheCores(false)).toBe(false);
    page.acknowledged(true);
    expect(page.ready()).toBe(true);
  });

  it('lets training go on beside a quick page, and beside one that is out of sight', () => {
    results(10, 20);
    page.sent();
    expect(page.hasTheCores(true)).toBe(false);
    page.acknowledged(true);
    results(10, 100);
    results(1, 500, false);
    page.sent();
    expect(page.hasTheCores(true)).toBe(false);
    page.acknowledged(false);
    expect(page.ready()).toBe(true);
  });

  it('leaves the cores to a page that answers, and not for ever', () => {
    page.answering(true);
    expect([page.hasTheCores(false), page.ready()]).toEqual([true, false]);
    page.answering(false);
    expect([page.hasTheCores(false), page.ready()]).toEqual([false, true]);
    page.answering(true);
    now += 600;
    expect([page.hasTheCores(false), page.ready()]).toEqual([false, true]);
  });
});

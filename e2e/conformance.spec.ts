// The conformance suite on the WebGPU engine in a real Chromium, in software where there is no GPU, and without the
// browser's guards: what a kernel reads it has to have written.
import process from 'node:process';
import type { Page } from '@playwright/test';
import { openEnginePage, UNGUARDED } from '../scripts/engine-page.ts';
import { catalogue } from '../src/kernels/conformance/catalogue.ts';
import type { Harness } from './harness/page.ts';
import { expect, loud as test } from './playground.ts';

declare const harness: Harness;

test.describe.configure({ mode: 'default', timeout: 300_000 });

let page: Page;
let close: () => Promise<void>;
test.beforeAll(async () => {
  ({ page, close } = await openEnginePage('e2e/harness', UNGUARDED));
});
test.afterAll(() => close?.());

const OVER_TIME = catalogue().flatMap(({ name, time }) => (time ? [name] : []));
/**
 * Of the configurations at random every third, of those over time every second: the WebAssembly engine is tried on all of them, by a
 * unit test. E2E_ALL tries all here too.
 */
function isTried(name: string): boolean {
  if (process.env.E2E_ALL) return true;
  if (OVER_TIME.includes(name)) return OVER_TIME.indexOf(name) % 2 === 0;
  return Number(/^random (\d+)/.exec(name)?.[1] ?? 0) % 3 === 0;
}

const done = new Set<string>();
/** Runs the parts of the suite that are chosen by name; there has to be one. */
async function conform(chosen: (name: string) => boolean) {
  const names = (await page.evaluate(() => harness.parts())).filter(chosen);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const checks = await page.evaluate(([part]) => harness.conform(part), [name]);
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    done.add(name);
  }
}

/** Files of golden vectors whose cases are called after them; each takes minutes in software. */
const FILES = ['estimators', 'temporal'];
const isOf = (name: string, file: string) => name.startsWith(`golden ${file}`);
test('golden vectors', () =>
  conform((name) => name.startsWith('golden') && !FILES.some((file) => isOf(name, file))));
for (const file of FILES) test(`golden vectors, ${file}`, () => conform((name) => isOf(name, file)));
for (const { name } of catalogue().filter((one) => isTried(one.name)))
  test(name, () => conform((part) => part === name));
test('replay and divergence', () => conform((name) => name.endsWith('by itself')));
test('no part was left out', async () => {
  await conform((name) => name === 'self-check');
  const all = await page.evaluate(() => harness.parts());
  expect(all.filter((name) => isTried(name) && !done.has(name))).toEqual([]);
});

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

const ENTRIES = catalogue();
const NAMES = ENTRIES.map(({ name }) => name);
const OVER_TIME = ENTRIES.flatMap(({ name, time }) => (time ? [name] : []));
/** Golden vectors that WebGPU meets by way of the reference: a unit test compares that with them, and configurations of every kind WebGPU with it. */
const INDIRECT = ['golden estimators', 'golden temporal'];
/** These are met in e2e/gpu.spec.ts, with the guards of users’ browsers. */
const GUARDED = 'golden mlp';
const ALONE = ', by itself';
/**
 * Of the configurations at random every fifth (all methods and experiments among them), of those over time and of those that are replayed every second: the WebAssembly engine
 * is tried on all of them, by a unit test. E2E_ALL tries all here too.
 */
function isTried(name: string): boolean {
  if (process.env.E2E_ALL) return true;
  if (name.startsWith('golden')) return name !== GUARDED && !INDIRECT.some((file) => name.startsWith(file));
  if (name.endsWith(ALONE)) return (NAMES.indexOf(name.slice(0, -ALONE.length)) >> 3) % 2 === 1;
  if (OVER_TIME.includes(name)) return OVER_TIME.indexOf(name) % 2 === 0;
  return Number(/^random (\d+)/.exec(name)?.[1] ?? 0) % 5 === 0;
}

const done = new Set<string>();
/** Runs the parts of the suite that are chosen by name and tried; there has to be one. */
async function conform(chosen: (name: string) => boolean) {
  const all = await page.evaluate(() => harness.parts());
  const names = all.filter((name) => isTried(name) && chosen(name));
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const checks = await page.evaluate(([part]) => harness.conform(part), [name]);
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    done.add(name);
  }
}

test('golden vectors', () => conform((name) => name.startsWith('golden')));
for (const name of NAMES.filter(isTried)) test(name, () => conform((part) => part === name));
test('replay and divergence', () => conform((name) => name.endsWith(ALONE)));
test('no part was left out', async () => {
  await conform((name) => name === 'self-check');
  const all = await page.evaluate(() => harness.parts());
  expect(all.filter((name) => isTried(name) && !done.has(name))).toEqual([]);
});

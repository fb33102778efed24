// The WebGPU engine in a real Chromium, without the browser's guards but where they are named. Its adapter may be in software; a
// missing adapter is a failure.
import type { Page } from '@playwright/test';
import { openEnginePage, UNGUARDED } from '../scripts/engine-page.ts';
import { packTable } from '../src/problems/samples.ts';
import type { Pinned } from '../src/training/config.ts';
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

const HAT: readonly (readonly [string, Pinned, number])[] = [
  ['BP', { gradient: 'BP' }, 4],
  ['RFG-G', { gradient: 'RFG', scope: 'G', K: 1 }, 3],
  ['RFG-G, K 8', { gradient: 'RFG', scope: 'G', K: 8 }, 3],
  ['RFG-L', { gradient: 'RFG', scope: 'L', K: 1 }, 3],
  ['RFG-L, K 8', { gradient: 'RFG', scope: 'L', K: 8 }, 3],
  ['RFG-L of the paper', { gradient: 'RFG', scope: 'L', recipe: 'paper' }, 3],
  ['RFG-A', { gradient: 'RFG', scope: 'A' }, 5],
  ['WSG-BP with local losses', { gradient: 'BP', surrogate: 'WSG', localLosses: true }, 4],
  ['WP-L', { gradient: 'WP', scope: 'L', K: 1 }, 3],
  ['WP-A', { gradient: 'WP', scope: 'A', K: 1 }, 5],
];

for (const [name, pinned, dispatches] of HAT) {
  test(`${name}: ${dispatches} dispatches a step; one submit and one read-back a chunk; nothing made per step`, async () => {
    const [short, long] = await page.evaluate(([p]) => harness.counts(p, [2, 5]), [pinned]);
    expect(short.dispatches).toBe(2 * dispatches);
    expect(long.dispatches).toBe(5 * dispatches);
    for (const { submits, readbacks, buffers, seen } of [short, long]) {
      expect({ submits, readbacks, buffers, maps: seen.maps }).toEqual({
        submits: 1,
        readbacks: 1,
        buffers: 0,
        maps: 1,
      });
    }
    // The tensors at the edges take what they take, however long the chunk.
    expect({ ...long.seen, dispatches: 0 }).toEqual({ ...short.seen, dispatches: 0 });
    expect(long.seen.dispatches).toBe(5 * dispatches);
  });
}

const COLUMNS = [
  (i: number) => 1990 + i / 2,
  (i: number) => (i * 37) % 60,
  (i: number) => Math.sin(i / 9),
].map((value, k) => ({ name: 'xyz'[k], values: Float64Array.from({ length: 60 }, (_, i) => value(i)) }));
const OWN: readonly (readonly [string, Pinned])[] = [
  ['one input, SG-BP', { data: packTable('one', [COLUMNS[0], COLUMNS[2]]), gradient: 'BP' }],
  [
    'two inputs, WSG-RFG-L',
    { data: packTable('two', COLUMNS), noise: 0.1, surrogate: 'WSG', gradient: 'RFG', scope: 'L', K: 2 },
  ],
];

for (const [name, pinned] of OWN) {
  test(`a table of ${name}: losses are those of the reference`, async () => {
    const { losses, expected } = await page.evaluate(
      ([p]) =>
        harness.trained({ ...p, experiment: 'own-data', init: 'uniform', batch: [16], hidden: [[8, 8]] }, 12),
      [pinned],
    );
    expect(losses).toHaveLength(12);
    expect(losses[11]).not.toBe(losses[0]);
    for (const [step, loss] of losses.entries())
      expect(Math.abs(loss / expected[step] - 1)).toBeLessThan(1e-4);
  });
}

test('golden vectors of the hat, with the guards that users’ browsers set', async () => {
  const guarded = await openEnginePage('e2e/harness');
  const checks = await guarded.page.evaluate(() => harness.conform('golden mlp'));
  await guarded.close();
  expect(checks.length).toBeGreaterThan(0);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});

const METHODS: readonly (readonly [string, Pinned])[] = [
  ['SG-BP', { gradient: 'BP' }],
  ['WSG-RFG-L', { gradient: 'RFG', scope: 'L', K: 2, surrogate: 'WSG' }],
  ['WP-G', { gradient: 'WP', scope: 'G', K: 1 }],
  ['Poisson, SG-RFG-L-LL', { experiment: 'poisson', gradient: 'RFG', scope: 'L', K: 2, localLosses: true }],
  [
    'Poisson, SG-RFG-L-flipout-LL',
    { experiment: 'poisson', gradient: 'RFG', K: 2, flipout: true, localLosses: true },
  ],
  ['reaction-diffusion, SG-BP', { experiment: 'reaction-diffusion', gradient: 'BP' }],
];

for (const [name, pinned] of METHODS) {
  test(`${name}: runs side by side give the bits of each by itself`, async () => {
    const { equal, differ } = await page.evaluate(([p]) => harness.sideBySide(p), [pinned]);
    expect({ equal, differ }).toEqual({ equal: [true, true, true], differ: true });
  });
}

const ROWS: readonly (readonly [string, Pinned])[] = [
  ['WSG-RFG-A', { gradient: 'RFG', scope: 'A', K: 2, surrogate: 'WSG' }],
  ['WP-A', { gradient: 'WP', scope: 'A', K: 2 }],
];

for (const [name, pinned] of [...METHODS, ...ROWS]) {
  test(`${name}: nothing is read that the step itself has not written`, async () => {
    const { equal, finite, buffers } = await page.evaluate(([p]) => harness.poisoned(p), [pinned]);
    expect({ equal, finite }).toEqual({ equal: true, finite: true });
    expect(buffers).toBeGreaterThan(3);
  });
}

test('runs that do not fit side by side are computed one after another', async () => {
  const result = await page.evaluate(() =>
    harness.sideBySide({ gradient: 'BP' }, { maxComputeWorkgroupsPerDimension: 2 }),
  );
  expect(result.equal).toEqual([true, true, true]);
  expect(result.dispatches).toBe(2 * 5 * 4);
});

/** Their stages are all that are cut into workgroups. */
const CUT = METHODS.filter(([name]) => ['SG-BP', 'WP-G', 'Poisson, SG-RFG-L-flipout-LL'].includes(name));
for (const [name, pinned] of CUT) {
  test(`${name}: a few workgroups do the work of many`, async () => {
    const most = name.startsWith('WP') || name.includes('RFG') ? 8 : 2;
    const { equal } = await page.evaluate(
      ([p, n]) => harness.cramped(p, { maxComputeWorkgroupsPerDimension: n }),
      [pinned, most] as const,
    );
    expect(equal).toBe(true);
  });
}

test('training goes on when the device is lost: on a new one, then on WebAssembly, with no gap in the losses', async () => {
  const pinned: Pinned = { T: 8, batch: [16], hidden: [[6, 6]] };
  const { whole, broken } = await page.evaluate(
    async ([p]) => ({
      whole: await harness.runThroughLosses(p, 9, []),
      broken: await harness.runThroughLosses(p, 9, [3, 6]),
    }),
    [pinned],
  );
  expect(whole.reports).toEqual([]);
  expect(broken.losses).toHaveLength(9);
  expect(broken.losses.slice(0, 6)).toEqual(whole.losses.slice(0, 6));
  for (const [step, loss] of broken.losses.entries())
    expect(Math.abs(loss - whole.losses[step])).toBeLessThan(1e-3);
  expect(broken.reports.map((report) => report.engine)).toEqual(['webgpu', 'wasm']);
  expect(broken.reports[0].reason).toMatch(/new device: the WebGPU device was lost/);
  expect(broken.reports[1].reason).toMatch(/lost 2 times/);
});

test('a lost device is a typed error, and a new engine goes on from the last state', async () => {
  const { during, afterwards, continues } = await page.evaluate(() =>
    harness.lose({ gradient: 'BP', batch: [64] }),
  );
  expect(during).toMatchObject({ name: 'DeviceLostError', message: expect.stringContaining('destroyed') });
  expect(afterwards.name).toBe('DeviceLostError');
  expect(continues).toBe(true);
});

test('commands that the device refuses are an error, not a stale answer', async () => {
  const { error, recovers } = await page.evaluate(() => harness.refused({ gradient: 'BP' }));
  expect(error.message).toMatch(/^the GPU refused the work: .*destroyed/s);
  expect(recovers).toBe(true);
});

test('work that is too large is refused with its size and the limit', async () => {
  const history = await page.evaluate(() =>
    harness.tooLarge({ gradient: 'BP' }, { maxStorageBufferBindingSize: 200_000 }),
  );
  expect(history).toEqual({
    name: 'TooLargeError',
    message:
      'WebGPU: what is kept of every time step (337 parameters, 128 rows) needs 540,672 bytes, this device allows 200,000 bytes',
  });
  const directions = await page.evaluate(() =>
    harness.tooLarge(
      { gradient: 'RFG', K: 32, hidden: [[512, 512, 512, 512]], init: 'uniform' },
      { maxBufferSize: 64 << 20 },
    ),
  );
  expect(directions.message).toContain('one step’s directions (790,017 parameters, 64 rows) needs 101.1 MB');
});

for (const where of ['page', 'worker'] as const) {
  test(`in a ${where} a software adapter is chosen only when asked for`, async () => {
    const auto = await page.evaluate(([w]) => harness.choose('auto', w), [where] as const);
    expect(auto.trials[0]).toMatchObject({ name: 'webgpu', ok: false });
    expect(auto.trials[0].reason).toMatch(/^only a software adapter \(.*swiftshader.*\)$/i);
    expect(auto.engine).toBe('wasm');
    expect(auto.reason).toBe(auto.trials[0].reason);
    const forced = await page.evaluate(([w]) => harness.choose('webgpu', w), [where] as const);
    expect(forced.engine).toBe('webgpu');
    expect(forced.trials).toEqual([
      {
        name: 'webgpu',
        ok: true,
        reason: expect.stringMatching(/swiftshader/i),
        msPerStep: expect.any(Number),
      },
    ]);
  });
}

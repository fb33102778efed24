import fc from 'fast-check';
import { ConfigError } from '../../src/settings/fields.ts';
import { createBoard } from '../../src/state/board/board.ts';
import type { BoardPort, BoardRecord } from '../../src/state/board/board-state.ts';
import { planBoard } from '../../src/state/board/plan.ts';
import type { RunStore } from '../../src/state/kept/browser.ts';
import { createKeeping, type KeepingFault } from '../../src/state/kept/keeping.ts';
import type { KeptNote, KeptSession } from '../../src/state/kept/kept.ts';
import { createPlayground, type Playground } from '../../src/state/playground.ts';
import { parseHash } from '../../src/state/url.ts';
import { resolveConfig } from '../../src/training/presets.ts';
import { checkRun, parseRun, RunFileError } from '../../src/training/run-file.ts';
import { portHere } from '../support/worker.ts';
import { mutatedRun } from './files.ts';
import { mutatedRecord } from './mutations.ts';
import { demand, demandClear, demandEqual, type Property, property, readOrRefused } from './property.ts';
import { bounded, pins } from './values.ts';

const SMALL = { T: 4, batch: [8], hidden: [[4]], steps: 400 } as const;

async function withPage(
  options: Partial<Parameters<typeof createPlayground>[0]>,
  use: (page: Playground) => Promise<void>,
): Promise<void> {
  const page = createPlayground({ spawn: () => portHere(), pinned: SMALL, ...options });
  try {
    await page.actions.start();
    await use(page);
  } finally {
    page.actions.dispose();
  }
}

/** What the page has of its run, and how it is looked at. */
const stateOf = ({ app, lane }: Playground) => {
  const { status, pace, pinned, config, comparison, engineChoice, presentation, lanes } = app.getState();
  const { state, step, end, log, planned } = lane.getState();
  return {
    ...{ status, pace, pinned, config, comparison, engineChoice, presentation, lanes: lanes.length },
    ...{ state, step, end, log, planned },
  };
};

/** No number that is not finite is shown, unless the run says that it diverged. With `gaps`, losses may not have been measured. */
function allFinite({ app, lane }: Playground, what: string, gaps = false): void {
  const { losses, metrics, state, step } = lane.getState();
  const { status, notice } = app.getState();
  const diverged = status === 'diverged';
  for (const loss of losses.measuredUntil(step))
    demand(
      Number.isFinite(loss) || (Number.isNaN(loss) && (gaps || diverged)),
      () => `${what}: a loss is ${loss}`,
    );
  for (const { value } of metrics) demand(value >= 0, () => `${what}: an error is ${value}`);
  for (const array of state ? [state.theta, state.m, state.v] : [])
    demand(array.every(Number.isFinite), () => `${what}: a weight is not finite`);
  if (notice) demandClear(notice.text);
  demand(!diverged || notice !== undefined, () => `${what}: diverged, and nothing is said`);
}

/** Multiplications of a step, roughly; the page does some more around each. */
const MOST_WORK = 30_000;

const kept: KeptSession[] = [];
const notes: KeptNote[] = [];
/** What the page itself keeps, of a run alone and of lanes. */
async function keptRuns(): Promise<readonly { note: KeptNote; run: KeptSession }[]> {
  if (kept.length === 0)
    for (const hash of ['', '#gradient=RFG&lanes=gradient=BP,K=2&letters=CAB&blind=true'])
      await withPage(
        { ...parseHash(hash), pinned: { ...SMALL, ...parseHash(hash).pinned } },
        async (page) => {
          await page.actions.step(5);
          await page.actions.set({ sigma: 0.4 });
          await page.actions.step(3);
          const keeping = createKeeping(page, {
            store: {
              list: async () => [],
              load: async () => undefined,
              save: async (note, run) => {
                notes.push(note);
                kept.push(structuredClone(run));
              },
              remove: async () => undefined,
            },
            claim: { take: async () => () => undefined, taken: async () => new Set() },
            tab: { last: undefined, left: false },
            check: async (run) => checkRun(run),
            tell: () => undefined,
          });
          await keeping.save();
          keeping.dispose();
        },
      );
  return kept.map((run, i) => ({ note: notes[i], run }));
}
const KEPT = await keptRuns();

/** A page that is asked to go on with what a browser kept: it does, or says why not and stays as it was. */
async function goesOnOrStays({ note, run }: { note: KeptNote; run: KeptSession }): Promise<void> {
  await withPage({}, async (page) => {
    await page.actions.step(2);
    const faults: KeepingFault[] = [];
    const store: RunStore = {
      list: async () => [note],
      load: async () => run,
      save: async () => undefined,
      remove: async () => undefined,
    };
    const keeping = createKeeping(page, {
      store,
      claim: { take: async () => () => undefined, taken: async () => new Set() },
      tab: { last: undefined, left: false },
      check: async (one) => checkRun(one),
      tell: (fault) => faults.push(fault),
    });
    try {
      await keeping.look();
      const before = stateOf(page);
      await page.app.getState().offer?.goOn();
      for (const fault of faults) if (fault.kind === 'unusable') demandClear(fault.message);
      if (faults.length > 0) demandEqual(stateOf(page), before, 'the page, after a kept run was refused');
      await page.actions.pause();
      await page.actions.step(1);
      allFinite(page, 'a kept run', true);
      demand(
        ['paused', 'finished', 'diverged'].includes(page.app.getState().status),
        () => `the page is ${page.app.getState().status}: ${page.app.getState().notice?.text}`,
      );
    } finally {
      keeping.dispose();
    }
  });
}

const BOARDS: readonly BoardRecord[] = [{}, { T: 4, hidden: [[4]] }].map((shared, i): BoardRecord => {
  const plan = { shared, seeds: 1 + i, varyData: i > 0 };
  const config = resolveConfig(shared);
  const state = {
    theta: new Float64Array(9),
    m: new Float64Array(9),
    v: new Float64Array(9),
    step: 3,
    momentSteps: 3,
    seed: 1,
  };
  const runs = planBoard(plan).map((entry, k) => {
    if (k % 4 === 0)
      return {
        ...entry,
        status: 'done',
        step: config.steps,
        ms: 12,
        result: { error: 0.1, steps: config.steps, ms: 12 },
      } as const;
    if (k % 4 === 1) return { ...entry, status: 'training', step: 3, ms: 4, at: { state, ms: 4 } } as const;
    if (k % 4 === 2) return { ...entry, status: 'failed', step: 0, ms: 0, message: 'it fell over' } as const;
    return { ...entry, status: 'waiting', step: 0, ms: 0 } as const;
  });
  return { plan, runs, ms: 1000, running: i > 0 };
});

/** A board that a browser kept is shown, or left out with a word; a new one can be begun. */
async function boardIsShownOrLeftOut(record: BoardRecord): Promise<void> {
  const silent = (): BoardPort => ({
    postMessage: () => undefined,
    terminate: () => undefined,
    onmessage: null,
    onerror: null,
  });
  const { store, actions } = createBoard({
    spawn: silent,
    keeper: { load: async () => structuredClone(record), save: async () => undefined },
    threads: 2,
  });
  try {
    await actions.peek();
    actions.enter();
    for (let n = 0; n < 20 && store.getState().held !== 'here'; n++) await Promise.resolve();
    const { unkept, runs, status, held, plan, ms } = store.getState();
    demand(held === 'here', () => 'the board was not taken over');
    if (unkept !== undefined) demandClear(unkept);
    demand(Number.isFinite(ms), () => `the board took ${ms} ms`);
    demand(
      (plan === undefined) === (status === 'empty') && runs.length > 0 === (status !== 'empty'),
      () => `${runs.length} runs, ${status}`,
    );
    for (const { id, method, seed, config, result, step } of runs) {
      demand(
        [id, method].every((text) => typeof text === 'string' && text !== ''),
        () => `a run is called ${id}, ${method}`,
      );
      demand(
        [seed, step, ...(result ? [result.steps, result.ms] : [])].every(Number.isFinite),
        () => `${id}: a number is none`,
      );
      demandEqual(resolveConfig(config), config, id);
    }
    actions.pause();
    actions.begin({ shared: {}, seeds: 1, varyData: false });
    demand(store.getState().status === 'running', () => 'no new board can be begun');
  } finally {
    actions.dispose();
  }
}

export const PAGES: readonly Property[] = [
  property(
    'a page under any settings',
    { full: 1000, short: 8 },
    fc.tuple(pins, pins),
    async ([first, second]) => {
      const small = (wanted: typeof first) => {
        const { pinned } = parseHash(linkTo(wanted));
        return bounded(
          { ...pinned, trainFunctions: 10, testFunctions: 10, steps: Math.max(4, pinned.steps ?? 4) },
          MOST_WORK,
        );
      };
      await withPage({ pinned: small(first) }, async (page) => {
        await page.actions.step(2);
        allFinite(page, JSON.stringify(small(first)));
        await page.actions.set(small(second));
        await page.actions.step(2);
        allFinite(page, JSON.stringify([small(first), small(second)]));
        const { status, notice } = page.app.getState();
        demand(status !== 'starting' && status !== 'playing', () => `the page is ${status}: ${notice?.text}`);
      });
    },
  ),
  property(
    'a page that opens a run’s file that came to harm',
    { full: 2000, short: 12 },
    mutatedRun,
    async (text) => {
      const run = await readOrRefused(() => parseRun(text), RunFileError, ConfigError);
      if (!run) return;
      await withPage({}, async (page) => {
        await page.actions.load(run);
        allFinite(page, 'an opened run', true);
        await page.actions.step(1);
        allFinite(page, 'an opened run, a step on', true);
      });
    },
  ),
  property('kept runs that came to harm', { full: 2000, short: 30 }, mutatedRecord(KEPT), goesOnOrStays),
  property(
    'kept boards that came to harm',
    { full: 20_000, short: 200 },
    mutatedRecord(BOARDS),
    boardIsShownOrLeftOut,
  ),
];

function linkTo(wanted: object): string {
  const parts = Object.entries(wanted).map(([name, value]) => `${name}=${encodeURIComponent(textOf(value))}`);
  return `#${parts.join('&')}`;
}
const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map((one) => (Array.isArray(one) ? one.join('-') : String(one))).join('/')
    : String(value);

import { describe, expect, it } from 'vitest';
import { until } from '../../../tests/support/worker.ts';
import { DataStore } from '../../training/data-store.ts';
import { referenceEngine } from '../../training/reference-engine.ts';
import type { FromBoard } from '../../worker/board/protocol.ts';
import { trainJob } from '../../worker/board/train.ts';
import { createBoard } from './board.ts';
import type { BoardKeeper, BoardPort, BoardRecord } from './board-state.ts';
import type { BoardClaim, ClaimEvents } from './claim.ts';
import { isOfPaper, planBoard, sharedPins } from './plan.ts';
import { boardRows, timeLeft } from './rows.ts';

const shared = { T: 3, batch: [4], hidden: [[3]], steps: 12 } as const;
const plan = { shared, seeds: 2, varyData: false };

/** A thread in this one; a clock that moves 200 ms at every look, so that standings come often. */
function portHere(fail?: (id: string) => boolean): BoardPort {
  let halted = false;
  let ended = false;
  let time = 0;
  const store = new DataStore(1);
  const port: BoardPort = {
    onmessage: null,
    onerror: null,
    terminate() {
      ended = true;
    },
    postMessage(message) {
      halted = message.kind === 'halt';
      if (message.kind === 'halt') return;
      const tell = (data: FromBoard) =>
        !ended && port.onmessage?.({ data: structuredClone(data) } as MessageEvent<FromBoard>);
      if (fail?.(message.job.id)) {
        setTimeout(() => port.onerror?.({ message: 'out of memory' } as ErrorEvent));
        return;
      }
      void trainJob(structuredClone(message.job), referenceEngine, store, {
        now: () => (time += 200),
        breathe: () => new Promise((resolve) => setTimeout(resolve)),
        tell,
        halted: () => halted || ended,
      });
    },
  };
  return port;
}

function memory(): BoardKeeper & { kept?: BoardRecord } {
  const keeper: BoardKeeper & { kept?: BoardRecord } = {
    load: async () => keeper.kept,
    save: async (kept) => {
      keeper.kept = structuredClone(kept);
    },
  };
  return keeper;
}
const errorsOf = (board: ReturnType<typeof createBoard>) =>
  board.store.getState().runs.map((run) => run.result?.error);

/** A board that this tab has and somebody looks at. */
async function entered(options: Parameters<typeof createBoard>[0]) {
  const board = createBoard(options);
  board.actions.enter();
  await until(() => board.store.getState().held !== 'no');
  return board;
}

async function finished(threads: number) {
  const board = await entered({ spawn: () => portHere(), keeper: memory(), threads });
  board.actions.begin(plan);
  await until(() => board.store.getState().status === 'finished');
  return board;
}

describe('the board', () => {
  it('trains every method with every seed and fills the table', async () => {
    const board = await finished(2);
    const { runs, threads } = board.store.getState();
    expect(runs).toHaveLength(12);
    expect(threads).toBe(0);
    const rows = boardRows(runs);
    expect(rows.map(({ method }) => method)).toEqual([
      'SG-BP',
      'WSG-BP',
      'SG-RFG-G',
      'WSG-RFG-G',
      'SG-RFG-L',
      'WSG-RFG-L',
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({ results: 2, runs: 2, share: 1, failed: [] });
      expect(row.error?.min).toBeGreaterThan(0);
      expect(row.error?.min).toBeLessThan(row.error?.max ?? 0);
    }
  });

  it('gives the same numbers paused, reloaded and gone on with', async () => {
    const whole = await finished(1);
    const keeper = memory();
    const first = await entered({ spawn: () => portHere(), keeper, threads: 2 });
    first.actions.begin(plan);
    await until(() => first.store.getState().runs.some((run) => run.status === 'training' && run.step > 2));
    first.actions.pause();
    await until(() => first.store.getState().threads === 0 && keeper.kept !== undefined);
    await until(() => keeper.kept?.runs.every((run) => run.status !== 'training') === true);
    const second = await entered({ spawn: () => portHere(), keeper, threads: 2 });
    expect(second.store.getState().status).toBe('paused');
    expect(second.store.getState().runs.some((run) => run.at && run.at.state.step > 0)).toBe(true);
    second.actions.proceed();
    await until(() => second.store.getState().status === 'finished');
    expect(errorsOf(second)).toEqual(errorsOf(whole));
  });

  it('goes on without a thread that died, names the run, and tries it again when asked', async () => {
    let broken = true;
    const board = await entered({
      spawn: () => portHere((id) => broken && id === 'SG-RFG-G 1'),
      keeper: memory(),
      threads: 2,
    });
    board.actions.begin({ ...plan, seeds: 1 });
    await until(() => board.store.getState().status === 'finished');
    const row = boardRows(board.store.getState().runs).find(({ method }) => method === 'SG-RFG-G');
    expect(row).toMatchObject({ results: 0, failed: ['seed 1: out of memory'] });
    broken = false;
    board.actions.proceed();
    await until(() => board.store.getState().status === 'finished');
    expect(errorsOf(board).every((error) => error !== undefined)).toBe(true);
  });

  it('says when it cannot be kept', async () => {
    const keeper: BoardKeeper = {
      load: () => Promise.reject(new Error('forbidden')),
      save: () => Promise.reject(new Error('forbidden')),
    };
    const board = await entered({ spawn: () => portHere(), keeper, threads: 1 });
    expect(board.store.getState().unkept).toBe('forbidden');
  });

  it('that was kept damaged, or by another version, is named by its place; another takes its place', async () => {
    const keeper = memory();
    const first = await entered({ spawn: () => portHere(), keeper, threads: 1 });
    first.actions.begin(plan);
    await until(() => first.store.getState().status === 'finished');
    await until(() => keeper.kept?.runs.every((run) => run.result) === true);
    const { runs, ...rest } = keeper.kept as BoardRecord;
    first.actions.dispose();
    for (const [kept, words] of [
      [{ ...rest, runs: {} }, /^runs: {} is not allowed; allowed: Array$/],
      [
        { ...rest, runs: [{ ...runs[0], step: '3' }] },
        /^runs\.0\.step: “3” is not allowed; allowed: number$/,
      ],
      [{ ...rest, runs: [{ ...runs[0], result: undefined }] }, /^runs\.0\.result: undefined is not allowed/],
      [
        { ...rest, runs: [{ ...runs[0], config: { ...runs[0].config, T: 0 } }] },
        /^T: 0 is not allowed; allowed: /,
      ],
    ] as const) {
      keeper.kept = kept as unknown as BoardRecord;
      const board = await entered({ spawn: () => portHere(), keeper, threads: 1 });
      expect(board.store.getState()).toMatchObject({
        status: 'empty',
        unusable: expect.stringMatching(words),
      });
      board.actions.begin({ ...plan, seeds: 1 });
      expect(board.store.getState()).toMatchObject({ status: 'running', unusable: undefined });
      board.actions.dispose();
    }
  });
});

/** One holder at a time; the others wait in order. */
function sharedClaim(): BoardClaim {
  const queue: ClaimEvents[] = [];
  return (events) => {
    queue.push(events);
    if (queue.length === 1) events.granted();
    else events.elsewhere();
    return () => {
      const first = queue[0] === events;
      queue.splice(queue.indexOf(events), 1);
      if (first) queue[0]?.granted();
    };
  };
}

describe('a board that is stopped', () => {
  it('keeps the finished runs, trains the others again from their start, and is deleted when discarded', async () => {
    const keeper = memory();
    const board = await entered({ spawn: () => portHere(), keeper, threads: 1 });
    const { store, actions } = board;
    actions.begin(plan);
    await until(() => store.getState().runs.filter((run) => run.result).length >= 3);
    actions.stop();
    const stopped = errorsOf(board);
    expect(store.getState()).toMatchObject({ status: 'stopped', threads: 0 });
    expect(store.getState().runs.some((run) => run.status === 'stopped' && !run.at)).toBe(true);
    const done = stopped.filter((error) => error !== undefined).length;
    expect(boardRows(store.getState().runs).reduce((sum, row) => sum + row.results, 0)).toBe(done);
    await until(() => keeper.kept?.running === false);
    expect(keeper.kept?.runs.map((run) => run.result?.error)).toEqual(stopped);
    actions.proceed();
    await until(() => store.getState().status === 'finished');
    expect(errorsOf(board)).toEqual(errorsOf(await finished(1)));
    await actions.discard();
    expect(store.getState()).toMatchObject({ status: 'empty', runs: [] });
    expect(keeper.kept).toBeUndefined();
  });
});

describe('a board in two tabs', () => {
  it('is trained by one and watched by the other, which goes on when the first closes', async () => {
    const keeper = memory();
    const claim = sharedClaim();
    const first = await entered({ spawn: () => portHere(), keeper, claim, threads: 1 });
    first.actions.begin(plan);
    const second = await entered({ spawn: () => portHere(), keeper, claim, threads: 1 });
    expect(second.store.getState().held).toBe('elsewhere');
    await until(() => second.store.getState().status === 'running');
    second.actions.pause();
    second.actions.stop();
    await second.actions.discard();
    expect(() => second.actions.begin(plan)).toThrow(/another one has it/);
    expect(second.store.getState()).toMatchObject({ status: 'running', threads: 0 });
    await until(() => first.store.getState().runs.some((run) => run.at !== undefined));
    first.actions.dispose();
    await until(() => second.store.getState().held === 'here');
    await until(() => second.store.getState().status === 'finished');
    expect(errorsOf(second)).toEqual(errorsOf(await finished(1)));
  });

  it('is left to the other while it rests and nobody looks, and shown without being taken', async () => {
    const keeper = memory();
    const claim = sharedClaim();
    const first = await entered({ spawn: () => portHere(), keeper, claim, threads: 2 });
    first.actions.begin(plan);
    first.actions.leave();
    await until(() => first.store.getState().status === 'finished');
    await until(() => first.store.getState().held === 'no');
    const second = await entered({ spawn: () => portHere(), keeper, claim, threads: 1 });
    expect(second.store.getState()).toMatchObject({ held: 'here', status: 'finished' });
    const third = createBoard({ spawn: () => portHere(), keeper, claim, threads: 1 });
    await third.actions.peek();
    expect(third.store.getState()).toMatchObject({ held: 'no', status: 'finished' });
  });
});

describe('the plan', () => {
  it('takes over what all methods share, and refuses too many seeds', () => {
    expect(sharedPins({ ...shared, gradient: 'RFG', rate: 0.5, seed: 9, boundary: 'soft' })).toEqual({
      ...shared,
      boundary: 'soft',
    });
    expect(planBoard({ shared: { experiment: 'poisson' }, seeds: 1, varyData: false })).toHaveLength(10);
    const beyond = planBoard({ shared: { experiment: 'poisson' }, seeds: 1, varyData: false, beyond: true });
    expect(beyond.filter(({ method }) => !isOfPaper(method, 'poisson')).map(({ config }) => config)).toEqual(
      (['G', 'L'] as const).map((scope) =>
        expect.objectContaining({ gradient: 'WP', scope, experiment: 'poisson' }),
      ),
    );
    expect(beyond).toHaveLength(12);
    const varied = planBoard({ ...plan, varyData: true });
    expect(varied.map(({ config }) => config.dataSeed === config.seed)).not.toContain(false);
    expect(() => planBoard({ ...plan, seeds: 21 })).toThrow(/seeds: 21 is not allowed; allowed: .* 1 to 20/);
  });
});

it('the time left follows the pace of each method', () => {
  const [run] = planBoard({ ...plan, seeds: 1 });
  const base = { ...run, status: 'waiting' as const, step: 0, ms: 0 };
  expect(timeLeft([base], 2)).toBeUndefined();
  const runs = [
    { ...base, status: 'training' as const, step: 6, ms: 60 },
    { ...base, method: 'other', step: 0 },
  ];
  expect(timeLeft(runs, 2)).toBeCloseTo((6 * 10 + 12 * 10) / 2);
});

import { createStore } from 'zustand/vanilla';
import {
  type BoardOptions,
  type BoardRecord,
  type BoardRun,
  type BoardState,
  statusAtRest,
} from './board-state.ts';
import { alwaysGranted } from './claim.ts';
import { Crew } from './crew.ts';
import { boardRecord } from './kept-board.ts';
import { type BoardPlan, planBoard } from './plan.ts';

const SAVE_MS = 2000;
/** How often a tab that only watches looks what the other one has kept. */
const WATCH_MS = 1500;

/**
 * Trains the methods of an experiment's table over several seeds, several runs at once; goes on after a reload. Of several
 * tabs one has the board; the others watch what it keeps.
 */
export function createBoard({
  spawn,
  keeper,
  claim = alwaysGranted,
  threads,
  now = () => performance.now(),
}: BoardOptions) {
  const store = createStore<BoardState>(() => ({
    status: 'empty',
    runs: [],
    held: 'no',
    threads: 0,
    ms: 0,
  }));
  let since = 0;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  let watchTimer: ReturnType<typeof setInterval> | undefined;
  let giveUp: (() => void) | undefined;
  /** Somebody looks at the board. */
  let present = false;

  /** Time so far, the present stretch included. */
  const elapsed = () => {
    const { ms, status, held } = store.getState();
    return ms + (status === 'running' && held === 'here' ? now() - since : 0);
  };
  const unkept = (error: unknown) =>
    store.setState({ unkept: error instanceof Error ? error.message : String(error) });

  /** What is kept of the board; nothing, with a word, where it cannot be used. */
  async function load(): Promise<BoardRecord | undefined> {
    const kept = await keeper.load();
    try {
      return boardRecord(kept);
    } catch (error) {
      store.setState({ unusable: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }

  async function save(): Promise<void> {
    clearTimeout(saveTimer);
    saveTimer = undefined;
    const { plan, runs, status, held } = store.getState();
    if (held !== 'here') return;
    try {
      await keeper.save(plan && { plan, runs, ms: elapsed(), running: status === 'running' });
    } catch (error) {
      unkept(error);
    }
  }

  const crew = new Crew({
    store,
    spawn,
    onStanding: () => {
      saveTimer ??= setTimeout(() => void save(), SAVE_MS);
    },
    onIdle: () => {
      const { status, runs } = store.getState();
      const rest = statusAtRest(runs);
      if (status === 'running' && rest !== 'paused') store.setState({ ms: elapsed(), status: rest });
      void save().then(leaveToOthers);
    },
  });

  /** Another tab may have a board that rests and that nobody here looks at. */
  function leaveToOthers(): void {
    const { status, held } = store.getState();
    if (present || held !== 'here' || status === 'running' || crew.size > 0) return;
    giveUp?.();
    giveUp = undefined;
    store.setState({ held: 'no' });
  }

  function run(): void {
    since = now();
    store.setState({ status: 'running' });
    crew.start(threads);
    if (crew.size === 0) store.setState({ status: statusAtRest(store.getState().runs) });
    void save();
  }

  function show(record: BoardRecord | undefined, status = statusAtRest(record?.runs ?? [])): void {
    store.setState({ plan: record?.plan, runs: record?.runs ?? [], ms: record?.ms ?? 0, status });
  }

  async function takeOver(): Promise<void> {
    clearInterval(watchTimer);
    try {
      const record = await load();
      const runs = record?.runs.map(
        (r): BoardRun => (r.status === 'training' ? { ...r, status: 'waiting' } : r),
      );
      show(record && { ...record, runs: runs ?? [] });
      store.setState({ held: 'here' });
      if (record?.running && store.getState().status === 'paused') run();
    } catch (error) {
      unkept(error);
      store.setState({ held: 'here' });
    }
    leaveToOthers();
  }

  async function watch(): Promise<void> {
    const record = await load();
    if (store.getState().held === 'elsewhere') show(record, record?.running ? 'running' : undefined);
  }

  const mine = () => store.getState().held === 'here';

  const actions = {
    /** Somebody looks at the board: takes it up as it was kept, and goes on with it if it was training. */
    enter() {
      present = true;
      giveUp ??= claim({
        granted: () => void takeOver(),
        elsewhere: () => {
          store.setState({ held: 'elsewhere' });
          clearInterval(watchTimer);
          watchTimer = setInterval(() => watch().catch(unkept), WATCH_MS);
          watch().catch(unkept);
        },
      });
    },
    /** Nobody looks any more. Training goes on; a board that rests is left to other tabs. */
    leave() {
      present = false;
      if (mine()) void save().then(leaveToOthers);
    },
    /** How the kept board stands, without asking for it. */
    async peek() {
      const record = await load().catch(() => undefined);
      const { held, status } = store.getState();
      if (record && held === 'no' && status === 'empty') show(record);
    },
    /** Trains a new board in place of the one there is. @throws ConfigError, RangeError, and Error when another tab has the board */
    begin(plan: BoardPlan) {
      if (!mine()) throw new Error('the board is not this tab’s: another one has it');
      const planned = planBoard(plan);
      crew.stop();
      const runs = planned.map((each): BoardRun => ({ ...each, status: 'waiting', step: 0, ms: 0 }));
      store.setState({ plan, ms: 0, runs, unusable: undefined });
      run();
    },
    /** Every run stops where it stands, to be gone on with from there. */
    pause() {
      if (!mine() || store.getState().status !== 'running') return;
      store.setState({ ms: elapsed(), status: 'paused' });
      crew.halt();
      void save();
    },
    /** Goes on with a board that rests; runs that failed or were stopped are trained again. */
    proceed() {
      if (!mine() || !['paused', 'stopped', 'finished'].includes(store.getState().status)) return;
      crew.stop();
      store.setState(({ runs }) => ({
        runs: runs.map((r) => (r.status === 'done' ? r : { ...r, status: 'waiting', message: undefined })),
      }));
      run();
    },
    /** Gives up the runs that are not finished; those that are, and the table, stay. */
    stop() {
      if (!mine() || !['running', 'paused'].includes(store.getState().status)) return;
      const ms = elapsed();
      crew.stop();
      const stoppedRun = ({ id, method, seed, config }: BoardRun): BoardRun => ({
        ...{ id, method, seed, config },
        ...{ status: 'stopped', step: 0, ms: 0 },
      });
      store.setState(({ runs }) => {
        const rest = runs.map((r) => (r.status === 'waiting' || r.status === 'training' ? stoppedRun(r) : r));
        return { runs: rest, ms, status: statusAtRest(rest) };
      });
      void save();
    },
    /** Deletes the board with all its results, also what is kept beyond the page. */
    async discard() {
      if (!mine()) return;
      crew.stop();
      show(undefined);
      await save();
    },
    elapsed,
    dispose() {
      crew.stop();
      clearInterval(watchTimer);
      giveUp?.();
      giveUp = undefined;
    },
  };
  return { store, actions };
}

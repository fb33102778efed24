import { createStore } from 'zustand/vanilla';
import type { BoardResult, FromBoard, Standing, ToBoard } from '../../worker/board/protocol.ts';
import { type BoardPlan, type PlannedRun, planBoard } from './plan.ts';

/** The part of Worker that the board needs. */
export interface BoardPort {
  postMessage(message: ToBoard): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromBoard>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Keeps a board beyond the page. */
export interface BoardKeeper {
  load(): Promise<Kept | undefined>;
  save(kept: Kept | undefined): Promise<void>;
}

export interface BoardRun extends PlannedRun {
  readonly status: 'waiting' | 'training' | 'done' | 'failed';
  readonly step: number;
  /** Time spent training so far, in ms. */
  readonly ms: number;
  /** What the run can be gone on with. */
  readonly at?: Standing;
  readonly result?: BoardResult;
  /** Why it failed. */
  readonly message?: string;
}

export type BoardStatus = 'empty' | 'running' | 'paused' | 'finished';

export interface BoardState {
  readonly status: BoardStatus;
  readonly plan?: BoardPlan;
  readonly runs: readonly BoardRun[];
  /** Why the board is not kept beyond the page. */
  readonly unkept?: string;
  /** Threads at work. */
  readonly threads: number;
  /** Time that the board has been running, in ms. */
  readonly ms: number;
}

/** A board as it is kept. */
export interface Kept {
  readonly plan: BoardPlan;
  readonly runs: readonly BoardRun[];
  readonly ms: number;
}

export interface BoardOptions {
  readonly spawn: () => BoardPort;
  readonly keeper: BoardKeeper;
  /** Runs that train at once. */
  readonly threads: number;
  readonly now?: () => number;
}

const SAVE_MS = 2000;

/** Trains the methods of an experiment's table over several seeds, several runs at once; goes on after a reload. */
export function createBoard({ spawn, keeper, threads, now = () => performance.now() }: BoardOptions) {
  const store = createStore<BoardState>(() => ({ status: 'empty', runs: [], threads: 0, ms: 0 }));
  const members = new Set<BoardPort>();
  let since = 0;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;

  function update(id: string, change: Partial<BoardRun>): void {
    store.setState(({ runs }) => ({
      runs: runs.map((run) => (run.id === id ? { ...run, ...change } : run)),
    }));
  }

  /** Time so far, the present stretch included. */
  const elapsed = () => store.getState().ms + (store.getState().status === 'running' ? now() - since : 0);

  async function save(): Promise<void> {
    clearTimeout(saveTimer);
    saveTimer = undefined;
    const { plan, runs } = store.getState();
    try {
      await keeper.save(plan && { plan, runs, ms: elapsed() });
    } catch (error) {
      store.setState({ unkept: error instanceof Error ? error.message : String(error) });
    }
  }
  const saveSoon = () => {
    saveTimer ??= setTimeout(() => void save(), SAVE_MS);
  };

  /** A thread takes the next run that waits; without one it ends, and with the last thread the board. */
  function next(port: BoardPort): void {
    const { runs, status } = store.getState();
    const run = status === 'running' ? runs.find((r) => r.status === 'waiting') : undefined;
    if (!run) {
      retire(port);
      return;
    }
    update(run.id, { status: 'training' });
    const receive = (message: FromBoard) => {
      if (message.id !== run.id) return;
      if (message.kind === 'progress') update(run.id, { step: message.step, ms: message.ms });
      else if (message.kind === 'standing') {
        update(run.id, { at: message.at, step: message.at.state.step, ms: message.at.ms });
        saveSoon();
      } else if (message.kind === 'halted') {
        update(run.id, { status: 'waiting' });
        retire(port);
      } else {
        if (message.kind === 'failed') update(run.id, { status: 'failed', message: message.message });
        else {
          const { result } = message;
          update(run.id, { status: 'done', result, at: undefined, step: result.steps, ms: result.ms });
        }
        saveSoon();
        next(port);
      }
    };
    port.onmessage = ({ data }) => receive(data);
    port.onerror = (event) => {
      update(run.id, { status: 'failed', message: event.message || 'the training thread stopped' });
      retire(port);
      if (store.getState().status === 'running') hire();
    };
    port.postMessage({ kind: 'train', job: { id: run.id, config: run.config, from: run.at } });
  }

  function hire(): void {
    const waiting = store.getState().runs.filter((run) => run.status === 'waiting').length;
    if (waiting === 0) return;
    const port = spawn();
    members.add(port);
    store.setState({ threads: members.size });
    next(port);
  }

  function retire(port: BoardPort): void {
    port.onmessage = null;
    port.onerror = null;
    port.terminate();
    members.delete(port);
    store.setState({ threads: members.size });
    const { status, runs } = store.getState();
    if (members.size > 0) return;
    const open = runs.some((run) => run.status === 'waiting' || run.status === 'training');
    if (status === 'running' && !open) store.setState({ ms: elapsed(), status: 'finished' });
    void save();
  }

  function run(): void {
    since = now();
    store.setState({ status: 'running' });
    const waiting = store.getState().runs.filter((each) => each.status === 'waiting').length;
    if (waiting === 0) store.setState({ status: 'finished' });
    for (let i = 0; i < Math.min(threads, waiting); i++) hire();
  }

  function stop(): void {
    for (const port of members) {
      port.onmessage = null;
      port.onerror = null;
      port.terminate();
    }
    members.clear();
    store.setState({ threads: 0 });
  }

  const actions = {
    /** Takes up the board that was kept, paused. */
    async restore() {
      if (store.getState().status !== 'empty') return;
      try {
        const kept = await keeper.load();
        if (!kept || store.getState().status !== 'empty') return;
        const runs = kept.runs.map((r) =>
          r.status === 'training' ? { ...r, status: 'waiting' as const } : r,
        );
        const open = runs.some((r) => r.status === 'waiting');
        store.setState({ plan: kept.plan, runs, ms: kept.ms, status: open ? 'paused' : 'finished' });
      } catch (error) {
        store.setState({ unkept: error instanceof Error ? error.message : String(error) });
      }
    },
    /** Trains a new board in place of the one there is. @throws ConfigError, RangeError */
    begin(plan: BoardPlan) {
      const planned = planBoard(plan);
      stop();
      store.setState({
        plan,
        ms: 0,
        runs: planned.map((each) => ({ ...each, status: 'waiting', step: 0, ms: 0 })),
      });
      run();
      void save();
    },
    /** Every run stops where it stands. */
    pause() {
      if (store.getState().status !== 'running') return;
      store.setState({ ms: elapsed(), status: 'paused' });
      for (const port of members) port.postMessage({ kind: 'halt' });
    },
    /** Goes on with a board that rests; runs that failed are tried again. */
    proceed() {
      if (!['paused', 'finished'].includes(store.getState().status)) return;
      stop();
      store.setState(({ runs }) => ({
        runs: runs.map((r) => (r.status === 'done' ? r : { ...r, status: 'waiting', message: undefined })),
      }));
      run();
    },
    /** Ends the board; what is finished stays until another is begun or it is cleared. */
    async clear() {
      stop();
      store.setState({ status: 'empty', plan: undefined, runs: [], ms: 0 });
      await save();
    },
    elapsed,
    dispose: stop,
  };
  return { store, actions };
}
export type Board = ReturnType<typeof createBoard>;

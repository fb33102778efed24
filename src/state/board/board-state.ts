import type { BoardResult, FromBoard, Standing, ToBoard } from '../../worker/board/protocol.ts';
import type { BoardClaim } from './claim.ts';
import type { BoardEntry, BoardPlan } from './plan.ts';

/** The part of Worker that the board needs. */
export interface BoardPort {
  postMessage(message: ToBoard): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromBoard>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Keeps a board beyond the page. */
export interface BoardKeeper {
  /** What was saved last, as the browser has it. */
  load(): Promise<unknown>;
  save(record: BoardRecord | undefined): Promise<void>;
}

export interface BoardRun extends BoardEntry {
  /** stopped: given up before its end. */
  readonly status: 'waiting' | 'training' | 'done' | 'failed' | 'stopped';
  readonly step: number;
  /** Time spent training so far, in ms. */
  readonly ms: number;
  /** What the run can be gone on with. */
  readonly at?: Standing;
  readonly result?: BoardResult;
  /** Why it failed. */
  readonly message?: string;
}

/** stopped: the runs that were not finished have been given up; those that were are kept. */
export type BoardStatus = 'empty' | 'running' | 'paused' | 'stopped' | 'finished';

export interface BoardState {
  readonly status: BoardStatus;
  readonly plan?: BoardPlan;
  readonly runs: readonly BoardRun[];
  /** Whose the board is: this tab's, another one's that is watched, or (no) not asked for. */
  readonly held: 'no' | 'here' | 'elsewhere';
  /** Why the board is not kept beyond the page. */
  readonly unkept?: string;
  /** Why the board that was kept cannot be used; it is left where it is until another one takes its place. */
  readonly unusable?: string;
  /** Threads at work. */
  readonly threads: number;
  /** Time that the board has been running, in ms. */
  readonly ms: number;
}

/** A board as it is kept. */
export interface BoardRecord {
  readonly plan: BoardPlan;
  readonly runs: readonly BoardRun[];
  readonly ms: number;
  /** It was training when it was kept, and goes on by itself. */
  readonly running?: boolean;
}

export interface BoardOptions {
  readonly spawn: () => BoardPort;
  readonly keeper: BoardKeeper;
  /** Which of several tabs has the board; this one, if it is left out. */
  readonly claim?: BoardClaim;
  /** Runs that train at once. */
  readonly threads: number;
  readonly now?: () => number;
}

/** How a board that does not train stands. */
export function statusAtRest(runs: readonly BoardRun[]): BoardStatus {
  const some = (...states: BoardRun['status'][]) => runs.some(({ status }) => states.includes(status));
  if (runs.length === 0) return 'empty';
  return some('waiting', 'training') ? 'paused' : some('stopped') ? 'stopped' : 'finished';
}

import type { Config } from '../../training/config.ts';
import type { RunState } from '../../training/engine.ts';

/** Where a run of the board stands. */
export interface Standing {
  readonly state: RunState;
  /** Time spent training so far, in ms. */
  readonly ms: number;
}

/** A run to be trained to the last step of its schedule, from its start or from where it stood. */
export interface BoardJob {
  readonly id: string;
  readonly config: Config;
  readonly from?: Standing;
}

export type ToBoard = { readonly kind: 'train'; readonly job: BoardJob } | { readonly kind: 'halt' };

export type FromBoard =
  | { readonly kind: 'progress'; readonly id: string; readonly step: number; readonly ms: number }
  /** Now and then, and when it was halted: what the run can be gone on with. */
  | { readonly kind: 'standing'; readonly id: string; readonly at: Standing }
  | { readonly kind: 'halted'; readonly id: string }
  | { readonly kind: 'done'; readonly id: string; readonly result: BoardResult }
  | { readonly kind: 'failed'; readonly id: string; readonly message: string };

/** What a finished run gave. */
export interface BoardResult {
  /** Relative L2 error on the stated grid, for an operator its mean over the test functions; undefined for a run that diverged. */
  readonly error?: number;
  readonly divergedAt?: number;
  readonly steps: number;
  readonly ms: number;
}

import type { Config } from './config.ts';
import type { RunState } from './engine.ts';
import type { ConfigChange } from './timeline.ts';

/** From each step on, the run goes on under another configuration. */
export type ChangeLog = readonly ConfigChange<Config>[];

/** An error that was measured in mid-training, on the test data (`stated`) or on a part of them (`coarse`). */
export interface Metric {
  readonly step: number;
  /** Mean relative L2 error. */
  readonly value: number;
  readonly grid: 'coarse' | 'stated';
  /** Time that training took until then, in ms; evaluation and pauses are not counted. Missing where it was not measured. */
  readonly ms?: number;
}

/** Errors that a run keeps at most. */
export const MOST_METRICS = 4000;

/** A run that can be gone on with. */
export interface SavedRun {
  /** Changes of the run, its start first; those after `state.step` are still to come. */
  readonly log: ChangeLog;
  readonly state: RunState;
  /** Losses of steps 0, 1, 2 … as measured; NaN where they were not. */
  readonly losses: Float64Array;
  /** Errors measured until then, by step. */
  readonly metrics?: readonly Metric[];
}

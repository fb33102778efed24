import type { RunState, Task } from '../../src/training/engine.ts';

/** What is timed: training steps of one method. */
export interface Workload {
  readonly method: string;
  readonly batch: number;
  readonly task: Task;
  readonly state: RunState;
}

/** A contender ready to train a workload. */
export interface Running {
  /** Training steps in one slice of the measurement: enough that the clock's grain does not show. */
  readonly steps: number;
  /** Computes one slice of training steps. */
  slice(): Promise<void>;
  dispose(): void;
}

/** One way of computing a training step. To add one: write it here and list it in ../step.mts. */
export interface Contender {
  readonly name: string;
  /** What the machine lacks for it; undefined where nothing is missing. */
  lacks?(): Promise<string | undefined>;
  /** Undefined where it cannot compute the workload. @throws Error when what it computes is wrong */
  prepare(workload: Workload): Promise<Running | undefined>;
  /** To be called at the end, where something would keep Node from ending. */
  close?(): void | Promise<void>;
}

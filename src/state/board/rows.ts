import type { Config } from '../../training/config.ts';
import { configStanding, type PaperStanding } from '../../training/paper.ts';
import { type Summary, summarise } from '../../training/summary.ts';
import type { BoardRun } from './board-state.ts';

/** One method of the board. */
export interface BoardRow {
  readonly method: string;
  readonly config: Config;
  /** Whether the paper's figure may stand beside these runs. */
  readonly paper: PaperStanding;
  /** Of the runs that are finished; undefined while there is none. */
  readonly error?: Summary;
  /** Runs that have a result. */
  readonly results: number;
  readonly runs: number;
  readonly failed: readonly string[];
  /** Share of all its steps that are done, 0 … 1. */
  readonly share: number;
}

const sum = (runs: readonly BoardRun[], of: (run: BoardRun) => number) =>
  runs.reduce((total, run) => total + of(run), 0);
const stepsDone = (run: BoardRun) => (run.result ? run.config.steps : run.step);

/** Share of all steps of some runs that are done, 0 … 1; a run that diverged has done all of its. */
export const shareDone = (runs: readonly BoardRun[]): number =>
  runs.length > 0 ? sum(runs, stepsDone) / sum(runs, (run) => run.config.steps) : 0;

export function boardRows(runs: readonly BoardRun[]): BoardRow[] {
  const methods = [...new Set(runs.map((run) => run.method))];
  return methods.map((method) => {
    const mine = runs.filter((run) => run.method === method);
    const results = mine.filter((run) => run.result);
    const { config } = mine[0];
    return {
      method,
      config,
      paper: configStanding(config),
      error: results.length > 0 ? summarise(results.map((run) => run.result?.error ?? null)) : undefined,
      results: results.length,
      runs: mine.length,
      failed: mine.flatMap((run) => (run.message ? [`seed ${run.seed}: ${run.message}`] : [])),
      share: shareDone(mine),
    };
  });
}

/** Time that is left in ms, from the time a step took in each method so far; undefined while nothing is known. */
export function timeLeft(runs: readonly BoardRun[], threads: number): number | undefined {
  const samples = runs.filter((run) => run.step > 0 && run.ms > 0);
  if (samples.length === 0 || threads === 0) return undefined;
  const average = (some: readonly BoardRun[]) => sum(some, (run) => run.ms) / sum(some, (run) => run.step);
  const overall = average(samples);
  let ms = 0;
  for (const run of runs) {
    if (run.status === 'done' || run.status === 'failed') continue;
    const same = samples.filter((other) => other.method === run.method);
    ms += (run.config.steps - run.step) * (same.length > 0 ? average(same) : overall);
  }
  return ms / threads;
}

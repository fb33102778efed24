import process from 'node:process';
import type { Engine } from '../src/training/engine.ts';
import { loadEngine } from './engines.ts';
import type { PlannedRun } from './runs.ts';
import { type Outcome, type Progress, train } from './train.ts';

/** From the pool to a child process: compute this run. */
export interface Order {
  readonly run: PlannedRun;
  readonly liveError: boolean;
  readonly weights: boolean;
}

/** From a child process to the pool. */
export type Answer =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly message: string };

// The child's whole life: it computes the runs it is sent, one at a time, until the parent goes.
const engines = new Map<string, Engine>();
const answer = (message: Answer) => process.send?.(message);

process.on('SIGINT', () => {
  // Ctrl-C reaches the whole group; the parent decides.
});
process.on('disconnect', () => process.exit(0));
process.on('message', async ({ run, liveError, weights }: Order) => {
  try {
    const engine = engines.get(run.engine) ?? (await loadEngine(run.engine));
    engines.set(run.engine, engine);
    const report = (progress: Progress) => answer({ kind: 'progress', progress });
    answer({ kind: 'done', outcome: await train(run.config, engine, { report, liveError, weights }) });
  } catch (error) {
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});

import process from 'node:process';
import { isBaseline } from '../src/training/baseline-config.ts';
import type { Engine } from '../src/training/engine.ts';
import { computeBaseline } from './baseline.ts';
import { BASELINE_ENGINE, loadEngine, type NodeEngine } from './engines.ts';
import type { PlannedRun } from './runs.ts';
import { type Outcome, type Progress, type TrainOptions, train } from './train.ts';

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
    const report = (progress: Progress) => answer({ kind: 'progress', progress });
    answer({ kind: 'done', outcome: await compute(run, { report, liveError, weights }) });
  } catch (error) {
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});

async function compute({ method, config, engine }: PlannedRun, options: TrainOptions): Promise<Outcome> {
  if (isBaseline(method)) return computeBaseline(method, config, options);
  if (engine === BASELINE_ENGINE) throw new Error(`${method} is no baseline`);
  return train(config, await engineOf(engine), options);
}

async function engineOf(name: NodeEngine): Promise<Engine> {
  const engine = engines.get(name) ?? (await loadEngine(name));
  engines.set(name, engine);
  return engine;
}

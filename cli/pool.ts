import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Answer, Order } from './job.ts';
import type { PlannedRun } from './runs.ts';
import type { Outcome, Progress } from './train.ts';

/** What the pool tells while it computes; `worker` is 0 … jobs-1. */
interface PoolEvents {
  readonly started?: (run: PlannedRun, worker: number) => void;
  readonly progress?: (run: PlannedRun, worker: number, progress: Progress) => void;
  readonly done: (run: PlannedRun, worker: number, outcome: Outcome) => void;
  readonly failed: (run: PlannedRun, worker: number, message: string) => void;
}

interface PoolOptions {
  readonly jobs: number;
  /** Progress carries the live error, which costs some time. */
  readonly liveError?: boolean;
  /** Outcomes carry the final weights. */
  readonly weights?: boolean;
  /** Stops all child processes at once. */
  readonly signal?: AbortSignal;
}

const JOB = fileURLToPath(new URL('./job.ts', import.meta.url));
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Computes runs in child processes, `jobs` at a time; a run's result does not depend on how many there are. */
export async function computeRuns(
  runs: readonly PlannedRun[],
  events: PoolEvents,
  { jobs, liveError = false, weights = false, signal }: PoolOptions,
): Promise<void> {
  const queue = [...runs];
  const worker = async (index: number) => {
    let child: ChildProcess | undefined;
    for (let run = queue.shift(); run && !signal?.aborted; run = queue.shift()) {
      const current = run;
      if (!child?.connected) child = startChild(signal);
      events.started?.(current, index);
      const answer = await ask(child, { run: current, liveError, weights }, (progress) =>
        events.progress?.(current, index, progress),
      );
      if (signal?.aborted) break;
      if (answer.kind === 'done') events.done(current, index, answer.outcome);
      else events.failed(current, index, answer.message);
    }
    if (child?.connected) child.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(jobs, runs.length) }, (_, index) => worker(index)));
}

function startChild(signal: AbortSignal | undefined): ChildProcess {
  const child = fork(JOB, [], { execArgv: ['--import', LOADER], serialization: 'advanced' });
  const stop = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', stop);
  child.once('exit', () => signal?.removeEventListener('abort', stop));
  return child;
}

/** Sends an order and waits for its end; a child that dies counts as a failure. */
function ask(
  child: ChildProcess,
  order: Order,
  progress: (progress: Progress) => void,
): Promise<Exclude<Answer, { kind: 'progress' }>> {
  return new Promise((resolve) => {
    const finish = (answer: Exclude<Answer, { kind: 'progress' }>) => {
      child.off('message', hear);
      child.off('exit', died);
      resolve(answer);
    };
    const hear = (answer: Answer) => {
      if (answer.kind === 'progress') progress(answer.progress);
      else finish(answer);
    };
    const died = (code: number | null, by: string | null) =>
      finish({ kind: 'failed', message: `the process computing it ended (${by ?? `code ${code}`})` });
    child.on('message', hear);
    child.once('exit', died);
    child.send(order, (error) => {
      if (error) finish({ kind: 'failed', message: error.message });
    });
  });
}

import { PROBLEMS } from '../../problems/index.ts';
import { generateNow, type ProblemData, relativeL2 } from '../../problems/problem.ts';
import type { Config } from '../../training/config.ts';
import { type Engine, initialState, type Task } from '../../training/engine.ts';
import { problemParams, specsOf } from '../../training/specs.ts';
import type { BoardJob, BoardResult, FromBoard, Standing } from './protocol.ts';

const CHUNK_MS = 60;
const PROGRESS_MS = 400;
const STANDING_MS = 3000;

export interface BoardHost {
  now(): number;
  /** Lets waiting messages be handled. */
  breathe(): Promise<void>;
  tell(message: FromBoard): void;
  /** Whether the run is to stop where it stands. */
  halted(): boolean;
}

/** Trains one run to its end, or until it is halted, and tells how far it is. */
export async function trainJob(
  { id, config, from }: BoardJob,
  engine: Engine,
  dataOf: (config: Config) => Promise<ProblemData>,
  host: BoardHost,
): Promise<void> {
  const data = await dataOf(config);
  const task: Task = { specs: specsOf(config), data: data.train };
  let at: Standing = from ?? { state: initialState(task, config.seed), ms: 0 };
  let chunk = 1;
  let [told, kept] = [host.now(), host.now()];
  const done = (result: Omit<BoardResult, 'ms' | 'steps'>) =>
    host.tell({ kind: 'done', id, result: { ...result, steps: at.state.step, ms: at.ms } });

  while (at.state.step < config.steps) {
    const steps = Math.min(chunk, config.steps - at.state.step);
    const begun = host.now();
    const [result] = await engine.advance([{ task, state: at.state }], steps);
    const took = Math.max(0.1, host.now() - begun);
    at = { state: result.state, ms: at.ms + took };
    if (result.divergedAt !== undefined) return done({ divergedAt: result.divergedAt });
    chunk = Math.max(1, Math.min(2 * chunk, Math.round((CHUNK_MS * steps) / took)));
    const now = host.now();
    if (now - told > PROGRESS_MS) {
      host.tell({ kind: 'progress', id, step: at.state.step, ms: at.ms });
      told = now;
    }
    if (now - kept > STANDING_MS) {
      host.tell({ kind: 'standing', id, at });
      kept = now;
    }
    await host.breathe();
    if (host.halted()) {
      host.tell({ kind: 'standing', id, at });
      host.tell({ kind: 'halted', id });
      return;
    }
  }
  const { network, layout } = task.specs;
  const output = await engine.outputs(network, layout, at.state.theta, data.test);
  done({ error: relativeL2(output, data.test) });
}

/** Data of the latest problem: most runs of a table share them. */
export function latestData(): (config: Config) => Promise<ProblemData> {
  let latest: { key: string; data: ProblemData } | undefined;
  return async (config) => {
    const params = problemParams(config);
    const key = JSON.stringify([config.experiment, params]);
    if (latest?.key !== key) {
      const problem = PROBLEMS[config.experiment];
      await problem.load?.(params);
      latest = { key, data: generateNow(problem, params) };
    }
    return latest.data;
  };
}

import { relativeL2 } from '../../problems/problem.ts';
import { ChunkSize, chunksUntil } from '../../training/chunks.ts';
import type { DataStore } from '../../training/data-store.ts';
import { type Engine, initialState, type Task } from '../../training/engine.ts';
import { specsOf } from '../../training/specs.ts';
import type { BoardJob, BoardResult, FromBoard, Standing } from './protocol.ts';

const CHUNK_MS = 60;
const PROGRESS_MS = 400;
const STANDING_MS = 3000;

interface BoardHost {
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
  store: DataStore,
  host: BoardHost,
): Promise<void> {
  const data = await store.allDataOf(config);
  const task: Task = { specs: specsOf(config), data: data.train };
  let at: Standing = from ?? { state: initialState(task, config.seed), ms: 0 };
  let [toldAt, keptAt] = [host.now(), host.now()];
  const finish = (result: Omit<BoardResult, 'ms' | 'steps'>) =>
    host.tell({ kind: 'done', id, result: { ...result, steps: at.state.step, ms: at.ms } });

  const size = new ChunkSize(CHUNK_MS, () => host.now());
  for await (const chunk of chunksUntil(engine, { task, state: at.state }, config.steps, size)) {
    at = { state: chunk.state, ms: at.ms + chunk.ms };
    if (chunk.divergedAt !== undefined) return finish({ divergedAt: chunk.divergedAt });
    const now = host.now();
    if (now - toldAt > PROGRESS_MS) {
      host.tell({ kind: 'progress', id, step: at.state.step, ms: at.ms });
      toldAt = now;
    }
    if (now - keptAt > STANDING_MS) {
      host.tell({ kind: 'standing', id, at });
      keptAt = now;
    }
    await host.breathe();
    if (host.halted()) {
      host.tell({ kind: 'standing', id, at });
      host.tell({ kind: 'halted', id });
      return;
    }
  }
  const { network } = task.specs;
  const output = await engine.outputs(network, at.state.theta, data.test);
  finish({ error: relativeL2(output, data.test) });
}

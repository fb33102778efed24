import type { Task } from '../training/engine.ts';

/** The task with other numbers of rows and directions: its data stay. */
function resized(task: Task, rows: readonly number[], K: number): Task {
  const { specs } = task;
  return {
    ...task,
    specs: {
      ...specs,
      batch: { ...specs.batch, rows },
      directions: { ...specs.directions, rows, count: K },
    },
  };
}

/**
 * What of a task that does not fit would: a smaller batch, or fewer directions as well.
 * @param drawsAny whether its method draws directions
 * @param fits whether a task fits; never asked about the one that does not.
 * @returns words for the end of a refusal, empty where narrower layers are the only way
 */
export function whatFits(task: Task, drawsAny: boolean, fits: (task: Task) => boolean): string {
  const { batch, directions } = task.specs;
  const smaller = (K: number): string | undefined => {
    let { rows } = batch;
    for (;;) {
      if (rows.every((n) => n === 1)) return undefined;
      rows = rows.map((n) => Math.max(1, n >> 1));
      if (fits(resized(task, rows, K))) return rows.join('-');
    }
  };
  for (let K = directions.count; K >= 1; K >>= 1) {
    if (K < directions.count && fits(resized(task, batch.rows, K))) return `; K = ${K} fits`;
    const rows = smaller(K);
    if (rows) return `; a batch of ${rows}${K < directions.count ? ` and K = ${K}` : ''} fits`;
    if (!drawsAny) break;
  }
  return '; narrower layers fit';
}

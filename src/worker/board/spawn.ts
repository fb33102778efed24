/** Starts a thread that trains runs of a board. */
export function spawnBoardThread(): Worker {
  return new Worker(new URL('./board.worker.ts', import.meta.url), { type: 'module' });
}

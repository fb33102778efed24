import { startWorker } from '../../kernels/start-worker.ts';
import boardAddress from './board.worker.ts?worker&url';

/** Starts a thread that trains runs of a board. */
export function spawnBoardThread(): Worker {
  return startWorker(boardAddress);
}

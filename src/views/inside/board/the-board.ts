import { createBoard } from '../../../state/board/board.ts';
import type { BoardPort } from '../../../state/board/board-state.ts';
import { browserClaim } from '../../../state/board/claim.ts';
import { browserKeeper } from '../../../state/board/keeper.ts';
import { spawnBoardThread } from '../../../worker/board/spawn.ts';
import { noteBoard } from './noted.ts';

const MOST_THREADS = 8;

/** The page's board. It trains on while its view is closed. */
export const theBoard = createBoard({
  spawn: () => spawnBoardThread() as unknown as BoardPort,
  keeper: browserKeeper(),
  claim: browserClaim(),
  threads: Math.max(1, Math.min(MOST_THREADS, navigator.hardwareConcurrency || 1)),
});

theBoard.store.subscribe(({ status }, before) => {
  if (status !== before.status) noteBoard(status === 'running' || status === 'paused');
});

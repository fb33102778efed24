import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { shareDone } from '../../../state/board/rows.ts';
import { useApp, usePlayground } from '../../context.ts';
import css from './BoardBadge.module.css';
import { theBoard } from './the-board.ts';

/** How far the board is, beside “Look inside”, while its view is closed; opens it. Loaded once there is a board. */
export default function BoardBadge() {
  const { actions } = usePlayground();
  const open = useApp((state) => state.presentation.inside === 'board');
  const { status, runs } = useStore(theBoard.store);
  const [ran, setRan] = useState(false);
  useEffect(() => void theBoard.actions.peek(), []);
  useEffect(() => {
    if (status === 'running') setRan(true);
    else if (open) setRan(false);
  }, [status, open]);
  const unfinished = status === 'running' || status === 'paused';
  if (open || !(unfinished || (ran && status === 'finished'))) return null;
  const share = `${Math.floor(100 * shareDone(runs))} %`;
  return (
    <button
      type="button"
      className={css.badge}
      onClick={() => actions.look('board')}
      data-testid="board-badge"
    >
      Board {status === 'finished' ? 'done' : share}
      {status === 'paused' && ' paused'}
    </button>
  );
}

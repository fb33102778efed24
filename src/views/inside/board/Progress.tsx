import { useEffect, useState } from 'react';
import type { BoardState } from '../../../state/board/board-state.ts';
import { shareDone, timeLeft } from '../../../state/board/rows.ts';
import css from './Progress.module.css';
import { theBoard } from './the-board.ts';

const MINUTE = 60_000;

/** 40 s, 3 min 5 s, 1 h 20 min. */
function inWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(ms / MINUTE / 60)} h ${Math.floor((ms / MINUTE) % 60)} min`;
}

/** How far the board is, how long it has taken, and about how long it will take. */
export function Progress({ state }: { readonly state: BoardState }) {
  const { runs, status, threads } = state;
  const [, tick] = useState(0);
  useEffect(() => {
    if (status !== 'running') return;
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, [status]);
  const left = status === 'running' ? timeLeft(runs, threads) : undefined;
  const finished = runs.filter((run) => run.result).length;
  const words = [
    `${finished} of ${runs.length} runs`,
    inWords(theBoard.actions.elapsed()),
    ...(left === undefined ? [] : [`about ${inWords(left)} left`]),
    ...(threads > 0 ? [`${threads} ${threads === 1 ? 'thread' : 'threads'}`] : []),
    ...(status === 'running' ? [] : [status]),
  ];
  return (
    <div className={css.progress}>
      <progress max={1} value={shareDone(runs)} aria-label="Steps of the whole board" className={css.whole} />
      <span data-testid="board-progress" data-status={status}>
        {words.join(' · ')}
      </span>
    </div>
  );
}

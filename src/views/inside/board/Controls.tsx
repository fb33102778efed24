import { useState } from 'react';
import type { BoardState } from '../../../state/board/board-state.ts';
import shared from '../shared/inside.module.css';
import css from './Controls.module.css';
import { theBoard } from './the-board.ts';

const GO_ON: Partial<Record<BoardState['status'], string>> = {
  paused: 'Go on',
  stopped: 'Train the rest',
};

/** Pause, go on, stop and discard; the last one asks first. */
export function Controls({ state }: { readonly state: BoardState }) {
  const { status, runs } = state;
  const [confirming, setConfirming] = useState(false);
  const { actions } = theBoard;
  const finished = runs.filter((run) => run.result).length;
  const failed = status === 'finished' && runs.some((run) => run.status === 'failed');
  const goOn = failed ? 'Try the failed ones again' : GO_ON[status];
  if (confirming)
    return (
      <fieldset className={css.ask}>
        <legend>
          Delete this board
          {finished > 0 && ` with the results of ${finished} finished ${finished === 1 ? 'run' : 'runs'}`},
          also what this browser keeps of it?
        </legend>
        <button type="button" className={shared.quiet} onClick={() => void actions.discard()}>
          Delete it
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: the question takes the place of the button that was pressed */}
        <button type="button" autoFocus className={shared.primary} onClick={() => setConfirming(false)}>
          Keep it
        </button>
      </fieldset>
    );
  return (
    <>
      {status === 'running' && (
        <button type="button" className={shared.primary} onClick={actions.pause}>
          Pause the board
        </button>
      )}
      {goOn && (
        <button type="button" className={shared.primary} onClick={actions.proceed}>
          {goOn}
        </button>
      )}
      {(status === 'running' || status === 'paused') && (
        <button
          type="button"
          className={shared.quiet}
          title="Gives up what still trains; finished runs and the table stay"
          onClick={actions.stop}
        >
          Stop
        </button>
      )}
      {status !== 'running' && (
        <button type="button" className={shared.quiet} onClick={() => setConfirming(true)}>
          Discard…
        </button>
      )}
    </>
  );
}

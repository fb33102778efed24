import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { BoardState } from '../../state/board/board-state.ts';
import { boardRows } from '../../state/board/rows.ts';
import css from './Board.module.css';
import { Begin } from './board/Begin.tsx';
import { Controls } from './board/Controls.tsx';
import { boardCaption } from './board/caption.ts';
import { Exports } from './board/Exports.tsx';
import { Progress } from './board/Progress.tsx';
import { RowView } from './board/RowView.tsx';
import { theBoard } from './board/the-board.ts';
import shared from './shared/inside.module.css';

/** Trains the methods of an experiment's table over several seeds on all cores, beside the paper's figures. */
export default function Board() {
  const state = useStore(theBoard.store);
  useEffect(() => {
    theBoard.actions.enter();
    return theBoard.actions.leave;
  }, []);
  return (
    <div className={shared.view} data-testid="board">
      <p className={shared.dim}>
        Trains every method of the paper’s table from scratch, here, on all cores, and puts the errors beside
        the paper’s. The board goes on while this view is closed; after a reload it goes on from where it
        stood once this view is open again, unless it was paused.
      </p>
      {state.held === 'elsewhere' && (
        <p role="status" className={shared.note} data-testid="board-elsewhere">
          Another tab of this browser has the board. It is shown here as that tab keeps it; this one takes it
          over when the other closes, or when its board rests and is closed.
        </p>
      )}
      {state.status === 'empty' ? <Begin free={state.held === 'here'} /> : <Table state={state} />}
      {state.unusable && (
        <p role="status">
          The board that this browser kept cannot be used: {state.unusable}. A new one takes its place.
        </p>
      )}
      {state.unkept && (
        <p role="status">This browser does not keep the board beyond the page: {state.unkept}</p>
      )}
    </div>
  );
}

function Table({ state }: { readonly state: BoardState }) {
  const { plan, runs, held } = state;
  const rows = boardRows(runs);
  const failed = rows.flatMap((row) => row.failed.map((message) => `${row.method}, ${message}`));
  return (
    <>
      {plan && (
        <p>
          <b>{boardCaption(plan)}.</b>
        </p>
      )}
      <div className={shared.row}>
        {held === 'here' && <Controls state={state} />}
        <span className={css.spacer} />
        {plan && <Exports plan={plan} rows={rows} />}
      </div>
      <Progress state={state} />
      <div className={css.scroll}>
        <table className={css.table}>
          <caption className="hidden-visually">
            Errors of the methods trained here, beside the paper’s
          </caption>
          <thead>
            <tr>
              <th scope="col">Method</th>
              <th scope="col">Paper</th>
              <th scope="col">Here: median</th>
              <th scope="col">least, greatest</th>
              <th scope="col">Runs</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <RowView key={row.method} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {failed.map((message) => (
        <p key={message} role="alert">
          {message}
        </p>
      ))}
    </>
  );
}

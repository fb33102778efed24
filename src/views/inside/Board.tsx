import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { toCsv } from '../../io/csv.ts';
import { download, fileName } from '../../io/download.ts';
import type { BoardState } from '../../state/board/board.ts';
import { MOST_SEEDS, sharedPins } from '../../state/board/plan.ts';
import { boardRows } from '../../state/board/rows.ts';
import { FIELD_NAMES, formatField } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { useApp, usePlayground } from '../context.ts';
import { EXPERIMENT_TITLES } from '../experiments.ts';
import css from './board/board.module.css';
import { boardLatex, boardMarkdown, boardTable } from './board/format-board.ts';
import { Progress } from './board/Progress.tsx';
import { RowView } from './board/RowView.tsx';
import { theBoard } from './board/the-board.ts';
import shared from './shared/inside.module.css';

/** Trains the methods of an experiment's table over several seeds on all cores, beside the paper's figures. */
export default function Board() {
  const state = useStore(theBoard.store);
  useEffect(() => void theBoard.actions.restore(), []);
  return (
    <div className={shared.view} data-testid="board">
      <p className={shared.dim}>
        Trains every method of the paper’s table from scratch, here, on all cores, and puts the errors beside
        the paper’s. The board goes on while this view is closed, and after a reload from where it stood.
      </p>
      {state.status === 'empty' ? <Begin /> : <Table state={state} />}
      {state.unkept && (
        <p role="status">This browser does not keep the board beyond the page: {state.unkept}</p>
      )}
    </div>
  );
}

/** What is to be trained. */
function Begin() {
  const { actions } = usePlayground();
  const { pinned, config } = useApp((app) => ({ pinned: app.pinned, config: app.config }));
  const [seeds, setSeeds] = useState('3');
  const [varyData, setVaryData] = useState(false);
  const count = Number(seeds);
  const fine = Number.isInteger(count) && count >= 1 && count <= MOST_SEEDS;
  const own = sharedPins(pinned);
  const pins = describe(own);
  return (
    <form
      className={shared.section}
      onSubmit={(event) => {
        event.preventDefault();
        try {
          theBoard.actions.begin({ shared: own, seeds: count, varyData });
        } catch (error) {
          actions.notify('error', error instanceof Error ? error.message : String(error));
        }
      }}
    >
      <p>
        <b>{EXPERIMENT_TITLES[config.experiment]}</b>, recipe “{config.recipe}”{pins && `, with ${pins}`}.
        Every method has its own rate and schedule; choose experiment and recipe on the page.
      </p>
      <div className={shared.row}>
        <label className={css.field}>
          Seeds{' '}
          <input
            type="number"
            min={1}
            max={MOST_SEEDS}
            value={seeds}
            aria-invalid={!fine}
            onChange={(event) => setSeeds(event.target.value)}
          />
        </label>
        <label className={css.field}>
          <input type="checkbox" checked={varyData} onChange={(event) => setVaryData(event.target.checked)} />{' '}
          each with data of its own
        </label>
        <button type="submit" className={shared.primary} disabled={!fine}>
          Train them all
        </button>
      </div>
      {!fine && (
        <p role="alert">
          seeds: “{seeds}” is not allowed; allowed: a whole number from 1 to {MOST_SEEDS}
        </p>
      )}
    </form>
  );
}

/** “T=8, steps=100”: what all runs have beside experiment and recipe. */
function describe(pinned: ReturnType<typeof sharedPins>): string {
  return FIELD_NAMES.filter(
    (name) => pinned[name] !== undefined && name !== 'experiment' && name !== 'recipe',
  )
    .map((name) => `${name}=${formatField(name, pinned[name] as never)}`)
    .join(', ');
}

function Table({ state }: { readonly state: BoardState }) {
  const { status, plan, runs } = state;
  const rows = boardRows(runs);
  const config = resolveConfig(plan?.shared ?? {});
  const failed = rows.flatMap((row) => row.failed.map((message) => `${row.method}, ${message}`));
  const caption = [
    `${EXPERIMENT_TITLES[config.experiment]}, recipe ${config.recipe}`,
    `seeds 1 to ${plan?.seeds}${plan?.varyData ? ', each with data of its own' : ''}`,
    describe(plan?.shared ?? {}),
    'mean over the test functions of the relative L2 error, trained in the browser',
  ]
    .filter(Boolean)
    .join('; ');
  const name = fileName('board', config.experiment, config.recipe);
  return (
    <>
      <p>
        <b>{caption}.</b>
      </p>
      <div className={shared.row}>
        {status === 'running' && (
          <button type="button" className={shared.primary} onClick={theBoard.actions.pause}>
            Pause the board
          </button>
        )}
        {(status === 'paused' || (status === 'finished' && failed.length > 0)) && (
          <button type="button" className={shared.primary} onClick={theBoard.actions.proceed}>
            {status === 'paused' ? 'Go on' : 'Try the failed ones again'}
          </button>
        )}
        <button type="button" className={shared.quiet} onClick={() => void theBoard.actions.clear()}>
          {status === 'finished' ? 'New board' : 'Cancel'}
        </button>
        <span className={css.spacer} />
        <button
          type="button"
          className={shared.quiet}
          onClick={() => download(`${name}.csv`, toCsv(boardTable(rows)), 'text/csv')}
        >
          CSV
        </button>
        <button
          type="button"
          className={shared.quiet}
          onClick={() => download(`${name}.md`, boardMarkdown(rows, caption), 'text/markdown')}
        >
          Markdown
        </button>
        <button
          type="button"
          className={shared.quiet}
          onClick={() => download(`${name}.tex`, boardLatex(rows, caption), 'application/x-tex')}
        >
          LaTeX
        </button>
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
